//! The schema of the database, as the sum of its migrations, for SQLite and PostgreSQL.
//!
//! Everything that must be true of rows stands here: keys, CHECKs, partial unique indexes,
//! append-only triggers, and the triggers that hold every state column to `transition_rules`.
//! Invariants: a migration that has landed is never edited; every statement works on both
//! engines; every foreign key is led by an index; every index says which query needs it.
//!
//! Deliberately absent: anything of ours. A migration must not change its meaning because a type
//! did, so the words of the CHECKs are written out. The rows of `transition_rules` are absent
//! too: `rialto migrate` syncs them from the tables of the code after `up`.
//!
//! How to add one: `README.md`.

use ddl::boxed;
use sea_orm_migration::{MigrationTrait, MigratorTrait};

mod ddl;
mod m20261121_000001_create_audit;
mod m20261121_000002_create_outbox;
mod m20261121_000003_create_idempotency;
mod m20261121_000004_create_processes;
mod m20261121_000005_create_transition_rules;
mod m20261121_000006_create_clock;
mod m20261121_000007_create_channel;
mod m20261121_000008_create_access;
mod m20261121_000009_create_catalog;
mod m20261121_000010_create_customer;
mod m20261121_000011_create_inventory;
mod m20261121_000012_create_pricing;
mod m20261121_000013_create_tax;
mod m20261121_000014_create_shipping;
mod m20261121_000015_create_cart;
mod m20261121_000016_create_order;
mod m20261121_000017_create_payment;
mod m20261121_000018_create_fulfillment;
mod m20261121_000019_index_products_by_title;

/// All migrations in their order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            boxed(m20261121_000001_create_audit::Migration),
            boxed(m20261121_000002_create_outbox::Migration),
            boxed(m20261121_000003_create_idempotency::Migration),
            boxed(m20261121_000004_create_processes::Migration),
            boxed(m20261121_000005_create_transition_rules::Migration),
            boxed(m20261121_000006_create_clock::Migration),
            boxed(m20261121_000007_create_channel::Migration),
            boxed(m20261121_000008_create_access::Migration),
            boxed(m20261121_000009_create_catalog::Migration),
            boxed(m20261121_000010_create_customer::Migration),
            boxed(m20261121_000011_create_inventory::Migration),
            boxed(m20261121_000012_create_pricing::Migration),
            boxed(m20261121_000013_create_tax::Migration),
            boxed(m20261121_000014_create_shipping::Migration),
            boxed(m20261121_000015_create_cart::Migration),
            boxed(m20261121_000016_create_order::Migration),
            boxed(m20261121_000017_create_payment::Migration),
            boxed(m20261121_000018_create_fulfillment::Migration),
            boxed(m20261121_000019_index_products_by_title::Migration),
        ]
    }
}
