//! The audit trail: one chain of entries per aggregate, and its end.

use sea_orm_migration::schema::{json_binary, text, text_null, uuid, uuid_null};

use crate::ddl::{NewTable, amount, creates, id, instant, pieces, table};

creates!(audit_heads, audit_entries);

fn audit_heads() -> NewTable {
    table("audit_heads")
        .cols([
            text("aggregate_type"),
            uuid("aggregate_id"),
            amount("last_seq"),
            text("last_hash"),
        ])
        .key(&["aggregate_type", "aggregate_id"])
        // Stands with the first table so that every later one can use it.
        .pg_function(
            "rialto_append_only",
            "BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END;",
        )
}

fn audit_entries() -> NewTable {
    table("audit_entries")
        .cols([
            id(),
            text("aggregate_type"),
            uuid("aggregate_id"),
            pieces("seq"),
            instant("occurred_at"),
            text("actor_kind"),
            uuid_null("actor_id"),
            uuid_null("on_behalf_of"),
            text("auth_method"),
            text("action"),
            text_null("from_state"),
            text_null("to_state"),
            text_null("reason"),
            text_null("request_id"),
            text_null("idempotency_key_hash"),
            uuid_null("approval_id"),
            json_binary("changes"),
            text("prev_hash"),
            text("entry_hash"),
        ])
        // The trail of an aggregate, and the check of its chain.
        .unique(&["aggregate_type", "aggregate_id", "seq"])
        .append_only()
}
