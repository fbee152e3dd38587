//! What must be true of carts: their state follows from their order, and they hold what a cart
//! may hold.

use entity::id::CartId;
use uuid::Uuid;

use crate::db::Reader;
use crate::db::rules::{Rule, broken};
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

const RULES: &[Rule] = &[
    Rule {
        name: "cart.ordered_has_its_order",
        sql: "
            SELECT carts.id AS id FROM carts
            LEFT JOIN orders ON orders.cart_id = carts.id AND orders.state <> 'payment_failed'
            WHERE carts.state = 'ordered' AND orders.id IS NULL LIMIT 100",
        id: cart,
        says: "it is ordered, and there is no order",
    },
    Rule {
        name: "cart.checking_out_has_a_pending_order",
        sql: "
            SELECT carts.id AS id FROM carts
            LEFT JOIN orders ON orders.cart_id = carts.id AND orders.state = 'pending_payment'
            WHERE carts.state = 'checking_out' AND orders.id IS NULL LIMIT 100",
        id: cart,
        says: "it is checking out, and no order waits for its payment",
    },
    Rule {
        name: "cart.with_an_order_is_closed",
        sql: "
            SELECT carts.id AS id FROM carts
            JOIN orders ON orders.cart_id = carts.id AND orders.state <> 'payment_failed'
            WHERE carts.state NOT IN ('checking_out', 'ordered') LIMIT 100",
        id: cart,
        says: "it has an order and is open",
    },
    Rule {
        name: "cart.currency_is_its_channels",
        sql: "
            SELECT carts.id AS id FROM carts
            JOIN channels ON channels.id = carts.channel_id
            WHERE carts.currency <> channels.currency LIMIT 100",
        id: cart,
        says: "its currency is not that of its channel",
    },
    Rule {
        name: "cart.delivery_is_of_its_channel",
        sql: "
            SELECT carts.id AS id FROM carts
            JOIN delivery_methods AS method ON method.id = carts.delivery_method_id
            WHERE method.channel_id <> carts.channel_id LIMIT 100",
        id: cart,
        says: "its delivery method is one of another channel",
    },
    Rule {
        name: "cart.holds_at_most_250_lines",
        sql: "
            SELECT cart_id AS id FROM cart_lines
            GROUP BY cart_id HAVING COUNT(*) > 250 LIMIT 100",
        id: cart,
        says: "it holds more than 250 lines",
    },
];

/// All findings of this area.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    broken(read, RULES).await
}

fn cart(id: Uuid) -> String {
    CartId::from_uuid(id).to_string()
}
