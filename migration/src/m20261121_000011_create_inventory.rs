//! Stock: where it lies, how it is treated, what of it is promised, and how it moved.

use sea_orm_migration::schema::{big_integer, boolean, text, text_null, uuid, uuid_null};

use crate::ddl::{
    NewTable, amount, country, created_at, creates, id, instant, instant_null, one_of, pieces,
    table, tally, updated_at, version,
};

creates!(
    locations,
    stock_policies,
    stock_levels,
    reservations,
    stock_movements
);

fn locations() -> NewTable {
    table("locations")
        .cols([
            id(),
            text("code"),
            text("name"),
            one_of(
                "kind",
                &["warehouse", "store", "dropship", "returns", "transit"],
            ),
            country("country"),
            boolean("active"),
            boolean("is_default"),
            version(),
            created_at(),
            updated_at(),
        ])
        // A location by its code.
        .unique(&["code"])
}

fn stock_policies() -> NewTable {
    table("stock_policies")
        .cols([
            uuid("variant_id").primary_key().take(),
            boolean("tracked"),
            one_of("oversell", &["deny", "backorder", "preorder"]),
            amount("hold_ttl_s").default(600).take(),
            version(),
        ])
        .part_of("variant_id", "variants")
}

fn stock_levels() -> NewTable {
    table("stock_levels")
        .cols([
            uuid("variant_id"),
            uuid("location_id"),
            tally("on_hand"),
            tally("unavailable"),
            tally("safety"),
            tally("committed"),
            tally("backorder_limit"),
            tally("ack_shortfall"),
            version(),
            updated_at(),
        ])
        .key(&["variant_id", "location_id"])
        .refers("variant_id", "variants")
        .refers("location_id", "locations")
        // No path of ours can oversell past this.
        .check(
            "\"committed\" <= \"on_hand\" - \"unavailable\" - \"safety\" \
             + \"backorder_limit\" + \"ack_shortfall\"",
        )
        // What lies at a location.
        .index(&["location_id"])
}

fn reservations() -> NewTable {
    let live = "state IN ('held', 'allocated')";
    table("reservations")
        .cols([
            id(),
            text("owner_type"),
            uuid("owner_id"),
            amount("line_no"),
            uuid("variant_id"),
            uuid("location_id"),
            big_integer("bucket").default(-1).take(),
            uuid("channel_id"),
            pieces("quantity"),
            one_of(
                "state",
                &["held", "allocated", "shipped", "released", "expired"],
            ),
            instant_null("expires_at"),
            boolean("pinned"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("variant_id", "variants")
        .refers("location_id", "locations")
        .refers("channel_id", "channels")
        // One live promise per line and place.
        .unique_where(
            "one_live",
            &["owner_type", "owner_id", "line_no", "location_id", "bucket"],
            live,
        )
        // The sweep of holds that have lapsed.
        .index_where("lapsing", &["expires_at"], "state = 'held'")
        // What is promised of a level, to prove `committed`.
        .index_where("live_by_level", &["variant_id", "location_id"], live)
        // The promises to an order.
        .index(&["owner_id"])
        // Whether a location or a channel has promises, before it is deleted.
        .index(&["location_id"])
        .index(&["channel_id"])
}

/// Without foreign keys: it is written at the hottest moment and must outlive what it names.
fn stock_movements() -> NewTable {
    table("stock_movements")
        .cols([
            id(),
            uuid("op_id"),
            amount("line_no"),
            uuid("variant_id"),
            uuid("location_id"),
            text("from_account"),
            text("to_account"),
            pieces("quantity"),
            text("reason"),
            text_null("ref_type"),
            uuid_null("ref_id"),
            instant("occurred_at"),
        ])
        // An operation is booked once.
        .unique(&["op_id", "line_no"])
        // The history of a level, and the proof of its quantities.
        .index(&["variant_id", "location_id"])
        .append_only()
}
