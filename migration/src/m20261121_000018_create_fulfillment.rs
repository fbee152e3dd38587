//! Fulfillments: what leaves one location together for an order.

use sea_orm_migration::schema::{text_null, uuid};

use crate::ddl::{
    NewTable, amount, created_at, creates, id, instant_null, one_of, pieces, table, updated_at,
    version,
};

creates!(fulfillments, fulfillment_lines);

const FULFILLMENT_STATES: &[&str] = &[
    "planned",
    "released",
    "accepted",
    "picking",
    "packed",
    "shipped",
    "delivered",
    "ready_for_pickup",
    "collected",
    "exception",
    "rejected",
    "cancelled",
    "returned_to_sender",
];

fn fulfillments() -> NewTable {
    table("fulfillments")
        .cols([
            id(),
            uuid("order_id"),
            uuid("location_id"),
            amount("position"),
            one_of("state", FULFILLMENT_STATES),
            text_null("tracking_number"),
            text_null("carrier"),
            text_null("tracking_url"),
            instant_null("packed_at"),
            instant_null("shipped_at"),
            instant_null("delivered_at"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("order_id", "orders")
        .refers("location_id", "locations")
        // The fulfillments of an order in their order.
        .unique(&["order_id", "position"])
        // A location's work by state, oldest first.
        .index(&["location_id", "state", "id"])
        .machine("fulfillment")
}

fn fulfillment_lines() -> NewTable {
    table("fulfillment_lines")
        .cols([
            uuid("fulfillment_id"),
            uuid("order_line_id"),
            pieces("quantity"),
        ])
        .key(&["fulfillment_id", "order_line_id"])
        .refers("fulfillment_id", "fulfillments")
        .refers("order_line_id", "order_lines")
        // The fulfillments of an order's line.
        .index(&["order_line_id"])
}
