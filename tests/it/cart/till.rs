//! A cart at the till: nobody changes it until its order has come about or not.

use entity::id::CartId;
use rialto::domain::cart::commands::{CartComplete, PaymentChoice};
use rialto::kernel::money::Money;
use rialto::kernel::permission::Role;
use rialto::kernel::secret::SecretHash;
use serde_json::json;

use crate::both;
use crate::harness::Shop;
use crate::harness::till::{Cart, Till, address};

/// Begins a completion by card and leaves it there.
async fn to_the_till(shop: &Shop, cart: &Cart) {
    let version = cart.read(shop).await.ok().int("cart.version");
    let mut caller = rialto::kernel::caller::Caller::guest("a request");
    caller.role = Role::Guest;
    let secret = cart.who.header("x-cart-token").expect("a secret");
    caller.cart_secret = Some(SecretHash::of(&secret));
    let command = CartComplete {
        cart: cart.id.parse::<CartId>().expect("an id"),
        expected_version: version,
        expected_total: Money::new(29_90, "EUR".parse().expect("a currency")),
        payment: PaymentChoice {
            method: entity::payments::Method::Card,
            gateway: "sandbox".to_owned(),
            token: "sandbox_approve".to_owned(),
        },
        lease: chrono::TimeDelta::minutes(1),
        hold: chrono::TimeDelta::minutes(15),
    };
    let key = rialto::write::Key::parse("0123456789abcdef").expect("a key");
    let done = shop.app.door.execute(&caller, Some(key), command).await;
    done.unwrap_or_else(|stop| panic!("{stop:?}"));
}

both! {
    async fn at_the_till_a_cart_is_read_and_not_changed(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.filled(&shop).await;
        let line = cart.read(&shop).await.ok().text("cart.lines.nodes.0.id");
        let mug = shop.variants().await[0];
        to_the_till(&shop, &cart).await;
        let read = cart.read(&shop).await.ok();
        assert_eq!(read.text("cart.state"), "CHECKING_OUT");
        assert_eq!(read.text("cart.totals.total.amount"), "29.90");
        let version = read.int("cart.version");
        for (verb, input) in [
            ("cartLinesAdd", json!({ "lines": [{ "variantId": mug }] })),
            ("cartLinesUpdate", json!({ "lines": [{ "lineId": line, "quantity": 0 }] })),
            ("cartLinesRemove", json!({ "lineIds": [line] })),
            ("cartAddressSet", json!({ "shipping": address("DE") })),
            ("cartContactSet", json!({ "email": "eve@example.com" })),
            ("cartDeliverySet", json!({ "method": { "code": "standard" } })),
        ] {
            let answer = cart.does(&shop, verb, input).await;
            let expected = ("INVALID_TRANSITION".to_owned(), "input.cartId".to_owned());
            assert_eq!(answer.refusals(verb), [expected], "{verb}");
            assert_eq!(answer.text(&format!("{verb}.errors.0.from")), "checking_out");
        }
        assert_eq!(cart.read(&shop).await.ok().int("cart.version"), version);
        assert_eq!(shop.cart_findings().await, [""; 0]);
    }
}
