//! The guarded statements on stock levels: the only ones that change their figures.
//!
//! Each is one statement whose condition the database evaluates again after it has waited for a
//! lock, and whose affected rows are counted. Together with the change of the reservation in the
//! same transaction, and the CHECK on the table, no two buyers get the same piece. They come last
//! in a transaction, sorted by variant and location, so that they are locked shortly and in order.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use entity::id::{LocationId, VariantId};
use entity::stock_levels::{ActiveModel, Column, Entity, Model};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
};
use uuid::Uuid;

use super::levels;
use super::movements::{self, Cause};
use crate::domain::inventory::movement::{Account, Movement};
use crate::domain::inventory::refusal::Refusal;
use crate::kernel::error::{Fault, Refusal as _};
use crate::write::{Applied, Hot, Write};

/// Stock comes last of the contended rows.
const RANK: u8 = 4;

/// Where readers look for what is left, by variant.
pub const LEVELS: &str = "stock_levels";

type Applying<'a> = Pin<Box<dyn Future<Output = Result<Applied, Fault>> + Send + 'a>>;

/// Promises pieces of a level, or gives promises back (below zero).
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// The variant.
    pub variant: VariantId,
    /// The location.
    pub location: LocationId,
    /// Pieces.
    pub quantity: i64,
}

impl Hot for Promise {
    fn rank(&self) -> u8 {
        RANK
    }

    fn key(&self) -> String {
        format!("{}:{}", self.variant, self.location)
    }

    fn amount(&self) -> i64 {
        self.quantity
    }

    fn merge(&mut self, amount: i64) {
        self.quantity += amount;
    }

    fn row(&self) -> Option<(&'static str, Uuid)> {
        Some((LEVELS, self.variant.uuid()))
    }

    fn apply<'a>(&'a self, w: &'a Write) -> Applying<'a> {
        Box::pin(async move {
            let committed = Expr::col(Column::Committed).add(self.quantity);
            let guard = if self.quantity > 0 {
                // What is acknowledged as missing cannot be promised again.
                committed.clone().lte(promisable())
            } else {
                committed.clone().gte(0_i64)
            };
            let done = level(w, self.variant, self.location)
                .col_expr(Column::Committed, committed)
                .filter(guard)
                .exec(w)
                .await?;
            if self.quantity == 0 || done.rows_affected == 1 {
                return Ok(Applied::Done);
            }
            let row = read(w, self.variant, self.location).await?;
            if self.quantity < 0 {
                return Err(Fault::bug("more promises given back than there were"));
            }
            let available = row.map_or(0, |row| levels::free(&row) + row.backorder_limit);
            let refusal = Refusal::OutOfStock {
                variant: self.variant,
                requested: self.quantity,
                available: Ord::max(available, 0),
            };
            Ok(Applied::Short(refusal.refused()))
        })
    }
}

/// Sends promised pieces away: they leave both what lies there and what is promised.
#[derive(Clone, Copy, Debug)]
pub struct Ship {
    /// The variant.
    pub variant: VariantId,
    /// The location.
    pub location: LocationId,
    /// Pieces, above zero.
    pub quantity: i64,
}

impl Hot for Ship {
    fn rank(&self) -> u8 {
        RANK
    }

    fn key(&self) -> String {
        format!("{}:{}:ship", self.variant, self.location)
    }

    fn amount(&self) -> i64 {
        self.quantity
    }

    fn merge(&mut self, amount: i64) {
        self.quantity += amount;
    }

    fn row(&self) -> Option<(&'static str, Uuid)> {
        Some((LEVELS, self.variant.uuid()))
    }

    fn apply<'a>(&'a self, w: &'a Write) -> Applying<'a> {
        Box::pin(async move {
            let done = level(w, self.variant, self.location)
                .col_expr(
                    Column::Committed,
                    Expr::col(Column::Committed).sub(self.quantity),
                )
                .col_expr(Column::OnHand, Expr::col(Column::OnHand).sub(self.quantity))
                .filter(Column::Committed.gte(self.quantity))
                .filter(Column::OnHand.gte(self.quantity))
                .exec(w)
                .await?;
            if done.rows_affected == 1 {
                return Ok(Applied::Done);
            }
            let on_hand = read(w, self.variant, self.location)
                .await?
                .map_or(0, |row| row.on_hand);
            if on_hand >= self.quantity {
                return Err(Fault::bug("more sent than was promised"));
            }
            let refusal = Refusal::NotThere {
                variant: self.variant,
                requested: self.quantity,
                on_hand,
            };
            Ok(Applied::Short(refusal.refused()))
        })
    }
}

