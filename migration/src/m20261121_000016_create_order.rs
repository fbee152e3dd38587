//! Orders, with everything as it was when they were placed.

use sea_orm_migration::schema::{
    big_integer, boolean, json_binary, text, text_null, uuid, uuid_null,
};
use sea_orm_migration::sea_query::ColumnDef;

use crate::ddl::{
    NewTable, amount, country, created_at, creates, currency, id, instant, instant_null, one_of,
    pieces, rate_ppm, table, tally, updated_at, version,
};

creates!(
    orders,
    order_contacts,
    order_addresses,
    order_lines,
    order_taxes,
    order_deliveries,
    price_steps,
);

fn orders() -> NewTable {
    table("orders")
        .cols([
            id(),
            text("number"),
            uuid("cart_id"),
            uuid("channel_id"),
            uuid_null("customer_id"),
        ])
        .cols([currency(), text("language")])
        .cols(order_states())
        .cols([
            amount("subtotal_minor"),
            amount("shipping_minor"),
            amount("tax_minor"),
            amount("discount_minor"),
            amount("total_minor"),
            one_of("tax_mode", &["inclusive", "exclusive"]),
            one_of("tax_rounding", &["line", "document"]),
            one_of("rounding_mode", &["half_up", "half_even", "half_down"]),
            text_null("campaign_source"),
            text_null("campaign_medium"),
            text_null("campaign_name"),
            text_null("secret_hash"),
            tally("secret_generation"),
            text_null("hold_reason"),
            text_null("cancel_reason"),
            instant("placed_at"),
            instant_null("confirmed_at"),
            instant_null("completed_at"),
            instant_null("cancelled_at"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("cart_id", "carts")
        .refers("channel_id", "channels")
        .refers("customer_id", "customers")
        // An order by the number that people read.
        .unique(&["number"])
        // A guest's order by its token.
        .unique(&["secret_hash"])
        // One live order per cart, and finding it.
        .unique_where(
            "one_live_per_cart",
            &["cart_id"],
            "state <> 'payment_failed'",
        )
        // All orders of a cart, failed ones too.
        .index(&["cart_id"])
        // A customer's orders, newest first.
        .index(&["customer_id", "placed_at", "id"])
        // All orders, newest first.
        .index(&["placed_at", "id"])
        // Orders in a state, newest first.
        .index(&["state", "placed_at", "id"])
        // A channel's orders, newest first.
        .index(&["channel_id", "placed_at", "id"])
        .machine("order")
}

fn order_states() -> [ColumnDef; 4] {
    [
        one_of(
            "state",
            &[
                "pending_payment",
                "on_hold",
                "confirmed",
                "in_fulfillment",
                "completed",
                "cancelled",
                "payment_failed",
            ],
        ),
        one_of(
            "payment_status",
            &[
                "pending",
                "authorized",
                "partially_paid",
                "paid",
                "partially_refunded",
                "refunded",
                "voided",
                "failed",
            ],
        ),
        one_of(
            "fulfillment_status",
            &[
                "unfulfilled",
                "partially_fulfilled",
                "fulfilled",
                "delivered",
            ],
        ),
        one_of(
            "return_status",
            &["none", "requested", "partially_returned", "returned"],
        ),
    ]
}

fn order_contacts() -> NewTable {
    table("order_contacts")
        .cols([
            uuid("order_id").primary_key().take(),
            text("email"),
            text_null("phone"),
        ])
        .refers("order_id", "orders")
}

fn order_addresses() -> NewTable {
    table("order_addresses")
        .cols([
            uuid("order_id"),
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
        .key(&["order_id", "kind"])
        .refers("order_id", "orders")
}

fn order_lines() -> NewTable {
    table("order_lines")
        .cols([
            id(),
            uuid("order_id"),
            amount("position"),
            uuid("product_id"),
            uuid("variant_id"),
            text("sku"),
            text("product_title"),
            text("variant_title"),
            text_null("image_url"),
            pieces("quantity"),
            amount("unit_price_minor"),
            currency(),
            amount("net_minor"),
            amount("tax_minor"),
            amount("gross_minor"),
            amount("tax_rate_ppm"),
            uuid("tax_class_id"),
            boolean("requires_shipping"),
            tally("allocated_qty"),
            tally("cancelled_qty"),
            tally("fulfilled_qty"),
            tally("shipped_qty"),
            tally("delivered_qty"),
            tally("return_open_qty"),
            tally("returned_qty"),
        ])
        .refers("order_id", "orders")
        .refers("product_id", "products")
        .refers("variant_id", "variants")
        .refers("tax_class_id", "tax_classes")
        .check("\"cancelled_qty\" <= \"quantity\"")
        .check("\"allocated_qty\" <= \"quantity\"")
        .check("\"fulfilled_qty\" <= \"quantity\" - \"cancelled_qty\"")
        .check("\"shipped_qty\" <= \"quantity\" - \"cancelled_qty\"")
        .check("\"delivered_qty\" <= \"shipped_qty\"")
        .check("\"return_open_qty\" + \"returned_qty\" <= \"shipped_qty\"")
        // The lines of an order in their order.
        .unique(&["order_id", "position"])
        // Who bought a product; what a variant sold.
        .index(&["product_id"])
        .index(&["variant_id"])
        // Whether a tax class is in use, before it is deleted.
        .index(&["tax_class_id"])
}

fn order_taxes() -> NewTable {
    table("order_taxes")
        .cols([
            uuid("order_id"),
            amount("position"),
            text("name"),
            rate_ppm(),
            amount("base_minor"),
            amount("tax_minor"),
        ])
        .key(&["order_id", "position"])
        .refers("order_id", "orders")
}

fn order_deliveries() -> NewTable {
    table("order_deliveries")
        .cols([
            uuid("order_id").primary_key().take(),
            uuid("delivery_method_id"),
            text("code"),
            text("name"),
            amount("price_minor"),
            amount("net_minor"),
            amount("tax_minor"),
            amount("gross_minor"),
            amount("tax_rate_ppm"),
            amount("min_days"),
            amount("max_days"),
        ])
        .refers("order_id", "orders")
        .refers("delivery_method_id", "delivery_methods")
        // Whether a delivery method is in use, before it is deleted.
        .index(&["delivery_method_id"])
}

fn price_steps() -> NewTable {
    table("price_steps")
        .cols([
            text("owner_type"),
            uuid("owner_id"),
            amount("line_no"),
            amount("seq"),
            text("stage"),
            text("rule_type"),
            uuid_null("rule_id"),
            big_integer("basis_minor"),
            big_integer("delta_minor"),
            big_integer("result_minor"),
            text("reason_code"),
            json_binary("params"),
        ])
        .key(&["owner_type", "owner_id", "line_no", "seq"])
        .append_only()
}
