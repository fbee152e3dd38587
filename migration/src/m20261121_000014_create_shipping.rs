//! The ways to deliver that a channel offers.

use sea_orm_migration::schema::{big_integer_null, boolean, json_binary, text, uuid};

use crate::ddl::{
    NewTable, amount, created_at, creates, currency, id, one_of, table, updated_at, version,
};

creates!(delivery_methods);

fn delivery_methods() -> NewTable {
    table("delivery_methods")
        .cols([
            id(),
            uuid("channel_id"),
            text("code"),
            text("name"),
            one_of("kind", &["flat_rate", "free_over"]),
            amount("price_minor"),
            big_integer_null("free_over_minor"),
            currency(),
            uuid("tax_class_id"),
            json_binary("countries"),
            amount("min_days"),
            amount("max_days"),
            boolean("active"),
            amount("position"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("channel_id", "channels")
        .refers("tax_class_id", "tax_classes")
        .check("\"free_over_minor\" >= 0")
        .check("\"min_days\" <= \"max_days\"")
        // What a channel offers, each code once.
        .unique(&["channel_id", "code"])
        // Whether a tax class is in use, before it is deleted.
        .index(&["tax_class_id"])
}