/// Changes what lies at a location by some pieces, perhaps only if as many lie there as thought.
#[derive(Clone, Copy, Debug)]
pub struct Restock {
    /// The variant.
    pub variant: VariantId,
    /// The location.
    pub location: LocationId,
    /// Pieces more, or fewer (below zero).
    pub delta: i64,
    /// How many the caller thinks lie there.
    pub expected: Option<i64>,
}

impl Hot for Restock {
    fn rank(&self) -> u8 {
        RANK
    }

    fn key(&self) -> String {
        format!("{}:{}:restock", self.variant, self.location)
    }

    fn amount(&self) -> i64 {
        self.delta
    }

    fn merge(&mut self, amount: i64) {
        self.delta += amount;
    }

    fn row(&self) -> Option<(&'static str, Uuid)> {
        Some((LEVELS, self.variant.uuid()))
    }

    fn apply<'a>(&'a self, w: &'a Write) -> Applying<'a> {
        Box::pin(async move {
            let on_hand = Expr::col(Column::OnHand).add(self.delta);
            let possible = promisable().add(Expr::col(Column::AckShortfall));
            let mut update = level(w, self.variant, self.location)
                .col_expr(Column::OnHand, on_hand.clone())
                .filter(on_hand.gte(0_i64));
            if self.delta < 0 {
                let kept = Expr::col(Column::Committed);
                update = update.filter(kept.lte(possible.add(self.delta)));
            }
            if let Some(expected) = self.expected {
                update = update.filter(Column::OnHand.eq(expected));
            }
            if update.exec(w).await?.rows_affected == 1 {
                return Ok(Applied::Done);
            }
            let row = read(w, self.variant, self.location).await?;
            let on_hand = row.as_ref().map_or(0, |row| row.on_hand);
            let kept = row.map_or(0, |row| row.committed + row.unavailable + row.safety);
            let refusal = if self.expected.is_some_and(|expected| expected != on_hand) {
                Refusal::Moved { on_hand }
            } else if on_hand + self.delta < 0 {
                Refusal::BelowZero { on_hand }
            } else {
                Refusal::Promised { on_hand, kept }
            };
            Ok(Applied::Short(refusal.refused()))
        })
    }
}

/// Brings all levels of a variant to another backorder limit. Promises beyond what lies there that
/// the new limit does not cover are acknowledged as missing: nothing more is promised until they are met.
#[derive(Clone, Copy, Debug)]
pub struct Relimit {
    /// The variant.
    pub variant: VariantId,
    /// The limit of each of its levels.
    pub backorder_limit: i64,
}

impl Hot for Relimit {
    fn rank(&self) -> u8 {
        RANK
    }

    fn key(&self) -> String {
        self.variant.to_string()
    }

    fn amount(&self) -> i64 {
        self.backorder_limit
    }

    fn merge(&mut self, amount: i64) {
        self.backorder_limit = amount;
    }

    fn row(&self) -> Option<(&'static str, Uuid)> {
        Some((LEVELS, self.variant.uuid()))
    }

    fn apply<'a>(&'a self, w: &'a Write) -> Applying<'a> {
        Box::pin(async move {
            let rows = Entity::find()
                .filter(Column::VariantId.eq(self.variant))
                .order_by_asc(Column::LocationId)
                .lock(LockType::Update);
            if rows.all(w.read()).await?.is_empty() {
                return Ok(Applied::Done);
            }
            let missing = missing(Expr::col(Column::OnHand), Expr::val(self.backorder_limit));
            Entity::update_many()
                .col_expr(Column::BackorderLimit, Expr::value(self.backorder_limit))
                .col_expr(Column::AckShortfall, missing)
                .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
                .col_expr(Column::UpdatedAt, Expr::value(w.now()))
                .filter(Column::VariantId.eq(self.variant))
                .exec(w)
                .await?;
            Ok(Applied::Done)
        })
    }
}

