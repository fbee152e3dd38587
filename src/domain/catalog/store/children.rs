//! Options, their values, and which value of each option a variant has.

use std::collections::HashMap;

use entity::id::{OptionId, OptionValueId, ProductId, VariantId};
use entity::{product_option_values, product_options, variant_option_values, variants};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;

/// An option with its values, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionRow {
    /// The option.
    pub id: OptionId,
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<(OptionValueId, String)>,
}

/// One value of a variant, by names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenRow {
    /// The option.
    pub option: OptionId,
    /// Its name.
    pub name: String,
    /// The value.
    pub value_id: OptionValueId,
    /// In words.
    pub value: String,
}

/// The options of products, in their order: two statements for all.
pub async fn options(
    read: &Reader,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, Vec<OptionRow>>, Fault> {
    let options = product_options::Entity::find()
        .filter(product_options::Column::ProductId.is_in(keys(ids.iter().copied())))
        .order_by_asc(product_options::Column::ProductId)
        .order_by_asc(product_options::Column::Position)
        .order_by_asc(product_options::Column::Id)
        .all(read)
        .await?;
    let mut values = values(read, options.iter().map(|option| option.id)).await?;
    let mut by_product: HashMap<ProductId, Vec<OptionRow>> = HashMap::new();
    for option in options {
        by_product
            .entry(option.product_id)
            .or_default()
            .push(OptionRow {
                id: option.id,
                name: option.name,
                values: values.remove(&option.id).unwrap_or_default(),
            });
    }
    Ok(by_product)
}

async fn values(
    read: &Reader,
    options: impl Iterator<Item = OptionId>,
) -> Result<HashMap<OptionId, Vec<(OptionValueId, String)>>, Fault> {
    let rows = product_option_values::Entity::find()
        .filter(product_option_values::Column::OptionId.is_in(options))
        .order_by_asc(product_option_values::Column::OptionId)
        .order_by_asc(product_option_values::Column::Position)
        .order_by_asc(product_option_values::Column::Id);
    let mut by_option: HashMap<OptionId, Vec<(OptionValueId, String)>> = HashMap::new();
    for row in rows.all(read).await? {
        by_option
            .entry(row.option_id)
            .or_default()
            .push((row.id, row.value));
    }
    Ok(by_option)
}

/// Which value of which option each variant has.
pub async fn choices(
    read: &Reader,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, HashMap<OptionId, OptionValueId>>, Fault> {
    let rows = variant_option_values::Entity::find()
        .filter(variant_option_values::Column::VariantId.is_in(keys(ids.iter().copied())));
    let mut by_variant: HashMap<VariantId, HashMap<OptionId, OptionValueId>> = HashMap::new();
    for row in rows.all(read).await? {
        by_variant
            .entry(row.variant_id)
            .or_default()
            .insert(row.option_id, row.value_id);
    }
    Ok(by_variant)
}

/// Which value of which option each variant of some products has.
pub async fn choices_of_products(
    read: &Reader,
    ids: &[ProductId],
) -> Result<HashMap<VariantId, HashMap<OptionId, OptionValueId>>, Fault> {
    let of_products = Query::select()
        .column(variants::Column::Id)
        .from(variants::Entity)
        .and_where(variants::Column::ProductId.is_in(keys(ids.iter().copied())))
        .to_owned();
    let rows = variant_option_values::Entity::find()
        .filter(variant_option_values::Column::VariantId.in_subquery(of_products));
    let mut by_variant: HashMap<VariantId, HashMap<OptionId, OptionValueId>> = HashMap::new();
    for row in rows.all(read).await? {
        by_variant
            .entry(row.variant_id)
            .or_default()
            .insert(row.option_id, row.value_id);
    }
    Ok(by_variant)
}

/// The values of variants with their names, in the order of the options.
pub async fn chosen(
    read: &Reader,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Vec<ChosenRow>>, Fault> {
    let choices = choices(read, ids).await?;
    let options = product_options::Entity::find()
        .filter(product_options::Column::Id.is_in(distinct(
            choices.values().flat_map(|of_one| of_one.keys().copied()),
        )))
        .order_by_asc(product_options::Column::Position)
        .order_by_asc(product_options::Column::Id)
        .all(read)
        .await?;
    let values =
        product_option_values::Entity::find().filter(product_option_values::Column::Id.is_in(
            distinct(choices.values().flat_map(|of_one| of_one.values().copied())),
        ));
    let words: HashMap<OptionValueId, String> = values
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row.value))
        .collect();
    let named = |of_one: HashMap<OptionId, OptionValueId>| {
        options
            .iter()
            .filter_map(|option| {
                let value_id = *of_one.get(&option.id)?;
                Some(ChosenRow {
                    option: option.id,
                    name: option.name.clone(),
                    value_id,
                    value: words.get(&value_id)?.clone(),
                })
            })
            .collect()
    };
    Ok(choices
        .into_iter()
        .map(|(variant, of_one)| (variant, named(of_one)))
        .collect())
}

fn distinct<T: Ord>(ids: impl Iterator<Item = T>) -> std::collections::BTreeSet<T> {
    ids.collect()
}
