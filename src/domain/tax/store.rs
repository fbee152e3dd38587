//! The rows of `tax_rates`.

use std::collections::HashMap;

use entity::id::{TaxClassId, TaxRateId};
use entity::tax_classes;
use entity::tax_rates::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, Order, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::choose::{self, Listed, RateRow};
use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;
use crate::kernel::page::{Cut, Page};
use crate::kernel::rate::Rate;
use crate::write::Write;

/// The rate of each tax class at a place; a class that is missing is not taxed there.
pub async fn rates(
    read: &Reader,
    country: &str,
    region: &str,
) -> Result<HashMap<TaxClassId, RateRow>, Fault> {
    let rows = Entity::find()
        .filter(Column::Country.eq(country))
        .all(read)
        .await?;
    let listed = rows
        .into_iter()
        .map(listed)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(choose::choose(listed, region))
}

fn listed(row: Model) -> Result<Listed, Fault> {
    let rate = Rate::from_ppm(row.rate_ppm).ok_or_else(|| Fault::Corrupt {
        table: "tax_rates",
        column: "rate_ppm",
        id: row.id.to_string(),
    })?;
    Ok(Listed {
        class: row.tax_class_id,
        region: row.region,
        row: RateRow {
            name: row.name,
            rate,
        },
    })
}

/// Rates by id.
pub async fn by_ids(read: &Reader, ids: &[TaxRateId]) -> Result<HashMap<TaxRateId, Model>, Fault> {
    let rows = Entity::find().filter(Column::Id.is_in(keys(ids.iter().copied())));
    Ok(rows
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// A page of rates by country, region and id, perhaps of one country only.
pub async fn page(read: &Reader, country: Option<&str>, page: &Page) -> Result<Cut<Model>, Fault> {
    let order = if page.backward {
        Order::Desc
    } else {
        Order::Asc
    };
    let mut rows = Entity::find()
        .order_by(Column::Country, order.clone())
        .order_by(Column::Region, order.clone())
        .order_by(Column::Id, order)
        .limit(page.probe());
    if let Some(country) = country {
        rows = rows.filter(Column::Country.eq(country));
    }
    if let Some([country, region, id]) = page.edge.as_deref() {
        let id: TaxRateId = id.parse().map_err(|_| Fault::bug("a cursor without id"))?;
        rows = rows.filter(beyond(country, region, id, page.backward));
    }
    Ok(page.cut(rows.all(read).await?))
}

fn beyond(country: &str, region: &str, id: TaxRateId, backward: bool) -> Condition {
    let next = |column: Column, value: sea_orm::Value| {
        if backward {
            column.lt(value)
        } else {
            column.gt(value)
        }
    };
    let same_country = Column::Country.eq(country);
    let same_region = same_country.clone().and(Column::Region.eq(region));
    Condition::any()
        .add(next(Column::Country, country.into()))
        .add(same_country.and(next(Column::Region, region.into())))
        .add(same_region.and(next(Column::Id, id.into())))
}

/// The rate of a class at exactly that place.
pub async fn at(
    read: &Reader,
    class: TaxClassId,
    country: &str,
    region: &str,
) -> Result<Option<Model>, Fault> {
    let row = Entity::find()
        .filter(Column::TaxClassId.eq(class))
        .filter(Column::Country.eq(country))
        .filter(Column::Region.eq(region));
    Ok(row.one(read).await?)
}

/// Locks a tax class against others who set its rates; false where there is none.
pub async fn lock_class(w: &Write, class: TaxClassId) -> Result<bool, Fault> {
    let row = tax_classes::Entity::find_by_id(class).lock(LockType::NoKeyUpdate);
    Ok(row.one(w.read()).await?.is_some())
}

/// Locks a rate.
pub async fn lock(w: &Write, id: TaxRateId) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id).lock(LockType::Update);
    Ok(row.one(w.read()).await?)
}

/// Adds a rate.
pub async fn add(w: &Write, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(w)
        .await?;
    Ok(())
}

/// Writes name and rate of a rate whose class is locked; the version grows by one.
pub async fn change(w: &Write, row: &Model) -> Result<(), Fault> {
    let done = Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(Column::RatePpm, Expr::value(row.rate_ppm))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .exec(w)
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        // Removed at the same moment: the door tries again and makes a new one.
        Err(Fault::Busy)
    }
}

/// Removes a rate that is locked.
pub async fn remove(w: &Write, id: TaxRateId) -> Result<(), Fault> {
    Entity::delete_by_id(id).exec(w).await?;
    Ok(())
}
