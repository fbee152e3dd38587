//! Queries about tax.

use async_graphql::{Context, Object};

use super::types::{TaxRate, TaxRateConnection};
use crate::domain::tax::store;
use crate::graphql::connection::page_args;
use crate::graphql::context::call;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::input::parsed;
use crate::kernel::page::Page;
use crate::kernel::text::Country;

/// Queries about tax.
#[derive(Default)]
pub struct TaxQuery;

#[Object]
impl TaxQuery {
    /// All tax rates, by country and region.
    #[graphql(guard = "gate::tax_read", visible = "see::tax_read")]
    async fn tax_rates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this country, ISO 3166-1 alpha-2.")] country: Option<String>,
        #[graphql(desc = "Rows after `after`; at most 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] after: Option<String>,
        #[graphql(desc = "Rows before `before`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor of this list.")] before: Option<String>,
    ) -> Result<TaxRateConnection, AppError> {
        let country = country
            .map(|code| parsed("country", &code, Country::parse))
            .transpose()?;
        let country = country.as_ref().map(Country::as_str);
        let list = format!("tax_rates:{}", country.unwrap_or_default());
        let page = Page::new(&list, &page_args(first, after, last, before))?;
        let cut = store::page(&call(ctx)?.read, country, &page).await?;
        let key = |row: &entity::tax_rates::Model| {
            vec![row.country.clone(), row.region.clone(), row.id.to_string()]
        };
        Ok(TaxRateConnection::of(&page, cut, key, TaxRate, None))
    }
}
