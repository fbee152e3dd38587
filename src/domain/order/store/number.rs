//! The number people call an order by: R1001 and up, unique, in the order of placing, not gapless.
//!
//! All orders are counted in one row, so it is taken by the very last statements of placing one;
//! until then the order bears its id.

use std::future::Future;
use std::pin::Pin;

use entity::counters;
use entity::id::OrderId;
use entity::orders::{Column, Entity};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::kernel::error::Fault;
use crate::write::{Applied, Hot, Write};

const COUNTER: &str = "order";
const FIRST: i64 = 1001;

/// Gives an order its number.
#[derive(Debug)]
pub struct TakeNumber {
    /// Which order.
    pub order: OrderId,
}

impl Hot for TakeNumber {
    fn rank(&self) -> u8 {
        5
    }

    fn key(&self) -> String {
        self.order.to_string()
    }

    fn amount(&self) -> i64 {
        0
    }

    fn merge(&mut self, _: i64) {}

    fn apply<'a>(
        &'a self,
        w: &'a Write,
    ) -> Pin<Box<dyn Future<Output = Result<Applied, Fault>> + Send + 'a>> {
        Box::pin(async move {
            let value = next(w).await?;
            Entity::update_many()
                .col_expr(Column::Number, Expr::value(format!("R{value}")))
                .filter(Column::Id.eq(self.order))
                .exec(w)
                .await?;
            Ok(Applied::Done)
        })
    }
}

async fn next(w: &Write) -> Result<i64, Fault> {
    let row = counters::ActiveModel {
        name: Set(COUNTER.to_owned()),
        value: Set(FIRST),
    };
    let value = Expr::col((counters::Entity, counters::Column::Value)).add(1_i64);
    let count = OnConflict::column(counters::Column::Name)
        .value(counters::Column::Value, value)
        .to_owned();
    let row = counters::Entity::insert(row)
        .on_conflict(count)
        .exec_with_returning(w)
        .await?;
    Ok(row.value)
}
