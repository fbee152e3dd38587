//! `TaxRate`.

use async_graphql::{Context, ID, Object};
use entity::id::TaxRateId;
use entity::tax_rates;

use super::loaders::RateById;
use crate::graphql::catalog::TaxClass;
use crate::graphql::connection::connection;
use crate::graphql::error::AppError;
use crate::graphql::guard::see;
use crate::graphql::loader::{fetch, load};
use crate::graphql::scalar::{DateTime, Decimal};
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;
use crate::kernel::rate::Rate;

/// What a class of goods is taxed at a place.
#[derive(Clone, Debug)]
pub struct TaxRate(pub tax_rates::Model);

impl TaxRate {
    /// The rate with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: TaxRateId) -> Result<Option<Self>, AppError> {
        if see::tax_read(ctx) {
            Ok(load(ctx, RateById(id)).await?.map(Self))
        } else {
            Ok(None)
        }
    }

    /// The rate that a verb has just set.
    pub async fn by_id(ctx: &Context<'_>, id: TaxRateId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "tax_rates",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(fetch(ctx, RateById(id)).await?.ok_or_else(missing)?))
    }
}

/// What a class of goods is taxed at a place.
#[Object]
impl TaxRate {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The class of goods.
    async fn tax_class(&self, ctx: &Context<'_>) -> Result<TaxClass, AppError> {
        Ok(TaxClass::by_id(ctx, self.0.tax_class_id).await?)
    }

    /// The country, ISO 3166-1 alpha-2.
    async fn country(&self) -> &str {
        &self.0.country
    }

    /// The region within it; null for all of it.
    async fn region(&self) -> Option<&str> {
        Some(self.0.region.as_str()).filter(|region| !region.is_empty())
    }

    /// What an invoice calls the tax.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The rate in percent: "19", "7.7".
    async fn percent(&self) -> Result<Decimal, AppError> {
        let corrupt = || Fault::Corrupt {
            table: "tax_rates",
            column: "rate_ppm",
            id: self.0.id.to_string(),
        };
        let rate = Rate::from_ppm(self.0.rate_ppm).ok_or_else(corrupt)?;
        Ok(Decimal(rate.percent()))
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}

connection! {
    /// A page of tax rates.
    TaxRateConnection, TaxRateEdge, TaxRate
}
