//! Prices as the API tells them.

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::prices;

use crate::domain::search::shelf::Shelf;
use crate::graphql::channel::Channel;
use crate::graphql::error::AppError;
use crate::graphql::money::Money;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;
use crate::kernel::money;

/// The lowest and the highest price of what can be bought of a product.
#[derive(Clone, Debug, SimpleObject)]
pub struct PriceRange {
    /// The lowest.
    pub min: Money,
    /// The highest; the same where all cost the same.
    pub max: Money,
}

/// How much there is of something, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Shelf")]
pub enum StockAvailability {
    /// It cannot be bought now.
    #[graphql(name = "OUT_OF_STOCK")]
    Out,
    /// It can be bought, and is sent when it has come.
    Backorder,
    /// It can be bought; few are left.
    #[graphql(name = "LOW_STOCK")]
    Low,
    /// It can be bought.
    #[graphql(name = "IN_STOCK")]
    In,
}

/// What a variant costs in one channel.
#[derive(Clone, Debug)]
pub struct VariantPrice(pub prices::Model);

/// What a variant costs in one channel.
#[Object]
impl VariantPrice {
    /// The channel.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Channel, AppError> {
        Ok(Channel::by_id(ctx, self.0.channel_id).await?)
    }

    /// The price.
    async fn amount(&self) -> Result<Money, AppError> {
        Ok(amount(&self.0)?)
    }

    /// The higher price it is compared with.
    async fn compare_at(&self) -> Option<Result<Money, AppError>> {
        compare_at(&self.0).map_err(AppError::from).transpose()
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}

/// The amount of a price.
pub(super) fn amount(row: &prices::Model) -> Result<Money, Fault> {
    money(row.amount_minor, &row.currency, "prices", &row.id)
}

/// The amount a price is compared with.
pub(super) fn compare_at(row: &prices::Model) -> Result<Option<Money>, Fault> {
    let minor = row.compare_at_minor;
    minor
        .map(|minor| money(minor, &row.currency, "prices", &row.id))
        .transpose()
}

/// Money of a row; a currency that does not exist cannot be.
pub(super) fn money(
    minor: i64,
    currency: &str,
    table: &'static str,
    id: &impl ToString,
) -> Result<Money, Fault> {
    let corrupt = |_| Fault::Corrupt {
        table,
        column: "currency",
        id: id.to_string(),
    };
    let currency = currency.parse().map_err(corrupt)?;
    Ok(Money(money::Money::new(minor, currency)))
}
