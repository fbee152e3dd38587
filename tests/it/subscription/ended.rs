//! Who is shown the door hears no more: a disabled account, a session that was signed out.

use entity::accounts::Role;
use rialto::domain::access::commands::Disable;
use rialto::kernel::permission::Role as May;
use serde_json::json;

use super::socket::Socket;
use super::stream::Events;
use super::{CART_TICKS, cart};
use crate::both;
use crate::harness::people::PASSWORD;
use crate::harness::till::Cart;
use crate::harness::{Shop, Who};

/// A socket that has been told of the cart once.
async fn watching(shop: &Shop, who: &Who, cart: &Cart) -> Socket {
    let mut socket = Socket::of(shop, who).await;
    socket.asks("c", CART_TICKS, json!({ "id": cart.id })).await;
    socket.data("c").await;
    socket
}

/// Signs in anew.
async fn enters(shop: &Shop, email: &str) -> Who {
    let entered = shop.signs_in(email, PASSWORD).await.ok();
    Who::guest().bearer(&entered.text("signIn.accessToken"))
}

both! {
    async fn a_disabled_account_hears_no_more(shop: Shop) {
        let other = shop.again(|_| {}).await;
        let cart = cart(&shop).await;
        let account = shop.hires("sam@shop.example", Role::Support).await;
        let (sam, kim) = (shop.token(account, May::Support).await, shop.staff(May::Support).await);
        let (mut socket, mut kept) = (watching(&other, &sam, &cart).await, watching(&other, &kim, &cart).await);
        let media = "text/event-stream";
        let mut events = Events::posted(&other, &sam, media, CART_TICKS, json!({ "id": cart.id })).await;
        events.answer().await;
        let disable = Disable { account, reason: None, expected_version: None };
        shop.done(May::Admin, disable).await;
        // Nothing happens to the cart.
        assert_eq!(socket.close().await, 4403);
        let answer = events.answer().await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
        events.completes().await;
        // Its token would still do for a query, and not to listen.
        let mut socket = Socket::of(&other, &sam).await;
        socket.asks("c", CART_TICKS, json!({ "id": cart.id })).await;
        assert_eq!(socket.close().await, 4403);
        // Whoever else listens goes on.
        let email = json!({ "email": "ada@example.com" });
        cart.does(&shop, "cartContactSet", email).await.ok();
        assert_eq!(kept.data("c").await["cartUpdated"]["version"], 2);
    }

    async fn who_has_signed_out_hears_no_more(shop: Shop) {
        let other = shop.again(|_| {}).await;
        let cart = cart(&shop).await;
        shop.hires("sam@shop.example", Role::Support).await;
        let (here, there) = (enters(&shop, "sam@shop.example").await, enters(&shop, "sam@shop.example").await);
        let mut left = watching(&other, &here, &cart).await;
        let mut kept = watching(&other, &there, &cart).await;
        let leave = "mutation($all: Boolean! = false) { signOut(input: { everywhere: $all }) { errors { code } } }";
        shop.ask(&here, leave, json!({})).await.ok();
        assert_eq!(left.close().await, 4403);
        // The other session goes on, until it is signed out too.
        let email = json!({ "email": "ada@example.com" });
        cart.does(&shop, "cartContactSet", email).await.ok();
        assert_eq!(kept.data("c").await["cartUpdated"]["version"], 2);
        shop.ask(&there, leave, json!({ "all": true })).await.ok();
        assert_eq!(kept.close().await, 4403);
    }
}
