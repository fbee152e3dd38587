//! The sandbox's clock, and counters of numbers that people read.

use sea_orm_migration::schema::{big_integer, integer, text};

use crate::ddl::{NewTable, amount, creates, table, updated_at};

creates!(sandbox_clocks, counters);

fn sandbox_clocks() -> NewTable {
    table("sandbox_clocks")
        .cols([
            integer("id").primary_key().take(),
            big_integer("offset_ms"),
            updated_at(),
        ])
        .check("\"id\" = 1")
}

fn counters() -> NewTable {
    table("counters").cols([text("name").primary_key().take(), amount("value")])
}
