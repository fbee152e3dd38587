//! Carts.

use sea_orm_migration::schema::{big_integer, text, text_null, uuid, uuid_null};
use sea_orm_migration::sea_query::Expr;

use crate::ddl::{
    NewTable, amount, country, created_at, creates, currency, id, instant, one_of, table, tally,
    updated_at, version,
};

creates!(carts, cart_lines, cart_contacts, cart_addresses);

fn carts() -> NewTable {
    table("carts")
        .cols([
            id(),
            uuid("channel_id"),
            uuid_null("customer_id"),
            currency(),
            text("language"),
            one_of(
                "state",
                &[
                    "active",
                    "checking_out",
                    "ordered",
                    "abandoned",
                    "merged",
                    "expired",
                ],
            ),
            text_null("secret_hash"),
            tally("secret_generation"),
            uuid_null("delivery_method_id"),
            text_null("campaign_source"),
            text_null("campaign_medium"),
            text_null("campaign_name"),
            instant("last_active_at"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("channel_id", "channels")
        .refers("customer_id", "customers")
        .refers("delivery_method_id", "delivery_methods")
        // A guest's cart by its token.
        .unique(&["secret_hash"])
        // The cart a customer comes back to.
        .index(&["customer_id", "state", "last_active_at"])
        // The sweep of carts that nobody has touched.
        .index(&["state", "last_active_at"])
        // Whether a channel or a delivery method is in use, before it is deleted.
        .index(&["channel_id"])
        .index(&["delivery_method_id"])
        .machine("cart")
}

fn cart_lines() -> NewTable {
    let quantity = Expr::cust("\"quantity\" BETWEEN 1 AND 1000000");
    table("cart_lines")
        .cols([
            id(),
            uuid("cart_id"),
            uuid("variant_id"),
            amount("position"),
            big_integer("quantity").check(quantity).take(),
            created_at(),
            updated_at(),
        ])
        .part_of("cart_id", "carts")
        .refers("variant_id", "variants")
        // The lines of a cart, each variant once.
        .unique(&["cart_id", "variant_id"])
        // The carts that hold a variant.
        .index(&["variant_id"])
}

fn cart_contacts() -> NewTable {
    table("cart_contacts")
        .cols([
            uuid("cart_id").primary_key().take(),
            text("email"),
            text_null("phone"),
        ])
        .part_of("cart_id", "carts")
}

fn cart_addresses() -> NewTable {
    table("cart_addresses")
        .cols([
            uuid("cart_id"),
            one_of("kind", &["shipping", "billing"]),
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
        ])
        .key(&["cart_id", "kind"])
        .part_of("cart_id", "carts")
}
