//! Lists of products: filters, sorts, pages, and what they cost.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use super::fixture::Market;
use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

const LIST: &str = "query($filter: ProductFilter, $sort: ProductSort! = TITLE, $first: Int,
    $after: String, $last: Int, $before: String) {
    products(filter: $filter, sort: $sort, first: $first, after: $after, last: $last,
        before: $before) {
        nodes { slug }
        edges { cursor }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount
    }
}";

fn slugs(answer: &Answer) -> Vec<String> {
    let nodes = answer
        .at("products.nodes")
        .as_array()
        .cloned()
        .unwrap_or_default();
    nodes
        .iter()
        .map(|node| node["slug"].as_str().unwrap_or("?").to_owned())
        .collect()
}

async fn listed(shop: &Shop, who: &Who, filter: Value) -> Vec<String> {
    let answer = shop.ask(who, LIST, json!({ "filter": filter })).await.ok();
    let found = slugs(&answer);
    assert_eq!(
        answer.int("products.totalCount"),
        found.len() as i64,
        "{}",
        answer.body
    );
    found
}

/// What a page of a shop shows of a product.
const CARDS: &str = "query($first: Int) { products(first: $first, sort: TITLE) { totalCount nodes {
    id title availability inStock priceRange { min { amount } max { amount } }
    category { name breadcrumbs { name } }
    options { name values }
    images { url variant { sku } }
    featuredImage { url }
    variants { sku title price { amount } compareAtPrice { amount } availability
        options { name value } image { url } product { slug } }
} } }";

/// The same with what only staff see.
const KEPT: &str = "query($first: Int) { products(first: $first, sort: TITLE) { nodes {
    id state taxClass { code } availableTransitions { action blockedBy { guard } }
    variants { sku availableQuantity stockLevels { onHand location { code } }
        prices { channel { code } amount { amount } } }
} } }";

