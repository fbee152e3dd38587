//! Reading a cart: what it costs, what is missing, and at what price in statements.

use entity::id::VariantId;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Who;
use crate::harness::till::{Cart, Till, address};

both! {
    async fn a_new_cart_says_what_is_missing(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        let codes = |answer: &crate::harness::answer::Answer, at: &str| -> Vec<String> {
            let missing = answer.at(at).as_array().into_iter().flatten();
            missing.map(|one| one["code"].as_str().unwrap_or("?").to_owned()).collect()
        };
        let read = cart.read(&shop).await.ok();
        assert_eq!(codes(&read, "cart.readiness.missing"), ["EMPTY", "CONTACT"]);
        cart.adds(&shop, mug, 2).await.ok();
        let read = cart.read(&shop).await.ok();
        let expected = ["CONTACT", "SHIPPING_ADDRESS", "DELIVERY_METHOD"];
        assert_eq!(codes(&read, "cart.readiness.missing"), expected);
        assert_eq!(read.at("cart.readiness.ready"), false);
        cart.details(&shop).await;
        let read = cart.read(&shop).await.ok();
        assert_eq!(read.at("cart.readiness"), &json!({ "ready": true, "missing": [] }));
    }

    async fn totals_where_prices_include_tax(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let read = cart.read(&shop).await.ok();
        let expected = json!({
            "subtotal": { "amount": "25.00" },
            "shipping": { "amount": "4.90" },
            "tax": { "amount": "4.77" },
            "total": { "amount": "29.90", "currency": "EUR" },
            "taxes": [{
                "name": "VAT", "rate": "19", "base": { "amount": "25.13" }, "tax": { "amount": "4.77" },
            }],
            "taxesEstimated": false,
            "taxCountry": "DE",
        });
        assert_eq!(read.at("cart.totals"), &expected);
        let total = read.at("cart.lines.nodes.0.total");
        let expected = json!({
            "net": { "amount": "21.01" }, "tax": { "amount": "3.99" }, "gross": { "amount": "25.00" },
        });
        assert_eq!(total, &expected);
        assert_eq!(read.text("cart.deliveryMethod.price.amount"), "4.90");
    }

    async fn totals_where_tax_is_added(shop: Shop) {
        let till = Till::open(&shop).await;
        till.taxes(&shop, "US", "8.875").await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = Cart::create(&shop, &Who::guest().channel("us"), json!({})).await;
        let answer = cart.adds(&shop, mug, 2).await.ok();
        let totals = answer.at("cartLinesAdd.cart.totals");
        assert_eq!(totals["taxesEstimated"], true);
        assert_eq!(totals["taxCountry"], "US");
        assert_eq!(totals["subtotal"]["amount"], "25.00");
        assert_eq!(totals["tax"]["amount"], "2.22");
        assert_eq!(totals["total"], json!({ "amount": "27.22", "currency": "USD" }));
    }

    async fn the_country_of_the_address_decides_the_tax(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let input = json!({ "shipping": address("AT") });
        let answer = cart.does(&shop, "cartAddressSet", input).await.ok();
        let totals = answer.at("cartAddressSet.cart.totals");
        assert_eq!(totals["taxCountry"], "AT");
        assert_eq!(totals["tax"]["amount"], "4.99");
        assert_eq!(totals["total"]["amount"], "29.90");
    }

    async fn delivery_is_free_from_its_threshold_on(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let read = cart.read(&shop).await.ok();
        let line = read.text("cart.lines.nodes.0.id");
        let lines = json!([{ "lineId": line, "quantity": 4 }]);
        let answer = cart.does(&shop, "cartLinesUpdate", json!({ "lines": lines })).await.ok();
        let cart = answer.at("cartLinesUpdate.cart");
        assert_eq!(cart["totals"]["shipping"]["amount"], "0.00");
        assert_eq!(cart["totals"]["total"]["amount"], "50.00");
        let offered = &cart["availableDeliveryMethods"];
        assert_eq!(offered[0]["price"]["amount"], "0.00");
        assert_eq!(offered[0]["freeFrom"]["amount"], "50.00");
        assert_eq!(offered[1]["price"]["amount"], "9.90");
    }

    async fn many_lines_cost_as_many_statements_as_one(shop: Shop) {
        let till = Till::open(&shop).await;
        let drafts: Vec<_> = (0..20)
            .map(|number| till.market.product(&format!("p-{number}"), &[]))
            .collect();
        till.market.imports(&shop, &drafts).await;
        let variants = shop.variants().await;
        let line = |id: &VariantId| json!({ "variantId": id });
        let small = till.cart(&shop).await;
        let lines: Vec<Value> = variants[..1].iter().map(line).collect();
        small.does(&shop, "cartLinesAdd", json!({ "lines": lines })).await.ok();
        let large = till.cart(&shop).await;
        let lines: Vec<Value> = variants.iter().map(line).collect();
        large.does(&shop, "cartLinesAdd", json!({ "lines": lines })).await.ok();
        for cart in [&small, &large] {
            cart.details(&shop).await;
        }
        let (one, twenty) = (small.read(&shop).await.ok(), large.read(&shop).await.ok());
        assert_eq!(one.at("cart.lines.totalCount"), 1);
        assert_eq!(twenty.at("cart.lines.totalCount"), 20);
        assert_eq!(twenty.statements, one.statements);
        assert!(one.statements.is_some_and(|count| count <= 16), "{:?}", one.statements);
    }

    async fn lines_are_read_page_by_page(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        for slug in ["a", "b", "c"] {
            let variant = till.sells(&shop, slug, 1_00, 5).await;
            cart.adds(&shop, variant, 1).await.ok();
        }
        let all = cart.read(&shop).await.ok();
        let id = |place: usize| all.text(&format!("cart.lines.nodes.{place}.id"));
        let query = "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
            cart(id: $id) { lines(first: $first, after: $after, last: $last, before: $before) {
                edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
            } }
        }";
        let ask = async |variables: Value| {
            let mut variables = variables;
            variables["id"] = json!(cart.id);
            shop.ask(&cart.who, query, variables).await
        };
        let page = ask(json!({ "first": 2 })).await.ok();
        assert_eq!(page.text("cart.lines.edges.1.node.id"), id(1));
        assert_eq!(page.at("cart.lines.pageInfo.hasNextPage"), true);
        let after = page.text("cart.lines.pageInfo.endCursor");
        let page = ask(json!({ "after": after })).await.ok();
        assert_eq!(page.text("cart.lines.edges.0.node.id"), id(2));
        assert_eq!(page.at("cart.lines.pageInfo.hasNextPage"), false);
        let before = page.text("cart.lines.pageInfo.startCursor");
        let page = ask(json!({ "last": 1, "before": before })).await.ok();
        assert_eq!(page.text("cart.lines.edges.0.node.id"), id(1));
        assert_eq!(page.at("cart.lines.pageInfo.hasPreviousPage"), true);

        let other = till.cart(&shop).await;
        let variables = json!({ "id": other.id, "after": after });
        let answer = shop.ask(&other.who, query, variables).await;
        assert_eq!(answer.fault(), Some("INVALID_CURSOR"));
        let answer = ask(json!({ "first": 101 })).await;
        assert_eq!(answer.fault(), Some("VALIDATION"));
    }
}
