//! Tax rates by class of goods and place.

use sea_orm_migration::schema::{text, uuid};

use crate::ddl::{
    NewTable, country, created_at, creates, id, rate_ppm, table, updated_at, version,
};

creates!(tax_rates);

fn tax_rates() -> NewTable {
    table("tax_rates")
        .cols([
            id(),
            uuid("tax_class_id"),
            country("country"),
            text("region").default("").take(),
            text("name"),
            rate_ppm(),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("tax_class_id", "tax_classes")
        // The rate of a class at a place; there is one.
        .unique(&["tax_class_id", "country", "region"])
}
