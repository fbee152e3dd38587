//! Payments, what was asked of providers, what they said, and the ledger.

use sea_orm_migration::schema::{
    big_integer, boolean, json_binary, json_binary_null, text, text_null, uuid, uuid_null,
};

use crate::ddl::{
    NewTable, amount, created_at, creates, currency, id, instant, instant_null, one_of, pieces,
    table, tally, updated_at, version,
};

creates!(payments, payment_operations, provider_events, money_entries);

const PAYMENT_STATES: &[&str] = &[
    "created",
    "authorizing",
    "action_required",
    "unknown",
    "authorized",
    "partially_captured",
    "captured",
    "partially_refunded",
    "refunded",
    "voided",
    "failed",
];

fn payments() -> NewTable {
    table("payments")
        .cols([
            id(),
            uuid("order_id"),
            one_of("method", &["card", "invoice"]),
            text("gateway"),
            currency(),
            amount("amount_minor"),
            tally("authorized_minor"),
            tally("captured_minor"),
            tally("refunded_minor"),
            boolean("voided"),
            one_of("state", PAYMENT_STATES),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("order_id", "orders")
        .check(
            "\"refunded_minor\" <= \"captured_minor\" \
             AND \"captured_minor\" <= \"authorized_minor\" \
             AND \"authorized_minor\" <= \"amount_minor\"",
        )
        // The payments of an order.
        .index(&["order_id"])
        .machine("payment")
}

fn payment_operations() -> NewTable {
    table("payment_operations")
        .cols([
            id(),
            uuid("payment_id"),
            one_of("kind", &["authorize", "capture", "void", "refund"]),
            amount("amount_minor"),
            text("gateway"),
            text("provider_key"),
            text_null("provider_ref"),
            text("token"),
            one_of(
                "state",
                &[
                    "created",
                    "sent",
                    "action_required",
                    "succeeded",
                    "failed",
                    "unknown",
                ],
            ),
            text_null("decline_code"),
            json_binary_null("challenge"),
            pieces("attempt_no"),
            instant_null("sent_at"),
            instant_null("resolved_at"),
            instant_null("next_check_at"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("payment_id", "payments")
        // An operation by the key that was sent with it.
        .unique(&["provider_key"])
        // The operations of a payment.
        .index(&["payment_id"])
        // The reconciler's search for outcomes that are not known.
        .index_where(
            "unresolved",
            &["next_check_at"],
            "state IN ('created', 'sent', 'unknown', 'action_required')",
        )
}

fn provider_events() -> NewTable {
    table("provider_events")
        .cols([
            text("provider"),
            text("event_id"),
            text("object_ref"),
            text("event_type"),
            json_binary("payload"),
            instant("received_at"),
            instant_null("processed_at"),
            text_null("result"),
        ])
        .key(&["provider", "event_id"])
        // Notices that nobody has dealt with.
        .index_where("unprocessed", &["received_at"], "processed_at IS NULL")
}

/// Without foreign keys, as every ledger here. That a transaction sums to zero in each currency
/// only PostgreSQL can see, at the end of the statement; elsewhere `rialto check` does.
fn money_entries() -> NewTable {
    table("money_entries")
        .cols([
            uuid("txn_id"),
            amount("seq"),
            text("account"),
            currency(),
            big_integer("amount_minor"),
            uuid_null("order_id"),
            text("ref_type"),
            uuid("ref_id"),
            instant("occurred_at"),
        ])
        .key(&["txn_id", "seq"])
        // The ledger of an order.
        .index(&["order_id"])
        .append_only()
        .pg_function(
            "rialto_check_balance",
            "BEGIN
               IF EXISTS (
                 SELECT 1 FROM added GROUP BY txn_id, currency HAVING sum(amount_minor) <> 0
               ) THEN
                 RAISE EXCEPTION 'unbalanced: money_entries';
               END IF;
               RETURN NULL;
             END;",
        )
        .pg_trigger(
            "CREATE TRIGGER money_entries_balance AFTER INSERT ON money_entries \
             REFERENCING NEW TABLE AS added \
             FOR EACH STATEMENT EXECUTE FUNCTION rialto_check_balance();",
        )
}
