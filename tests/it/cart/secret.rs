//! Who may see and change a cart: what one may not see is not found.

use entity::id::CartId;
use serde_json::{Value, json};

use crate::both;
use crate::harness::Who;
use crate::harness::till::{Cart, Till, address};

/// Every mutation of a cart, with an input that would be fine.
fn verbs(variant: &Value, line: &str) -> Vec<(&'static str, Value)> {
    vec![
        (
            "cartLinesAdd",
            json!({ "lines": [{ "variantId": variant }] }),
        ),
        (
            "cartLinesUpdate",
            json!({ "lines": [{ "lineId": line, "quantity": 1 }] }),
        ),
        ("cartLinesRemove", json!({ "lineIds": [line] })),
        ("cartAddressSet", json!({ "shipping": address("DE") })),
        ("cartContactSet", json!({ "email": "eve@example.com" })),
        (
            "cartDeliverySet",
            json!({ "method": { "code": "standard" } }),
        ),
    ]
}

both! {
    async fn without_the_secret_a_cart_does_not_exist(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let other = till.cart(&shop).await;
        let before = shop.count("audit_entries").await;
        let mug = json!(shop.variants().await[0]);
        let line = cart.read(&shop).await.ok().text("cart.lines.nodes.0.id");
        for who in [Who::guest(), Who::guest().cart("cart_wrong"), other.who.clone()] {
            let answer = cart.read_as(&shop, &who).await.ok();
            assert!(answer.at_or_null("cart").is_null());
            for (verb, input) in verbs(&mug, &line) {
                let answer = cart.does_as(&shop, &who, verb, input).await;
                let expected = ("NOT_FOUND".to_owned(), "input.cartId".to_owned());
                assert_eq!(answer.refusals(verb), [expected], "{verb}");
            }
        }
        assert_eq!(shop.count("audit_entries").await, before);
    }

    async fn an_unknown_cart_is_not_found(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let ghost = Cart {
            id: CartId::from_uuid(uuid::Uuid::from_u128(7)).to_string(),
            who: cart.who.clone(),
        };
        assert!(ghost.read(&shop).await.ok().at_or_null("cart").is_null());
        let input = json!({ "email": "a@b.de" });
        let answer = ghost.does(&shop, "cartContactSet", input).await;
        assert_eq!(answer.codes("cartContactSet"), ["NOT_FOUND"]);
        let wrong = Cart { id: "order_x".to_owned(), who: cart.who };
        let answer = wrong.read(&shop).await;
        assert_eq!(answer.fault(), Some("VALIDATION"));
    }

    async fn node_gives_a_cart_to_its_holder_only(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Cart { version } } }";
        let variables = json!({ "ids": [cart.id, cart.id] });
        let answer = shop.ask(&cart.who, query, variables.clone()).await.ok();
        assert_eq!(answer.at("nodes.1.version"), 1);
        let answer = shop.ask(&Who::guest(), query, variables).await.ok();
        assert_eq!(answer.at("nodes"), &json!([null, null]));
    }
}
