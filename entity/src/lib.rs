//! The rows: one module per table, with its columns, their units and the words its text columns
//! may hold; and the typed ids.
//!
//! Invariants: a column here is a column of the migrations and the other way round (proven by
//! `migration/tests/schema.rs` on both engines); money is `*_minor` in minor units beside an ISO
//! 4217 code, rates are `*_ppm` in millionths, quantities are whole pieces, instants are UTC.
//!
//! Deliberately absent: relations (reads join by column), rules, queries, GraphQL, and every row's
//! form outside the database: a row is never published as it is.
//!
//! To add a table:
//! 1. Write its migration (`migration/README.md`).
//! 2. Add a file with the table's name here, and an id to [`id`] if the row has one.
//! 3. Name it below and in [`TABLES`].

pub mod id;
mod words;

pub mod accounts;
pub mod audit_entries;
pub mod audit_heads;
pub mod cart_addresses;
pub mod cart_contacts;
pub mod cart_lines;
pub mod carts;
pub mod categories;
pub mod category_paths;
pub mod channel_countries;
pub mod channel_languages;
pub mod channels;
pub mod counters;
pub mod customer_addresses;
pub mod customers;
pub mod delivery_methods;
pub mod fulfillment_lines;
pub mod fulfillments;
pub mod idempotency_keys;
pub mod locations;
pub mod money_entries;
pub mod order_addresses;
pub mod order_contacts;
pub mod order_deliveries;
pub mod order_lines;
pub mod order_taxes;
pub mod orders;
pub mod outbox_cursors;
pub mod outbox_events;
pub mod payment_operations;
pub mod payments;
pub mod price_history;
pub mod price_steps;
pub mod prices;
pub mod processes;
pub mod product_images;
pub mod product_listings;
pub mod product_option_values;
pub mod product_options;
pub mod product_terms;
pub mod products;
pub mod provider_events;
pub mod refresh_tokens;
pub mod reservations;
pub mod sandbox_clocks;
pub mod sessions;
pub mod signing_keys;
pub mod stock_levels;
pub mod stock_movements;
pub mod stock_policies;
pub mod tax_classes;
pub mod tax_rates;
pub mod transition_rules;
pub mod variant_option_values;
pub mod variants;

/// Every table, in the order in which the migrations make them.
pub const TABLES: &[&str] = &[
    "audit_heads",
    "audit_entries",
    "outbox_events",
    "outbox_cursors",
    "idempotency_keys",
    "processes",
    "transition_rules",
    "sandbox_clocks",
    "counters",
    "channels",
    "channel_countries",
    "channel_languages",
    "accounts",
    "sessions",
    "refresh_tokens",
    "signing_keys",
    "tax_classes",
    "categories",
    "category_paths",
    "products",
    "product_options",
    "product_option_values",
    "variants",
    "variant_option_values",
    "product_images",
    "product_terms",
    "customers",
    "customer_addresses",
    "locations",
    "stock_policies",
    "stock_levels",
    "reservations",
    "stock_movements",
    "prices",
    "price_history",
    "product_listings",
    "tax_rates",
    "delivery_methods",
    "carts",
    "cart_lines",
    "cart_contacts",
    "cart_addresses",
    "orders",
    "order_contacts",
    "order_addresses",
    "order_lines",
    "order_taxes",
    "order_deliveries",
    "price_steps",
    "payments",
    "payment_operations",
    "provider_events",
    "money_entries",
    "fulfillments",
    "fulfillment_lines",
];
