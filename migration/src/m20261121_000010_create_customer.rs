//! Customers and their address books. Personal data.

use sea_orm_migration::schema::{boolean, text, text_null, uuid};

use crate::ddl::{NewTable, country, created_at, creates, id, table, updated_at, version};

creates!(customers, customer_addresses);

fn customers() -> NewTable {
    table("customers")
        .cols([
            id(),
            text("email"),
            text("first_name"),
            text("last_name"),
            text_null("phone"),
            text_null("language"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("id", "accounts")
        // A customer by the address they write from.
        .unique(&["email"])
}

fn customer_addresses() -> NewTable {
    table("customer_addresses")
        .cols([
            id(),
            uuid("customer_id"),
            text("first_name"),
            text("last_name"),
            text_null("company"),
            text("line1"),
            text_null("line2"),
            text("city"),
            text_null("region"),
            text("postal_code"),
            country("country"),
            text_null("phone"),
            boolean("is_default"),
            version(),
            created_at(),
            updated_at(),
        ])
        .part_of("customer_id", "customers")
        // The address book, oldest first.
        .index(&["customer_id", "id"])
}
