//! What must be true of fulfillments: an order's lines have come as far as its fulfillments say.

use entity::id::OrderLineId;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::db::Reader;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// Lines whose pieces in live, shipped or delivered fulfillments differ from what they say.
const LINES: &str = "
    SELECT line.id, line.fulfilled_qty, line.shipped_qty, line.delivered_qty,
           CAST(COALESCE(SUM(CASE WHEN ful.state NOT IN ('cancelled', 'rejected')
               THEN part.quantity END), 0) AS BIGINT) AS fulfilled,
           CAST(COALESCE(SUM(CASE WHEN ful.state IN
               ('shipped', 'delivered', 'collected', 'returned_to_sender')
               THEN part.quantity END), 0) AS BIGINT) AS shipped,
           CAST(COALESCE(SUM(CASE WHEN ful.state IN ('delivered', 'collected')
               THEN part.quantity END), 0) AS BIGINT) AS delivered
    FROM order_lines AS line
    LEFT JOIN fulfillment_lines AS part ON part.order_line_id = line.id
    LEFT JOIN fulfillments AS ful ON ful.id = part.fulfillment_id
    GROUP BY line.id, line.fulfilled_qty, line.shipped_qty, line.delivered_qty
    HAVING line.fulfilled_qty <> COALESCE(SUM(CASE WHEN ful.state NOT IN ('cancelled', 'rejected')
               THEN part.quantity END), 0)
        OR line.shipped_qty <> COALESCE(SUM(CASE WHEN ful.state IN
               ('shipped', 'delivered', 'collected', 'returned_to_sender')
               THEN part.quantity END), 0)
        OR line.delivered_qty <> COALESCE(SUM(CASE WHEN ful.state IN ('delivered', 'collected')
               THEN part.quantity END), 0)
    LIMIT 100";

#[derive(FromQueryResult)]
struct Differs {
    id: OrderLineId,
    fulfilled_qty: i64,
    shipped_qty: i64,
    delivered_qty: i64,
    fulfilled: i64,
    shipped: i64,
    delivered: i64,
}

/// All findings of this area.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let statement = Statement::from_string(read.get_database_backend(), LINES);
    let rows = Differs::find_by_statement(statement).all(read).await?;
    let finding = |row: Differs| {
        let says = format!(
            "stands at {}/{}/{} fulfilled, shipped and delivered, should be {}/{}/{}",
            row.fulfilled_qty,
            row.shipped_qty,
            row.delivered_qty,
            row.fulfilled,
            row.shipped,
            row.delivered
        );
        Finding::new(
            "fulfillment.lines_are_as_far_as_fulfillments_say",
            row.id,
            says,
        )
    };
    Ok(rows.into_iter().map(finding).collect())
}
