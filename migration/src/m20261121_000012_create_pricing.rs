//! Prices that are in force, every price that ever was, and what a channel lists.

use sea_orm_migration::schema::{big_integer_null, uuid};

use crate::ddl::{
    NewTable, amount, created_at, creates, currency, id, instant, table, updated_at, version,
};

creates!(prices, price_history, product_listings);

fn prices() -> NewTable {
    table("prices")
        .cols([
            id(),
            uuid("variant_id"),
            uuid("channel_id"),
            currency(),
            amount("amount_minor"),
            big_integer_null("compare_at_minor"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("variant_id", "variants")
        .refers("channel_id", "channels")
        .check("\"compare_at_minor\" >= 0")
        // The price of a variant in a channel; there is one.
        .unique(&["variant_id", "channel_id"])
        // What a channel sells, by price.
        .index(&["channel_id", "amount_minor"])
}

fn price_history() -> NewTable {
    table("price_history")
        .cols([
            id(),
            uuid("variant_id"),
            uuid("channel_id"),
            currency(),
            big_integer_null("amount_minor"),
            big_integer_null("compare_at_minor"),
            instant("valid_from"),
        ])
        .refers("variant_id", "variants")
        .refers("channel_id", "channels")
        .check("\"amount_minor\" >= 0")
        .check("\"compare_at_minor\" >= 0")
        // The lowest price of the last thirty days (Omnibus directive).
        .index(&["variant_id", "channel_id", "valid_from"])
        // Whether a channel has prices, before it is deleted.
        .index(&["channel_id"])
        .append_only()
}

fn product_listings() -> NewTable {
    table("product_listings")
        .cols([
            uuid("product_id"),
            uuid("channel_id"),
            currency(),
            amount("price_from_minor"),
            amount("price_to_minor"),
        ])
        .key(&["product_id", "channel_id"])
        .part_of("product_id", "products")
        .part_of("channel_id", "channels")
        .check("\"price_from_minor\" <= \"price_to_minor\"")
        // A channel's products by price.
        .index(&["channel_id", "price_from_minor", "product_id"])
}
