//! `Channel` and its enums.

use async_graphql::{Context, Enum, ID, Object};
use entity::channels;
use entity::id::ChannelId;

use super::loaders::{ById, CountriesOf, LanguagesOf};
use crate::graphql::connection::connection;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::loader::{fetch, load};
use crate::graphql::scalar::{CurrencyCode, DateTime};
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// Whether prices include tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "channels::TaxMode")]
pub enum TaxMode {
    /// Prices include tax.
    Inclusive,
    /// Tax is added to prices.
    Exclusive,
}

/// At which level tax is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "channels::TaxRounding")]
pub enum TaxRounding {
    /// Each line is rounded.
    Line,
    /// The sum of each rate is rounded once and spread over its lines.
    Document,
}

/// How half a minor unit is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "channels::RoundingMode")]
#[expect(clippy::enum_variant_names, reason = "the modes are called so")]
pub enum RoundingMode {
    /// Away from zero.
    HalfUp,
    /// To the even neighbor.
    HalfEven,
    /// Toward zero.
    HalfDown,
}

/// Where the shop sells: its currency, countries, languages and tax mode.
#[derive(Clone, Debug)]
pub struct Channel(pub channels::Model);

impl Channel {
    /// The channel with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: ChannelId) -> Result<Option<Self>, AppError> {
        let found = load(ctx, ById(id)).await?.map(Self);
        let seen = found.filter(|channel| channel.0.active || see::channel_manage(ctx));
        Ok(seen)
    }

    /// The channel of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: ChannelId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "channels",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(fetch(ctx, ById(id)).await?.ok_or_else(missing)?))
    }
}

/// Where the shop sells: its currency, countries, languages and tax mode.
#[Object]
impl Channel {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Unique code, as the header `X-Channel` names it.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name for people.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The currency of all its prices.
    async fn currency(&self) -> Result<CurrencyCode, AppError> {
        let corrupt = |_| Fault::Corrupt {
            table: "channels",
            column: "currency",
            id: self.0.id.to_string(),
        };
        Ok(CurrencyCode(self.0.currency.parse().map_err(corrupt)?))
    }

    /// Whether its prices include tax.
    async fn tax_mode(&self) -> TaxMode {
        self.0.tax_mode.into()
    }

    /// At which level tax is rounded.
    async fn tax_rounding(&self) -> TaxRounding {
        self.0.tax_rounding.into()
    }

    /// How half a minor unit is rounded.
    async fn rounding_mode(&self) -> RoundingMode {
        self.0.rounding_mode.into()
    }

    /// Countries it sells to, ISO 3166-1 alpha-2.
    async fn countries(&self, ctx: &Context<'_>) -> Result<Vec<String>, AppError> {
        Ok(load(ctx, CountriesOf(self.0.id)).await?.unwrap_or_default())
    }

    /// The country that is assumed until an address is known.
    async fn default_country(&self) -> &str {
        &self.0.default_country
    }

    /// Languages it speaks, the default first.
    async fn languages(&self, ctx: &Context<'_>) -> Result<Vec<String>, AppError> {
        Ok(load(ctx, LanguagesOf(self.0.id)).await?.unwrap_or_default())
    }

    /// Whether requests that name no channel mean this one.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// Whether it is open.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// Counts changes; give it as `expectedVersion`.
    #[graphql(guard = "gate::channel_manage", visible = "see::channel_manage")]
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was created.
    #[graphql(guard = "gate::channel_manage", visible = "see::channel_manage")]
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of channels.
    ChannelConnection, ChannelEdge, Channel
}