both! {
    async fn a_filter_finds_what_it_says(shop: Shop) {
        let market = Market::open(&shop).await;
        let home = market.category(&shop, "Home", None).await;
        let kitchen = market.category(&shop, "Kitchen", Some(home)).await;
        let mut mug = market.product("mug", &["S", "L"]).titled("Blue Mug").in_category(kitchen);
        mug.planned.vendor = "Potter & Söhne".into();
        let drafts = [
            mug.priced(900),
            market.product("lamp", &[]).titled("Blue Lamp").in_category(home).priced(4_000).untracked(),
            market.product("shirt", &["S"]).titled("Red Shirt").priced(2_000).stocked(0),
            market.product("rug", &[]).titled("Rug").priced(7_000).in_eu_only(),
            market.product("secret", &[]).titled("Secret").hidden(),
        ];
        market.imports(&shop, &drafts).await;
        let guest = Who::guest();
        let euro = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
        for (filter, found) in [
            (json!({}), &["lamp", "mug", "shirt", "rug"][..]),
            (json!({ "categoryId": home.to_string() }), &["lamp", "mug"]),
            (json!({ "categoryId": kitchen.to_string() }), &["mug"]),
            (json!({ "text": "blu" }), &["lamp", "mug"]),
            (json!({ "text": "MUG blue" }), &["mug"]),
            (json!({ "text": "soehne potter" }), &[]),
            (json!({ "text": "sohne potter" }), &["mug"]),
            (json!({ "text": "shirt-S" }), &["shirt"]),
            (json!({ "availability": "IN_STOCK" }), &["lamp", "mug", "rug"]),
            (json!({ "availability": "OUT_OF_STOCK" }), &["shirt"]),
            (json!({ "options": [{ "name": "Size", "values": ["L", "XL"] }] }), &["mug"]),
            (json!({ "options": [{ "name": "Size", "values": ["S"] }] }), &["mug", "shirt"]),
            (json!({ "options": [{ "name": "Cut", "values": ["S"] }] }), &[]),
            (json!({ "price": { "min": euro("9"), "max": euro("20") } }), &["mug", "shirt"]),
            (json!({ "price": { "min": euro("20.01") } }), &["lamp", "rug"]),
            (json!({ "price": { "max": euro("8.99") } }), &[]),
            (json!({ "slugs": ["mug", "secret", "NO SLUG"] }), &["mug"]),
            (json!({ "ids": [] }), &[]),
            (json!({ "text": "blue", "categoryId": kitchen.to_string(), "availability": "IN_STOCK",
                "price": { "max": euro("10") } }), &["mug"]),
        ] {
            assert_eq!(listed(&shop, &guest, filter.clone()).await, found, "{filter}");
        }
        let us = guest.channel("us");
        assert_eq!(listed(&shop, &us, json!({})).await, ["lamp", "mug", "shirt"]);
        let staff = shop.staff(Role::Warehouse).await;
        assert_eq!(
            listed(&shop, &staff, json!({})).await,
            ["lamp", "mug", "shirt", "rug", "secret"]
        );
        assert_eq!(listed(&shop, &staff, json!({ "states": ["DRAFT"] })).await, ["secret"]);
    }

    async fn a_list_is_read_in_every_order_and_direction(shop: Shop) {
        let market = Market::open(&shop).await;
        let mut drafts = Vec::new();
        // Two of each price, so that the id has to break ties.
        for (slug, minor) in [("a", 300), ("b", 100), ("c", 300), ("d", 100), ("e", 200)] {
            drafts.push(market.product(slug, &[]).titled(slug).priced(minor));
        }
        market.imports(&shop, &drafts).await;
        let whos = [Who::guest(), shop.staff(Role::Admin).await];
        for (sort, expected) in [
            ("TITLE", ["a", "b", "c", "d", "e"]),
            ("NEWEST", ["e", "d", "c", "b", "a"]),
            ("PRICE_ASC", ["b", "d", "e", "a", "c"]),
            ("PRICE_DESC", ["c", "a", "e", "d", "b"]),
        ] {
            for who in &whos {
                let mut forward = Vec::new();
                let (mut after, mut last) = (Value::Null, Value::Null);
                loop {
                    let variables = json!({ "sort": sort, "first": 2, "after": after });
                    let page = shop.ask(who, LIST, variables).await.ok();
                    forward.extend(slugs(&page));
                    let info = page.at("products.pageInfo").clone();
                    assert_eq!(info["hasPreviousPage"], Value::Bool(!after.is_null()));
                    last = info["startCursor"].clone();
                    after = info["endCursor"].clone();
                    if info["hasNextPage"] == false {
                        break;
                    }
                }
                assert_eq!(forward, expected, "{sort}");
                let mut backward = Vec::new();
                loop {
                    let variables = json!({ "sort": sort, "last": 2, "before": last });
                    let page = shop.ask(who, LIST, variables).await.ok();
                    let mut found = slugs(&page);
                    found.reverse();
                    backward.extend(found);
                    let info = page.at("products.pageInfo").clone();
                    assert_eq!(info["hasNextPage"], true);
                    last = info["startCursor"].clone();
                    if info["hasPreviousPage"] == false {
                        break;
                    }
                }
                backward.reverse();
                assert_eq!(backward, expected[..4], "{sort}");
            }
        }
    }

    async fn a_page_of_twenty_takes_as_many_statements_as_a_page_of_one(shop: Shop) {
        let market = Market::open(&shop).await;
        let home = market.category(&shop, "Home", None).await;
        let kitchen = market.category(&shop, "Kitchen", Some(home)).await;
        let draft = |n: usize| {
            let sizes: &[&str] = if n == 0 { &["S"] } else { &["S", "M", "L"] };
            let mut draft = market.product(&format!("p-{n:02}"), sizes).in_category(kitchen);
            draft.planned.images.push(rialto::domain::pricing::import_plan::PlannedImage {
                url: format!("https://example.com/{n}.jpg"),
                alt: String::new(),
                variant: Some(draft.planned.variants[0].sku.clone()),
            });
            draft
        };
        let drafts: Vec<_> = (0..20).map(draft).collect();
        market.imports(&shop, &drafts).await;
        let staff = shop.staff(Role::Admin).await;
        for (who, query) in [(Who::guest(), CARDS), (staff, KEPT)] {
            let one = shop.ask(&who, query, json!({ "first": 1 })).await.ok();
            let many = shop.ask(&who, query, json!({ "first": 20 })).await.ok();
            assert_eq!(many.at("products.nodes").as_array().map(Vec::len), Some(20));
            assert_eq!(one.statements, many.statements, "{query}");
            assert!(one.statements.is_some_and(|count| count <= 25), "{:?}", one.statements);
        }
    }

    async fn products_of_many_categories_come_in_one_statement(shop: Shop) {
        let market = Market::open(&shop).await;
        let mut drafts = Vec::new();
        for n in 0..4 {
            let category = market.category(&shop, &format!("C{n}"), None).await;
            for m in 0..3 {
                let draft = market.product(&format!("p-{n}-{m}"), &[]).in_category(category);
                drafts.push(draft.priced(100 * (m + 1)));
            }
        }
        market.imports(&shop, &drafts).await;
        let query = "query($first: Int) { categories(first: $first) { nodes { name
            products(first: 2, sort: PRICE_DESC) {
                totalCount nodes { slug } pageInfo { hasNextPage endCursor } } } } }";
        let guest = Who::guest();
        let one = shop.ask(&guest, query, json!({ "first": 1 })).await.ok();
        let all = shop.ask(&guest, query, json!({ "first": 4 })).await.ok();
        assert_eq!(one.statements, all.statements);
        for n in 0..4 {
            let products = all.at(&format!("categories.nodes.{n}.products"));
            let expected = json!([{ "slug": format!("p-{n}-2") }, { "slug": format!("p-{n}-1") }]);
            assert_eq!(products["nodes"], expected);
            assert_eq!(products["totalCount"], 3);
            assert_eq!(products["pageInfo"]["hasNextPage"], true);
        }
        // A page of a category goes on where it ended, here and in the list that is filtered so.
        let cursor = all.text("categories.nodes.1.products.pageInfo.endCursor");
        let next = "query($after: String) { category(by: { slug: \"c1\" }) {
            products(first: 2, sort: PRICE_DESC, after: $after) { nodes { slug } } } }";
        let answer = shop.ask(&guest, next, json!({ "after": cursor })).await.ok();
        assert_eq!(answer.at("category.products.nodes"), &json!([{ "slug": "p-1-0" }]));
    }

    async fn what_a_list_cannot_be_asked_is_refused_with_its_place(shop: Shop) {
        let market = Market::open(&shop).await;
        market.imports(&shop, &[market.product("a", &[]), market.product("b", &[])]).await;
        let guest = Who::guest();
        let page = shop.ask(&guest, LIST, json!({ "first": 1 })).await.ok();
        let cursor = page.text("products.pageInfo.endCursor");
        let words = "a b c d e f g h i";
        let long = "a".repeat(201);
        let many: Vec<_> = (0..101).map(|n| format!("s-{n}")).collect();
        let euro = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
        for (variables, code, argument) in [
            (json!({ "sort": "NEWEST", "after": cursor }), "INVALID_CURSOR", "after"),
            (json!({ "filter": { "text": "a" }, "after": cursor }), "INVALID_CURSOR", "after"),
            (json!({ "after": "nonsense" }), "INVALID_CURSOR", "after"),
            (json!({ "before": "nonsense" }), "INVALID_CURSOR", "before"),
            (json!({ "first": 0 }), "VALIDATION", "first"),
            (json!({ "first": 101 }), "VALIDATION", "first"),
            (json!({ "last": -1 }), "VALIDATION", "last"),
            (json!({ "first": 1, "last": 1 }), "VALIDATION", "first"),
            (json!({ "filter": { "text": words } }), "LIMIT_EXCEEDED", "filter.text"),
            (json!({ "filter": { "text": long } }), "VALIDATION", "filter.text"),
            (json!({ "filter": { "text": "!!" } }), "VALIDATION", "filter.text"),
            (json!({ "filter": { "slugs": many } }), "LIMIT_EXCEEDED", "filter.slugs"),
            (json!({ "filter": { "ids": ["product_x"] } }), "VALIDATION", "filter.ids.0"),
            (json!({ "filter": { "categoryId": "mug" } }), "VALIDATION", "filter.categoryId"),
            (
                json!({ "filter": { "price": { "min": { "amount": "1", "currency": "USD" } } } }),
                "CURRENCY_MISMATCH",
                "filter.price.min",
            ),
            (
                json!({ "filter": { "price": { "min": euro("2"), "max": euro("1") } } }),
                "VALIDATION",
                "filter.price",
            ),
            (
                json!({ "filter": { "price": { "min": euro("1.001") } } }),
                "VALIDATION",
                "filter.price.min.amount",
            ),
        ] {
            let answer = shop.ask(&guest, LIST, variables.clone()).await;
            assert_eq!(answer.fault(), Some(code), "{variables}");
            let found = &answer.body["errors"][0]["extensions"]["argument"];
            assert_eq!(found, argument, "{variables}");
        }
        let denied = shop.ask(&guest, LIST, json!({ "filter": { "states": ["DRAFT"] } })).await;
        assert_eq!(denied.fault(), Some("FORBIDDEN"));
        let staff = shop.staff(Role::Merchandiser).await;
        let foreign = shop.ask(&staff, LIST, json!({ "after": cursor })).await;
        assert_eq!(foreign.fault(), Some("INVALID_CURSOR"));
        let made_up = rialto::kernel::page::Page::new("x", &Default::default()).expect("a page");
        let made_up = made_up.cursor(vec!["a".into(), "b".into()]);
        let answer = shop.ask(&guest, LIST, json!({ "after": made_up })).await;
        assert_eq!(answer.fault(), Some("INVALID_CURSOR"));
    }
}
