//! How many statements the hot operations take to read: a budget for each, and the same for few
//! rows as for many.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::till::{CART, Cart, Till};
use crate::harness::{Shop, Who};

/// An operation, and the most statements it may take.
struct Hot {
    name: &'static str,
    most: u64,
    who: Who,
    query: String,
    variables: Value,
}

const LIST: &str = "query { products(first: 20, sort: TITLE) { totalCount nodes {
    id title slug availability images(first: 1) { url alt }
    priceRange { min { amount currency } max { amount } }
    variants { id sku price { amount currency } compareAtPrice { amount } }
} pageInfo { hasNextPage endCursor } } }";

const DETAIL: &str = "query($slug: String!) { product(by: { slug: $slug }) {
    id title descriptionHtml vendor options { name values } images { url alt }
    category { name breadcrumbs { name slug } }
    variants { id sku price { amount currency } inStock availability options { name value } }
} }";

const TREE: &str = "query { categories(first: 100) { nodes { id name slug
    children { id name slug children { id name slug } } } } }";

const ORDERS: &str = "query { orders(first: 20) { nodes {
    number state totals { total { amount currency } } lines { sku quantity } payments { state }
} } }";

impl Hot {
    fn of(name: &'static str, most: u64, who: &Who, query: &str, variables: Value) -> Self {
        Self {
            name,
            most,
            // Of what is kept nothing would be counted.
            who: who.with("cache-control", "no-cache"),
            query: query.to_owned(),
            variables,
        }
    }

    async fn statements(&self, shop: &Shop) -> u64 {
        let answer = shop
            .ask(&self.who, &self.query, self.variables.clone())
            .await;
        answer.ok().statements.expect("a count")
    }
}

fn hot(staff: &Who, cart: &Cart) -> Vec<Hot> {
    let guest = Who::guest();
    let read = format!("query($id: ID!) {{ cart(id: $id) {{ ...cart }} }} {CART}");
    let lines = "mutation($input: CartContactSetInput!) { cartContactSet(input: $input) {
        cart { id version lines { nodes { id quantity } } totals { total { amount } } } errors { code } } }";
    let contact = json!({ "input": { "cartId": cart.id, "email": "ada@example.com" } });
    vec![
        Hot::of("product list", 8, &guest, LIST, json!({})),
        Hot::of(
            "product detail",
            14,
            &guest,
            DETAIL,
            json!({ "slug": "p1" }),
        ),
        Hot::of("category tree", 3, &guest, TREE, json!({})),
        Hot::of("cart", 16, &cart.who, &read, json!({ "id": cart.id })),
        Hot::of("cart change", 10, &cart.who, lines, contact),
        Hot::of("orders", 4, staff, ORDERS, json!({})),
    ]
}

both! {
    async fn hot_operations_read_in_few_statements_however_many_rows_there_are(shop: Shop) {
        let till = Till::open(&shop).await;
        let staff = shop.staff(Role::Support).await;
        let mut counts: Vec<Vec<(&str, u64, u64)>> = Vec::new();
        let cart = till.cart(&shop).await;
        for (from, until) in [(1, 3), (3, 15)] {
            for number in from..until {
                let name = format!("p{number}");
                let top = till.market.category(&shop, &name, None).await;
                let below = format!("{name} below");
                let below = till.market.category(&shop, &below, Some(top)).await;
                let draft = till.market.product(&name, &["S", "M"]).stocked(20).in_category(below);
                let variant = till.sells_draft(&shop, &draft).await;
                cart.adds(&shop, variant, 1).await.ok();
                till.buys(&shop, variant, "sandbox_approve").await;
            }
            cart.details(&shop).await;
            let mut round = Vec::new();
            for one in hot(&staff, &cart) {
                round.push((one.name, one.statements(&shop).await, one.most));
            }
            counts.push(round);
        }
        assert_eq!(counts[0], counts[1], "more rows take more statements");
        let over: Vec<_> = counts[1].iter().filter(|(_, took, most)| took > most).collect();
        assert!(over.is_empty(), "over their budget: {over:?} of {counts:?}");
    }
}
