//! Live: what has been committed, told to whoever may know.

mod ended;
mod live;
mod protocol;
mod relay;
pub mod socket;
mod stream;
mod turns;
mod view;

use std::time::Duration;

use serde_json::json;

use crate::harness::till::Cart;
use crate::harness::{Shop, Who};

/// A cart, whenever it changes.
const CART_TICKS: &str =
    "subscription($id: ID!) { cartUpdated(id: $id) { id version contact { email } } }";

/// A guest's empty cart, of which everything has been told.
async fn cart(shop: &Shop) -> Cart {
    shop.opens_channel("eu").await;
    let cart = Cart::create(shop, &Who::guest(), json!({})).await;
    caught_up(shop).await;
    cart
}

/// Waits until all that is committed has been told.
async fn caught_up(shop: &Shop) {
    use entity::outbox_events::{Column, Entity};
    use sea_orm::{EntityTrait, QueryOrder};
    let last = Entity::find().order_by_desc(Column::Id);
    let last = last.one(&shop.app.door.reader()).await.expect("rows");
    let position = last.expect("an event").position;
    until(|| shop.app.door.feed().has_passed(position)).await;
}

/// Waits for a condition, not for a time.
pub async fn until(mut holds: impl FnMut() -> bool) {
    let wait = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(60), wait).await;
    done.expect("it comes about within a minute");
}
