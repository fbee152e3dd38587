//! What must be true of payments: their figures are what their operations did and what the ledger
//! says, and whatever was asked of a provider is resolved or worked on.

use entity::id::{PaymentId, PaymentOperationId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

use crate::db::Reader;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// Payments of which one figure differs from what their operations of a kind did.
macro_rules! done {
    ($figure:literal, $kind:literal) => {
        concat!(
            "SELECT id, stands, should FROM (
                SELECT payment.id AS id, payment.",
            $figure,
            " AS stands, CAST(COALESCE(SUM(done.amount_minor), 0) AS BIGINT) AS should
                FROM payments AS payment
                LEFT JOIN payment_operations AS done ON done.payment_id = payment.id
                    AND done.state = 'succeeded' AND done.kind = '",
            $kind,
            "' GROUP BY payment.id, payment.",
            $figure,
            ") AS compared WHERE stands <> should LIMIT 100"
        )
    };
}

/// Payments of which the ledger holds another amount as authorized than they do.
const LEDGER_AUTHORIZED: &str = "
    SELECT id, stands, should FROM (
        SELECT payment.id AS id,
            CASE WHEN payment.voided THEN 0 ELSE payment.authorized_minor END AS stands,
            CAST(COALESCE(SUM(entry.amount_minor), 0) AS BIGINT) AS should
        FROM payments AS payment
        LEFT JOIN money_entries AS entry
            ON entry.ref_type = 'payment' AND entry.ref_id = payment.id
            AND entry.order_id = payment.order_id AND entry.account = 'authorized'
        GROUP BY payment.id, payment.voided, payment.authorized_minor
    ) AS compared
    WHERE stands <> should
    LIMIT 100";

/// Payments of which the ledger holds another amount as taken than they do.
const LEDGER_TAKEN: &str = "
    SELECT id, stands, should FROM (
        SELECT payment.id AS id,
            payment.captured_minor - payment.refunded_minor AS stands,
            CAST(COALESCE(SUM(entry.amount_minor), 0) AS BIGINT) AS should
        FROM payments AS payment
        LEFT JOIN money_entries AS entry
            ON entry.ref_type = 'payment' AND entry.ref_id = payment.id
            AND entry.order_id = payment.order_id AND entry.account = 'clearing'
        GROUP BY payment.id, payment.captured_minor, payment.refunded_minor
    ) AS compared
    WHERE stands <> should
    LIMIT 100";

/// Payments whose figures cannot be.
const FIGURES: &str = "
    SELECT id, captured_minor AS stands, authorized_minor AS should
    FROM payments
    WHERE refunded_minor > captured_minor OR captured_minor > authorized_minor
        OR authorized_minor > amount_minor OR refunded_minor < 0
    LIMIT 100";

/// Operations without an outcome that nobody works on.
const FORGOTTEN: &str = "
    SELECT operation.id AS id, CAST(0 AS BIGINT) AS stands, CAST(1 AS BIGINT) AS should
    FROM payment_operations AS operation
    JOIN payments AS payment ON payment.id = operation.payment_id
    WHERE operation.state IN ('created', 'sent', 'action_required', 'unknown')
        AND NOT EXISTS (
            SELECT 1 FROM processes AS process
            WHERE process.order_id = payment.order_id AND process.state IN ('running', 'waiting')
                AND (process.subject = operation.id OR operation.kind = 'authorize'))
    LIMIT 100";

/// Transactions of the ledger that do not sum to zero.
const BALANCE: &str = "
    SELECT txn_id AS id, CAST(SUM(amount_minor) AS BIGINT) AS stands, CAST(0 AS BIGINT) AS should
    FROM money_entries
    GROUP BY txn_id, currency
    HAVING SUM(amount_minor) <> 0
    LIMIT 100";

const PAYMENTS: &[(&str, &str)] = &[
    ("payment.figures_can_be", FIGURES),
    (
        "payment.authorized_is_what_was_done",
        done!("authorized_minor", "authorize"),
    ),
    (
        "payment.captured_is_what_was_done",
        done!("captured_minor", "capture"),
    ),
    (
        "payment.refunded_is_what_was_done",
        done!("refunded_minor", "refund"),
    ),
    ("payment.authorized_is_in_the_ledger", LEDGER_AUTHORIZED),
    ("payment.taken_is_in_the_ledger", LEDGER_TAKEN),
];

#[derive(FromQueryResult)]
struct Differs {
    id: Uuid,
    stands: i64,
    should: i64,
}

/// Everything that is wrong.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let mut findings = Vec::new();
    for (rule, sql) in PAYMENTS {
        for row in ask(read, sql).await? {
            let id = PaymentId::from_uuid(row.id);
            findings.push(Finding::new(rule, id, told(&row)));
        }
    }
    for row in ask(read, FORGOTTEN).await? {
        let id = PaymentOperationId::from_uuid(row.id);
        let message = "it waits for an answer, and no process works on it";
        findings.push(Finding::new(
            "payment.operations_are_worked_on",
            id,
            message,
        ));
    }
    for row in ask(read, BALANCE).await? {
        findings.push(Finding::new("payment.ledger_balances", row.id, told(&row)));
    }
    Ok(findings)
}

fn told(row: &Differs) -> String {
    format!("stands at {}, should be {}", row.stands, row.should)
}

async fn ask(read: &Reader, sql: &str) -> Result<Vec<Differs>, Fault> {
    let statement = Statement::from_string(read.get_database_backend(), sql);
    Ok(Differs::find_by_statement(statement).all(read).await?)
}
