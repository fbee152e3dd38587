//! Keys under which a caller may repeat a command without doing it twice.

use sea_orm_migration::schema::{json_binary_null, text, text_null};

use crate::ddl::{NewTable, created_at, creates, instant, table};

creates!(idempotency_keys);

fn idempotency_keys() -> NewTable {
    table("idempotency_keys")
        .cols([
            text("actor"),
            text("key"),
            text("command"),
            text("fingerprint"),
            json_binary_null("outcome"),
            text_null("request_id"),
            created_at(),
            instant("expires_at"),
        ])
        .key(&["actor", "key", "command"])
        // The sweep of keys that may be forgotten.
        .index(&["expires_at"])
}
