//! What must be true of stock: what is promised of a level is what its open reservations promise,
//! and its figures are what its movements add up to.

use entity::id::{LocationId, VariantId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::db::Reader;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// Levels whose promises differ from their open reservations.
const PROMISED: &str = "
    SELECT level.variant_id, level.location_id, level.committed AS stands,
           CAST(COALESCE(SUM(promise.quantity), 0) AS BIGINT) AS should
    FROM stock_levels AS level
    LEFT JOIN reservations AS promise
        ON promise.variant_id = level.variant_id AND promise.location_id = level.location_id
        AND promise.state IN ('held', 'allocated') AND promise.bucket = -1
    GROUP BY level.variant_id, level.location_id, level.committed
    HAVING level.committed <> COALESCE(SUM(promise.quantity), 0)
    LIMIT 100";

/// Open reservations at a place without a level.
const NOWHERE: &str = "
    SELECT promise.variant_id, promise.location_id, CAST(0 AS BIGINT) AS stands,
           CAST(SUM(promise.quantity) AS BIGINT) AS should
    FROM reservations AS promise
    LEFT JOIN stock_levels AS level
        ON level.variant_id = promise.variant_id AND level.location_id = promise.location_id
    WHERE promise.state IN ('held', 'allocated') AND level.variant_id IS NULL
    GROUP BY promise.variant_id, promise.location_id
    LIMIT 100";

/// Levels whose pieces differ from what has come less what has gone.
const ON_HAND: &str = "
    SELECT level.variant_id, level.location_id, level.on_hand AS stands,
           CAST(COALESCE(SUM(CASE
               WHEN moved.from_account IN ('supplier', 'adjustment') THEN moved.quantity
               WHEN moved.to_account IN ('customer', 'adjustment') THEN -moved.quantity
               ELSE 0 END), 0) AS BIGINT) AS should
    FROM stock_levels AS level
    LEFT JOIN stock_movements AS moved
        ON moved.variant_id = level.variant_id AND moved.location_id = level.location_id
    GROUP BY level.variant_id, level.location_id, level.on_hand
    HAVING level.on_hand <> COALESCE(SUM(CASE
               WHEN moved.from_account IN ('supplier', 'adjustment') THEN moved.quantity
               WHEN moved.to_account IN ('customer', 'adjustment') THEN -moved.quantity
               ELSE 0 END), 0)
    LIMIT 100";

/// Levels whose promises differ from what has been promised less what was given back or sent.
const COMMITTED: &str = "
    SELECT level.variant_id, level.location_id, level.committed AS stands,
           CAST(COALESCE(SUM(CASE
               WHEN moved.to_account = 'committed' THEN moved.quantity
               WHEN moved.from_account = 'committed' THEN -moved.quantity
               ELSE 0 END), 0) AS BIGINT) AS should
    FROM stock_levels AS level
    LEFT JOIN stock_movements AS moved
        ON moved.variant_id = level.variant_id AND moved.location_id = level.location_id
    GROUP BY level.variant_id, level.location_id, level.committed
    HAVING level.committed <> COALESCE(SUM(CASE
               WHEN moved.to_account = 'committed' THEN moved.quantity
               WHEN moved.from_account = 'committed' THEN -moved.quantity
               ELSE 0 END), 0)
    LIMIT 100";

const RULES: &[(&str, &str)] = &[
    ("inventory.committed_is_what_is_reserved", PROMISED),
    ("inventory.what_is_reserved_has_a_level", NOWHERE),
    ("inventory.on_hand_is_what_has_moved", ON_HAND),
    ("inventory.committed_is_what_has_moved", COMMITTED),
];

#[derive(FromQueryResult)]
struct Differs {
    variant_id: VariantId,
    location_id: LocationId,
    stands: i64,
    should: i64,
}

/// All findings of this area.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let mut findings = Vec::new();
    for (rule, sql) in RULES {
        let statement = Statement::from_string(read.get_database_backend(), *sql);
        for row in Differs::find_by_statement(statement).all(read).await? {
            let id = format!("{}:{}", row.variant_id, row.location_id);
            let says = format!("stands at {}, should be {}", row.stands, row.should);
            findings.push(Finding::new(rule, id, says));
        }
    }
    Ok(findings)
}
