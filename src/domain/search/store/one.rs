//! A product by one of its names, if the caller may see it.

use std::collections::HashMap;

use entity::id::ProductId;
use entity::products::{Column, Entity, Model};
use entity::variants;
use sea_orm::sea_query::{ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::conditions::{col, listed};
use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::catalog::state::ON_SALE;
use crate::domain::search::filter::{Audience, View};
use crate::kernel::error::Fault;

/// How a product is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// By its id.
    Id(ProductId),
    /// By its name in an address.
    Slug(String),
    /// By the number of one of its variants.
    Sku(String),
    /// By its id in another system.
    ExternalId(String),
}

/// The product, if there is one and the viewer may see it.
pub async fn find(read: &Reader, view: View, by: &By) -> Result<Option<Model>, Fault> {
    let named = match by {
        By::Id(id) => Column::Id.eq(*id),
        By::Slug(slug) => Column::Slug.eq(slug),
        By::ExternalId(id) => Column::ExternalId.eq(id),
        By::Sku(sku) => {
            let of_variant = Query::select()
                .column(variants::Column::ProductId)
                .from(variants::Entity)
                .and_where(col(variants::Column::Sku).eq(sku.as_str()))
                .to_owned();
            Column::Id.in_subquery(of_variant)
        }
    };
    let Some(seen) = seen(view) else {
        return Ok(None);
    };
    Ok(Entity::find().filter(named).filter(seen).one(read).await?)
}

/// Those of these products that the viewer may see.
pub async fn by_ids(
    read: &Reader,
    view: View,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Model>, Fault> {
    let Some(seen) = seen(view) else {
        return Ok(HashMap::new());
    };
    let named = Column::Id.is_in(keys(ids.iter().copied()));
    let rows = Entity::find().filter(named).filter(seen).all(read).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// That the viewer may see a product; none where it may see no product at all.
fn seen(view: View) -> Option<Condition> {
    match view.audience {
        Audience::Staff => Some(Condition::all()),
        Audience::Shoppers => {
            let channel = view.channel?;
            let on_sale = Column::State.is_in(ON_SALE);
            Some(Condition::all().add(on_sale).add(listed(channel)))
        }
    }
}
