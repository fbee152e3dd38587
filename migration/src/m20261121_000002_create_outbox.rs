//! The outbox, in an order in which nothing that commits late is skipped, and its readers.

use sea_orm_migration::schema::{big_integer, integer, json_binary, text, uuid, uuid_null};
use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::sea_query::{ColumnDef, Expr, Index, TableCreateStatement};

use crate::ddl::{NewTable, amount, creates, instant, table, updated_at};

creates!(outbox_events, outbox_cursors);

fn outbox_events() -> NewTable {
    table("outbox_events")
        .per_engine(position)
        .cols([
            uuid("id"),
            text("aggregate_type"),
            uuid("aggregate_id"),
            amount("seq"),
            text("event_type"),
            integer("schema_version"),
            instant("occurred_at"),
            json_binary("data"),
            text("audit_hash"),
        ])
        // An event by its id.
        .unique(&["id"])
        // The events of an aggregate in order.
        .index(&["aggregate_id", "seq"])
}

/// One writer at a time makes SQLite's rowid an order of commits. PostgreSQL has no such number:
/// its readers stop below the oldest running transaction, so events are ordered by theirs.
fn position(create: &mut TableCreateStatement, engine: DbBackend) {
    if engine == DbBackend::Postgres {
        let transaction = Expr::cust("(pg_current_xact_id()::text::bigint)");
        create
            .col(big_integer("position").default(transaction))
            .primary_key(Index::create().col("position").col("id"));
    } else {
        let mut rowid = ColumnDef::new("position");
        create.col(rowid.integer().not_null().primary_key().auto_increment());
    }
}

fn outbox_cursors() -> NewTable {
    table("outbox_cursors").cols([
        text("sink").primary_key().take(),
        big_integer("position"),
        uuid_null("event_id"),
        updated_at(),
    ])
}
