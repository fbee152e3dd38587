//! What is never kept: closed by default.

use std::collections::BTreeSet;

use rialto::kernel::permission::Role;
use serde_json::json;

use super::PAGE;
use crate::both;
use crate::harness::sdl::{Sdl, View, Wish};
use crate::harness::till::Till;
use crate::harness::{Shop, Who};

/// The only fields at the root whose answers are kept. They go by channel, language and role; a new
/// one needs a test that two who share a role cannot be told apart by it.
const KEPT: &[&str] = &[
    "categories",
    "category",
    "channel",
    "channels",
    "deliveryMethods",
    "product",
    "productVariant",
    "products",
];

async fn two_of_a_role(shop: &Shop, role: Role) -> [Who; 2] {
    if role == Role::Shopper {
        return [shop.customer("ann").await, shop.customer("bob").await];
    }
    let market = crate::catalog::fixture::Market::open(shop).await;
    let cart = Till { market }.cart(shop).await;
    [Who::guest(), cart.who]
}

both! {
    async fn every_field_at_the_root_is_kept_for_a_role_or_never(shop: Shop) {
        let guests = two_of_a_role(&shop, Role::Guest).await;
        let shoppers = two_of_a_role(&shop, Role::Shopper).await;
        shop.kept(&Who::guest(), PAGE, &json!({})).await;
        let sdl = Sdl::read();
        let mut seen = BTreeSet::new();
        for [one, other] in [guests, shoppers] {
            for field in sdl.fields("Query") {
                let wish = Wish { id: None, view: &View::new(), depth: 0 };
                let (query, variables) = sdl.call("Query", field, wish);
                let name = field.name.node.as_str();
                let first = shop.ask(&one, &query, variables.clone()).await;
                // Once more, so that what is kept would be given again.
                shop.ask(&one, &query, variables.clone()).await;
                for _ in 0..3 {
                    let answer = shop.ask(&other, &query, variables.clone()).await;
                    if answer.again {
                        assert!(KEPT.contains(&name), "{name} is kept");
                        assert_eq!(answer.body, first.body, "{query}");
                        seen.insert(name.to_owned());
                    }
                }
            }
        }
        assert!(!seen.is_empty(), "nothing was kept, so this proves nothing");
    }

    async fn the_answer_to_one_is_never_given_to_another(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        let query = "{ me { email } products { nodes { title } } }";
        let spread = "query { ...a } fragment a on Query { ... { m: me { email } } channel { code } }";
        for query in [query, spread] {
            for name in ["ann", "bob"] {
                let who = shop.customer(&format!("{name}{}", query.len())).await;
                for _ in 0..2 {
                    let answer = shop.ask(&who, query, json!({})).await.ok();
                    assert!(!answer.again);
                    assert!(answer.body.to_string().contains(name), "{}", answer.body);
                }
            }
            let guest = shop.ask(&Who::guest(), query, json!({})).await.ok();
            assert!(!guest.again && !guest.body.to_string().contains('@'), "{}", guest.body);
        }
    }

    async fn a_cart_is_never_kept(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 30).await;
        let cart = till.cart(&shop).await;
        for quantity in 1..4 {
            cart.adds(&shop, mug, 1).await.ok();
            let query = "query($id: ID!) { cart(id: $id) { lines { nodes { quantity } } } }";
            for _ in 0..2 {
                let id = json!({ "id": cart.id });
                let read = shop.ask(&cart.who, query, id).await.ok();
                assert_eq!(read.int("cart.lines.nodes.0.quantity"), quantity);
                assert!(!read.again);
            }
        }
    }

    async fn an_answer_with_errors_is_not_kept(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        shop.kept(&Who::guest(), PAGE, &json!({})).await;
        let query = "{ product(by: { id: \"nonsense\" }) { id } channel { code } }";
        for _ in 0..5 {
            let answer = shop.ask(&Who::guest(), query, json!({})).await;
            assert_eq!(answer.fault(), Some("VALIDATION"));
            assert!(!answer.again);
        }
    }

    async fn what_stands_still_because_nobody_listens_is_not_given(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 3).await;
        shop.kept(&Who::guest(), PAGE, &json!({})).await;
        let shop = shop.at_rest();
        // Until the relay was last heard of too long ago.
        loop {
            let answer = shop.ask(&Who::guest(), PAGE, json!({})).await.ok();
            if !answer.again {
                break;
            }
            tokio::task::yield_now().await;
        }
        for _ in 0..3 {
            let answer = shop.ask(&Who::guest(), PAGE, json!({})).await.ok();
            assert!(!answer.again && answer.statements > Some(0));
        }
    }
}
