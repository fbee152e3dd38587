//! Channels, with their countries and languages.

use sea_orm_migration::schema::{boolean, integer, text, uuid};

use crate::ddl::{
    NewTable, country, created_at, creates, currency, id, one_of, table, updated_at, version,
};

creates!(channels, channel_countries, channel_languages);

fn channels() -> NewTable {
    table("channels")
        .cols([
            id(),
            text("code"),
            text("name"),
            currency(),
            one_of("tax_mode", &["inclusive", "exclusive"]),
            one_of("tax_rounding", &["line", "document"]),
            one_of("rounding_mode", &["half_up", "half_even", "half_down"]),
            text("default_language"),
            country("default_country"),
            boolean("is_default"),
            boolean("active"),
            version(),
            created_at(),
            updated_at(),
        ])
        // A channel by the code in the header.
        .unique(&["code"])
        // At most one default, and finding it.
        .unique_where("one_default", &["is_default"], "is_default")
}

fn channel_countries() -> NewTable {
    table("channel_countries")
        .cols([uuid("channel_id"), country("country")])
        .key(&["channel_id", "country"])
        .part_of("channel_id", "channels")
}

fn channel_languages() -> NewTable {
    table("channel_languages")
        .cols([uuid("channel_id"), text("language"), integer("position")])
        .key(&["channel_id", "language"])
        .part_of("channel_id", "channels")
}
