//! Work in several transactions, resumable by any node.

use sea_orm_migration::schema::{json_binary_null, text, uuid, uuid_null};

use crate::ddl::{
    NewTable, created_at, creates, id, instant_null, one_of, table, tally, updated_at,
};

creates!(processes);

fn processes() -> NewTable {
    table("processes")
        .cols([
            id(),
            text("kind"),
            uuid("subject"),
            uuid_null("order_id"),
            one_of("state", &["running", "waiting", "done", "failed"]),
            text("recovery_point"),
            uuid_null("lock_token"),
            instant_null("lease_until"),
            instant_null("next_check_at"),
            tally("attempts"),
            json_binary_null("outcome"),
            created_at(),
            updated_at(),
        ])
        // The completer's search for processes whose lease has run out.
        .index(&["state", "lease_until"])
        // One live process of a kind per subject, and finding it.
        .unique_where(
            "one_live",
            &["kind", "subject"],
            "state IN ('running', 'waiting')",
        )
        // The processes of an order.
        .index(&["order_id"])
}
