//! `Location`, `StockLevel`, `StockPolicy` and their enums.

use async_graphql::{Context, Enum, ID, Object};
use entity::id::{LocationId, VariantId};
use entity::{locations, stock_levels, stock_policies};

use super::loaders::{LevelAt, LocationById, PolicyOf};
use crate::domain::inventory::availability::Policy;
use crate::domain::inventory::movement::Reason;
use crate::domain::inventory::store::levels;
use crate::graphql::catalog::ProductVariant;
use crate::graphql::connection::connection;
use crate::graphql::error::AppError;
use crate::graphql::guard::see;
use crate::graphql::loader::{fetch, load};
use crate::graphql::scalar::DateTime;
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// What sort of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "locations::Kind")]
pub enum LocationKind {
    /// It holds stock and sends it.
    Warehouse,
    /// It sells over the counter, and may send too.
    Store,
    /// A supplier sends from it.
    Dropship,
    /// It takes goods back and sends none.
    Returns,
    /// Goods on their way.
    Transit,
}

/// Whether a variant may be sold beyond what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OversellPolicy {
    /// Only what lies there is sold.
    Deny,
    /// More may be promised, and is sent when it has come.
    Backorder,
}

impl From<stock_policies::Oversell> for OversellPolicy {
    fn from(stored: stock_policies::Oversell) -> Self {
        match stored {
            stock_policies::Oversell::Deny => Self::Deny,
            stock_policies::Oversell::Backorder | stock_policies::Oversell::Preorder => {
                Self::Backorder
            }
        }
    }
}

impl From<OversellPolicy> for stock_policies::Oversell {
    fn from(given: OversellPolicy) -> Self {
        match given {
            OversellPolicy::Deny => Self::Deny,
            OversellPolicy::Backorder => Self::Backorder,
        }
    }
}

/// Why somebody changes what lies at a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Reason")]
pub enum StockReason {
    /// A delivery of a supplier.
    Received,
    /// Broken or spoiled.
    Damaged,
    /// Not where it should be.
    Lost,
    /// Where nobody had expected it.
    Found,
    /// The figure was wrong.
    Correction,
}

/// A place that holds stock.
#[derive(Clone, Debug)]
pub struct Location(pub locations::Model);

impl Location {
    /// The location with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: LocationId) -> Result<Option<Self>, AppError> {
        if see::stock_read(ctx) {
            Ok(load(ctx, LocationById(id)).await?.map(Self))
        } else {
            Ok(None)
        }
    }

    /// The location of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: LocationId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "locations",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(
            fetch(ctx, LocationById(id)).await?.ok_or_else(missing)?,
        ))
    }
}

/// A place that holds stock.
#[Object]
impl Location {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Unique code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What sort of place.
    async fn kind(&self) -> LocationKind {
        self.0.kind.into()
    }

    /// Where it is, ISO 3166-1 alpha-2.
    async fn country(&self) -> &str {
        &self.0.country
    }

    /// Whether orders may be served from it.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// Whether it is meant when none is named, and served from first.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
}

connection! {
    /// A page of locations.
    LocationConnection, LocationEdge, Location
}

/// How many pieces of a variant lie at a location, and what of them is promised.
#[derive(Clone, Debug)]
pub struct StockLevel(pub stock_levels::Model);

impl StockLevel {
    /// The level after a verb has changed it.
    pub async fn at(
        ctx: &Context<'_>,
        variant: VariantId,
        location: LocationId,
    ) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "stock_levels",
            column: "variant_id",
            id: format!("{variant}:{location}"),
        };
        let found = fetch(ctx, LevelAt(variant, location)).await?;
        Ok(Self(found.ok_or_else(missing)?))
    }
}

/// How many pieces of a variant lie at a location, and what of them is promised.
#[Object]
impl StockLevel {
    /// The variant.
    async fn variant(&self, ctx: &Context<'_>) -> Result<ProductVariant, AppError> {
        Ok(ProductVariant::by_id(ctx, self.0.variant_id).await?)
    }

    /// The location.
    async fn location(&self, ctx: &Context<'_>) -> Result<Location, AppError> {
        Ok(Location::by_id(ctx, self.0.location_id).await?)
    }

    /// Pieces that lie there, sellable or not.
    async fn on_hand(&self) -> i32 {
        int(self.0.on_hand)
    }

    /// Of these, pieces that are promised to orders, or owed.
    async fn committed(&self) -> i32 {
        int(self.0.committed)
    }

    /// Of these, pieces that cannot be sold: damaged, in inspection.
    async fn unavailable(&self) -> i32 {
        int(self.0.unavailable)
    }

    /// Of these, pieces that are kept back from selling.
    async fn safety(&self) -> i32 {
        int(self.0.safety)
    }

    /// What is left to promise; below zero where more is promised than lies there.
    async fn available(&self) -> i32 {
        int(levels::free(&self.0))
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}

/// How a variant is counted.
#[derive(Clone, Debug)]
pub struct StockPolicy {
    variant: VariantId,
    policy: Policy,
    version: i64,
}

impl StockPolicy {
    /// The policy of a variant, which has the default where it has no row.
    pub async fn of(ctx: &Context<'_>, variant: VariantId) -> Result<Self, Fault> {
        let row = fetch(ctx, PolicyOf(variant)).await?;
        let policy = row.as_ref().map(|row| Policy {
            tracked: row.tracked,
            oversell: row.oversell,
        });
        Ok(Self {
            variant,
            policy: policy.unwrap_or_default(),
            version: row.map_or(0, |row| row.version),
        })
    }
}

/// How a variant is counted.
#[Object]
impl StockPolicy {
    /// The variant.
    async fn variant(&self, ctx: &Context<'_>) -> Result<ProductVariant, AppError> {
        Ok(ProductVariant::by_id(ctx, self.variant).await?)
    }

    /// Whether it is counted at all; what is not counted can always be bought.
    async fn tracked(&self) -> bool {
        self.policy.tracked
    }

    /// Whether it may be sold beyond what there is.
    async fn oversell(&self) -> OversellPolicy {
        self.policy.oversell.into()
    }

    /// Counts changes, 0 where none was ever set; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.version)
    }
}