/// What a count found at a location, for many variants at once.
#[derive(Clone, Debug)]
pub struct Counts {
    /// The location.
    pub location: LocationId,
    /// Each variant once: pieces found, and the backorder limit of its policy.
    pub found: Vec<(VariantId, i64, i64)>,
    /// Why, for the books.
    pub cause: Cause,
}

/// Variants that one statement counts: far below the parameters a statement may have.
const BATCH: usize = 500;

impl Hot for Counts {
    fn rank(&self) -> u8 {
        RANK
    }

    fn key(&self) -> String {
        // Before the levels of any variant.
        let first = self.found.iter().map(|(variant, ..)| variant).min();
        format!("counts:{}:{first:?}", self.location)
    }

    fn amount(&self) -> i64 {
        0
    }

    fn merge(&mut self, _: i64) {}

    fn apply<'a>(&'a self, w: &'a Write) -> Applying<'a> {
        Box::pin(async move {
            let mut found = self.found.clone();
            found.sort_by_key(|(variant, ..)| *variant);
            for batch in found.chunks(BATCH) {
                count(w, self.location, batch, self.cause).await?;
            }
            Ok(Applied::Done)
        })
    }
}

/// Locks the levels, books the differences, writes what was found. A count that finds less than is
/// promised acknowledges what is missing.
async fn count(
    w: &Write,
    location: LocationId,
    found: &[(VariantId, i64, i64)],
    cause: Cause,
) -> Result<(), Fault> {
    let empty: Vec<_> = found
        .iter()
        .map(|(variant, _, limit)| (*variant, location, *limit))
        .collect();
    levels::ensure(w, &empty).await?;
    let rows = Entity::find()
        .filter(Column::LocationId.eq(location))
        .filter(Column::VariantId.is_in(found.iter().map(|(variant, ..)| *variant)))
        .order_by_asc(Column::VariantId)
        .lock(LockType::Update)
        .all(w.read())
        .await?;
    let before: HashMap<VariantId, i64> = rows
        .into_iter()
        .map(|row| (row.variant_id, row.on_hand))
        .collect();
    let moved: Vec<_> = found
        .iter()
        .map(|(variant, on_hand, _)| {
            let delta = on_hand - before.get(variant).copied().unwrap_or_default();
            Movement::change(*variant, location, delta, Account::Adjustment)
        })
        .collect();
    movements::book(w, cause, &moved).await?;
    let rows = found.iter().map(|(variant, on_hand, limit)| ActiveModel {
        variant_id: Set(*variant),
        location_id: Set(location),
        on_hand: Set(*on_hand),
        unavailable: Set(0),
        safety: Set(0),
        committed: Set(0),
        backorder_limit: Set(*limit),
        ack_shortfall: Set(0),
        version: Set(1),
        updated_at: Set(w.now()),
    });
    let newer = |column: &str| Expr::cust(format!("excluded.{column}"));
    let counted = OnConflict::columns([Column::VariantId, Column::LocationId])
        .update_columns([Column::OnHand, Column::BackorderLimit, Column::UpdatedAt])
        .value(
            Column::AckShortfall,
            missing(newer("on_hand"), newer("backorder_limit")),
        )
        .value(
            Column::Version,
            Expr::col((Entity, Column::Version)).add(1_i64),
        )
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(counted)
        .exec_without_returning(w)
        .await?;
    Ok(())
}

/// The most that may be promised of a level.
fn promisable() -> Expr {
    Expr::col(Column::OnHand)
        .sub(Expr::col(Column::Unavailable))
        .sub(Expr::col(Column::Safety))
        .add(Expr::col(Column::BackorderLimit))
}

/// By how much the promises of a level exceed what it could promise with these figures.
fn missing(on_hand: Expr, backorder_limit: Expr) -> Expr {
    let of = |column| Expr::col((Entity, column));
    let beyond = of(Column::Committed)
        .sub(on_hand)
        .add(of(Column::Unavailable))
        .add(of(Column::Safety))
        .sub(backorder_limit);
    CaseStatement::new()
        .case(beyond.clone().gt(0_i64), beyond)
        .finally(0_i64)
        .into()
}

fn level(w: &Write, variant: VariantId, location: LocationId) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::VariantId.eq(variant))
        .filter(Column::LocationId.eq(location))
}

async fn read(w: &Write, variant: VariantId, location: LocationId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id((variant, location))
        .one(w.read())
        .await?)
}
