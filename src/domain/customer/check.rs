//! What must be true of customers: each has an account of that kind and the other way round, and a
//! book that is not empty has one default.

use entity::accounts::{self, Kind};
use entity::id::CustomerId;
use entity::{customer_addresses, customers};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

/// The most offenders that are named of one rule.
const NAMED: u64 = 100;

/// What is wrong with the rows.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let mut found = without_profile(read).await?;
    found.extend(with_another_account(read).await?);
    found.extend(without_one_default(read).await?);
    Ok(found)
}

async fn without_profile(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let profiles = Query::select()
        .column(customers::Column::Id)
        .from(customers::Entity)
        .to_owned();
    let rows = accounts::Entity::find()
        .filter(accounts::Column::Kind.eq(Kind::Customer))
        .filter(accounts::Column::Id.not_in_subquery(profiles))
        .order_by_asc(accounts::Column::Id)
        .limit(NAMED)
        .all(read)
        .await?;
    let finding = |row: accounts::Model| {
        Finding::new(
            "customer.account_has_profile",
            row.id,
            "a customer's account without a profile",
        )
    };
    Ok(rows.into_iter().map(finding).collect())
}

async fn with_another_account(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let own = Query::select()
        .column(accounts::Column::Id)
        .from(accounts::Entity)
        .and_where(accounts::Column::Kind.eq(Kind::Customer))
        .to_owned();
    let rows = customers::Entity::find()
        .filter(customers::Column::Id.not_in_subquery(own))
        .order_by_asc(customers::Column::Id)
        .limit(NAMED)
        .all(read)
        .await?;
    let finding = |row: customers::Model| {
        Finding::new(
            "customer.profile_has_account",
            row.id,
            "a profile without a customer's account",
        )
    };
    Ok(rows.into_iter().map(finding).collect())
}

async fn without_one_default(read: &Reader) -> Result<Vec<Finding>, Fault> {
    use customer_addresses::{Column, Entity};
    let defaults = Column::IsDefault.eq(true);
    let counted = Expr::case(defaults, 1_i32).finally(0_i32);
    let one = Func::sum(counted);
    let rows: Vec<CustomerId> = Entity::find()
        .select_only()
        .column(Column::CustomerId)
        .group_by(Column::CustomerId)
        .having(Expr::expr(one).ne(1_i32))
        .order_by_asc(Column::CustomerId)
        .limit(NAMED)
        .into_tuple()
        .all(read)
        .await?;
    let finding = |id: CustomerId| {
        Finding::new(
            "customer.book_has_one_default",
            id,
            "an address book without exactly one default",
        )
    };
    Ok(rows.into_iter().map(finding).collect())
}
