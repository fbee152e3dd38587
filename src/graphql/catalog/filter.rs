//! What a list of products is asked for.

use async_graphql::{Context, Enum, ID, InputObject};
use entity::products::State;

use super::types::ProductState;
use crate::domain::search::filter::{Filter, LIST_MAX, OPTIONS_MAX, OptionFilter, Sort, Stocked};
use crate::graphql::context::{call, parse_id};
use crate::graphql::error::AppError;
use crate::graphql::input::{each, line};
use crate::graphql::money::MoneyInput;
use crate::kernel::error::{Code, Refused};
use crate::kernel::permission::Permission;
use crate::kernel::text::Slug;

/// The order of a list of products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "Sort")]
pub enum ProductSort {
    /// Last published first; for staff, last created first.
    #[default]
    Newest,
    /// By title.
    Title,
    /// By the lowest price in the channel, cheapest first. What has no price there is not listed.
    PriceAsc,
    /// By the lowest price in the channel, dearest first. What has no price there is not listed.
    PriceDesc,
}

/// Whether products can be bought now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Stocked")]
pub enum AvailabilityFilter {
    /// An active variant can be bought.
    #[graphql(name = "IN_STOCK")]
    In,
    /// None can.
    #[graphql(name = "OUT_OF_STOCK")]
    Out,
}

/// What products must be to be listed; what is left out does not matter.
#[derive(Debug, Default, InputObject)]
pub struct ProductFilter {
    /// In this category or one below it.
    category_id: Option<ID>,
    /// Their price range in the channel reaches into this one.
    price: Option<PriceFilter>,
    /// Whether they can be bought now.
    availability: Option<AvailabilityFilter>,
    /// One active variant has a value of each of these options; at most 5.
    options: Option<Vec<OptionValueFilter>>,
    /// Words of title, vendor, type or SKU, each at least by its beginning; at most 8.
    text: Option<String>,
    /// One of these; at most 100.
    ids: Option<Vec<ID>>,
    /// One of these; at most 100.
    slugs: Option<Vec<String>>,
    /// In one of these states; for staff only.
    states: Option<Vec<ProductState>>,
}

/// A range of prices in the currency of the channel in use.
#[derive(Debug, InputObject)]
pub struct PriceFilter {
    /// From here.
    min: Option<MoneyInput>,
    /// Up to here.
    max: Option<MoneyInput>,
}

/// Values of one option.
#[derive(Debug, InputObject)]
pub struct OptionValueFilter {
    /// The option, such as "Size".
    name: String,
    /// Any of these values; at most 100.
    values: Vec<String>,
}

impl ProductFilter {
    /// The filter, checked.
    pub(super) fn parse(&self, ctx: &Context<'_>) -> Result<Filter, AppError> {
        let mut filter = Filter::default();
        if let Some(id) = &self.category_id {
            filter.category = Some(parse_id(id, "filter.categoryId")?);
        }
        if let Some(price) = &self.price {
            let min = bound(price.min.as_ref(), "filter.price.min")?;
            let max = bound(price.max.as_ref(), "filter.price.max")?;
            let currency = call(ctx)?.channel()?.currency.parse();
            let unknown = |_| Refused::invalid("filter.price", "The channel has no currency.");
            filter.price(min, max, currency.map_err(unknown)?)?;
        }
        filter.stocked = self.availability.map(Stocked::from);
        if let Some(options) = &self.options {
            bounded("filter.options", options.len(), OPTIONS_MAX)?;
            filter.options = each("filter.options", options, option)?;
        }
        if let Some(text) = &self.text {
            filter.search(&line("filter.text", text, 200)?)?;
        }
        if let Some(ids) = &self.ids {
            bounded("filter.ids", ids.len(), LIST_MAX)?;
            filter.ids = Some(each("filter.ids", ids, |path, id| parse_id(id, path))?);
        }
        if let Some(slugs) = &self.slugs {
            bounded("filter.slugs", slugs.len(), LIST_MAX)?;
            // A text that cannot be a slug is nobody's.
            let good = slugs.iter().filter_map(|slug| Slug::parse(slug).ok());
            filter.slugs = Some(good.map(Slug::into_string).collect());
        }
        if let Some(states) = &self.states {
            call(ctx)?.may(Permission::CatalogRead)?;
            bounded("filter.states", states.len(), LIST_MAX)?;
            filter.states = Some(states.iter().copied().map(State::from).collect());
        }
        Ok(filter)
    }
}

fn bound(
    money: Option<&MoneyInput>,
    path: &str,
) -> Result<Option<crate::kernel::money::Money>, Refused> {
    money.map(|money| money.parse(path)).transpose()
}

fn option(path: &str, option: &OptionValueFilter) -> Result<OptionFilter, Refused> {
    bounded(&format!("{path}.values"), option.values.len(), LIST_MAX)?;
    Ok(OptionFilter {
        name: line(&format!("{path}.name"), &option.name, 255)?,
        values: each(&format!("{path}.values"), &option.values, |path, value| {
            line(path, value, 255)
        })?,
    })
}

fn bounded(path: &str, len: usize, max: usize) -> Result<(), Refused> {
    if len <= max {
        return Ok(());
    }
    let message = format!("At most {max} entries at once.");
    Err(Refused::new(Code::LimitExceeded, message).at(path))
}
