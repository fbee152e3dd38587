//! `cartClaim`, and what is a customer's own.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::till::{Cart, Till};
use crate::harness::{Shop, Who};

const CLAIM: &str = "mutation($input: CartClaimInput!) {
    cartClaim(input: $input) {
        cart { id version customer { email } contact { email } lines { nodes { quantity } } }
        cartToken
        errors { code path message }
    }
}";

async fn claim(shop: &Shop, who: &Who, cart: &Cart) -> crate::harness::answer::Answer {
    let input = json!({ "input": { "cartId": cart.id } });
    shop.ask(who, CLAIM, input).await
}

/// The customer, bringing the secret of the cart.
fn with_secret(customer: &Who, cart: &Cart) -> Who {
    let secret = cart.who.header("x-cart-token").expect("a guest's cart");
    customer.cart(&secret)
}

async fn active(shop: &Shop, who: &Who) -> Value {
    let answer = shop
        .ask(who, "{ me { activeCart { id } } }", json!({}))
        .await
        .ok();
    answer.at_or_null("me.activeCart").clone()
}

fn not_found() -> Vec<(String, String)> {
    vec![("NOT_FOUND".to_owned(), "input.cartId".to_owned())]
}

both! {
    async fn a_customer_takes_over_a_guests_cart_and_the_old_secret_dies(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 2).await.ok();
        let ann = shop.customer("ann").await;
        let answer = claim(&shop, &with_secret(&ann, &cart), &cart).await.ok();
        assert_eq!(answer.text("cartClaim.cart.customer.email"), "ann@example.com");
        assert_eq!(answer.text("cartClaim.cart.contact.email"), "ann@example.com");
        assert_eq!(answer.at("cartClaim.cart.lines.nodes"), &json!([{ "quantity": 2 }]));
        assert_eq!(answer.int("cartClaim.cart.version"), 3);

        assert!(cart.read(&shop).await.ok().at_or_null("cart").is_null());
        assert_eq!(cart.adds(&shop, mug, 1).await.codes("cartLinesAdd"), ["NOT_FOUND"]);
        let fresh = Who::guest().cart(&answer.text("cartClaim.cartToken"));
        assert_eq!(cart.read_as(&shop, &fresh).await.ok().text("cart.id"), cart.id);
        assert_eq!(cart.read_as(&shop, &ann).await.ok().text("cart.id"), cart.id);
        assert_eq!(active(&shop, &ann).await, json!({ "id": cart.id }));
    }

    async fn only_who_brings_the_secret_may_claim(shop: Shop) {
        let till = Till::open(&shop).await;
        let (cart, other) = (till.cart(&shop).await, till.cart(&shop).await);
        let ann = shop.customer("ann").await;
        for who in [ann.clone(), ann.cart("cart_wrong"), with_secret(&ann, &other)] {
            assert_eq!(claim(&shop, &who, &cart).await.refusals("cartClaim"), not_found());
        }
        let answer = claim(&shop, &cart.who, &cart).await;
        assert_eq!(answer.fault(), Some("FORBIDDEN"));
        let support = with_secret(&shop.staff(Role::Support).await, &cart);
        assert_eq!(claim(&shop, &support, &cart).await.fault(), Some("FORBIDDEN"));
        assert_eq!(cart.read(&shop).await.ok().int("cart.version"), 1);
    }

    async fn what_is_claimed_is_not_claimed_by_another(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let (ann, bob) = (shop.customer("ann").await, shop.customer("bob").await);
        let answer = claim(&shop, &with_secret(&ann, &cart), &cart).await.ok();
        let stolen = bob.cart(&answer.text("cartClaim.cartToken"));
        assert_eq!(claim(&shop, &stolen, &cart).await.refusals("cartClaim"), not_found());
        assert!(cart.read_as(&shop, &bob).await.ok().at_or_null("cart").is_null());
    }

    async fn a_retried_claim_shows_the_same_new_secret(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let who = with_secret(&shop.customer("ann").await, &cart).key("0123456789abcdef");
        let first = claim(&shop, &who, &cart).await.ok();
        let second = claim(&shop, &who, &cart).await.ok();
        assert_eq!(first.text("cartClaim.cartToken"), second.text("cartClaim.cartToken"));
        assert_eq!(second.body["extensions"]["idempotency"]["replayed"], json!(true));
        let again = claim(&shop, &who.key("another-key-of-hers"), &cart).await;
        assert_eq!(again.refusals("cartClaim"), not_found());
    }

    async fn an_older_cart_of_the_customer_stays_as_it_is(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let ann = shop.customer("ann").await;
        let older = Cart::create(&shop, &ann, json!({})).await;
        older.adds(&shop, mug, 1).await.ok();
        let cart = till.cart(&shop).await;
        claim(&shop, &with_secret(&ann, &cart), &cart).await.ok();
        let read = older.read(&shop).await.ok();
        assert_eq!(read.text("cart.state"), "ACTIVE");
        assert_eq!(read.at("cart.lines.totalCount"), 1);
        assert_eq!(active(&shop, &ann).await, json!({ "id": cart.id }));
        older.adds(&shop, mug, 1).await.ok();
        assert_eq!(active(&shop, &ann).await, json!({ "id": older.id }));
    }

    async fn a_customers_cart_needs_no_secret_and_is_nobody_elses(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let (ann, bob) = (shop.customer("ann").await, shop.customer("bob").await);
        assert_eq!(active(&shop, &ann).await, Value::Null);
        let query = "mutation { cartCreate(input: {}) { cart { id contact { email } } cartToken errors { code } } }";
        let answer = shop.ask(&ann, query, json!({})).await.ok();
        assert!(answer.at_or_null("cartCreate.cartToken").is_null());
        assert_eq!(answer.text("cartCreate.cart.contact.email"), "ann@example.com");
        let cart = Cart { id: answer.text("cartCreate.cart.id"), who: ann.clone() };
        cart.adds(&shop, mug, 1).await.ok();
        for who in [&bob, &Who::guest()] {
            assert!(cart.read_as(&shop, who).await.ok().at_or_null("cart").is_null());
            let lines = json!({ "lines": [{ "variantId": mug }] });
            let answer = cart.does_as(&shop, who, "cartLinesAdd", lines).await;
            assert_eq!(answer.refusals("cartLinesAdd"), not_found());
        }
        assert_eq!(active(&shop, &ann).await, json!({ "id": cart.id }));
        assert_eq!(active(&shop, &bob).await, Value::Null);
        let us = ann.channel("us");
        assert_eq!(active(&shop, &us).await, Value::Null);
    }

    async fn support_helps_with_any_cart_and_other_staff_with_none(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        let lines = json!({ "lines": [{ "variantId": mug }] });
        for role in [Role::Support, Role::Admin] {
            let who = shop.staff(role).await;
            assert_eq!(cart.read_as(&shop, &who).await.ok().text("cart.id"), cart.id);
            cart.does_as(&shop, &who, "cartLinesAdd", lines.clone()).await.ok();
        }
        let before = shop.dump().await;
        for role in [Role::Merchandiser, Role::Warehouse, Role::Finance] {
            let who = shop.staff(role).await;
            assert_eq!(cart.read_as(&shop, &who).await.fault(), Some("FORBIDDEN"));
            let answer = cart.does_as(&shop, &who, "cartLinesAdd", lines.clone()).await;
            assert_eq!(answer.fault(), Some("FORBIDDEN"));
            let query = "{ __type(name: \"Mutation\") { fields { name } } }";
            let answer = shop.ask(&who, query, json!({})).await.ok();
            assert!(!answer.body.to_string().contains("cartLinesAdd"));
        }
        let carts = |rows: Vec<(String, String)>| -> Vec<(String, String)> {
            rows.into_iter().filter(|(table, _)| table.starts_with("cart")).collect()
        };
        assert_eq!(carts(shop.dump().await), carts(before));
    }
}
