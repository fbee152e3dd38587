//! `DeliveryMethod` and its kind.

use async_graphql::{Context, Enum, ID, Object};
use entity::delivery_methods;
use entity::id::DeliveryMethodId;

use super::loaders::MethodById;
use crate::domain::shipping::store;
use crate::graphql::catalog::TaxClass;
use crate::graphql::channel::Channel;
use crate::graphql::error::AppError;
use crate::graphql::guard::{gate, see};
use crate::graphql::loader::{fetch, load};
use crate::graphql::money::Money;
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// How the price of a delivery comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "delivery_methods::Kind")]
pub enum DeliveryMethodKind {
    /// Always the same.
    FlatRate,
    /// Free from a value of goods on.
    FreeOver,
}

/// A way to deliver that a channel offers.
#[derive(Clone, Debug)]
pub struct DeliveryMethod(pub delivery_methods::Model);

impl DeliveryMethod {
    /// The method with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: DeliveryMethodId) -> Result<Option<Self>, AppError> {
        let found = load(ctx, MethodById(id)).await?.map(Self);
        Ok(found.filter(|method| method.0.active || see::delivery_manage(ctx)))
    }

    /// The method of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: DeliveryMethodId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "delivery_methods",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(fetch(ctx, MethodById(id)).await?.ok_or_else(missing)?))
    }
}

/// A way to deliver that a channel offers.
#[Object]
impl DeliveryMethod {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The channel that offers it.
    async fn channel(&self, ctx: &Context<'_>) -> Result<Channel, AppError> {
        Ok(Channel::by_id(ctx, self.0.channel_id).await?)
    }

    /// Unique within the channel.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What the buyer reads.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How its price comes about.
    async fn kind(&self) -> DeliveryMethodKind {
        self.0.kind.into()
    }

    /// What it costs where it is not free; with or without tax as all prices of the channel.
    async fn price(&self) -> Result<Money, AppError> {
        Ok(store::tariff(&self.0)?.price.into())
    }

    /// The value of goods from which it is free; null where it never is.
    async fn free_over(&self) -> Option<Result<Money, AppError>> {
        let tariff = store::tariff(&self.0).map_err(AppError::from);
        tariff
            .map(|tariff| tariff.free_over.map(Money::from))
            .transpose()
    }

    /// Where it goes, ISO 3166-1 alpha-2; empty for all countries of the channel.
    async fn countries(&self) -> Result<Vec<String>, AppError> {
        Ok(store::countries(&self.0)?)
    }

    /// Working days at best.
    async fn min_days(&self) -> i32 {
        int(self.0.min_days)
    }

    /// Working days at worst.
    async fn max_days(&self) -> i32 {
        int(self.0.max_days)
    }

    /// Whether it is offered.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// Order in which it is offered.
    #[graphql(guard = "gate::delivery_manage", visible = "see::delivery_manage")]
    async fn position(&self) -> i32 {
        int(self.0.position)
    }

    /// How it is taxed.
    #[graphql(guard = "gate::delivery_manage", visible = "see::delivery_manage")]
    async fn tax_class(&self, ctx: &Context<'_>) -> Result<TaxClass, AppError> {
        Ok(TaxClass::by_id(ctx, self.0.tax_class_id).await?)
    }

    /// Counts changes; give it as `expectedVersion`.
    #[graphql(guard = "gate::delivery_manage", visible = "see::delivery_manage")]
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was created.
    #[graphql(guard = "gate::delivery_manage", visible = "see::delivery_manage")]
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}
