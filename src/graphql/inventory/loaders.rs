//! Loaders of stock.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::{LocationId, VariantId};
use entity::{locations, stock_levels, stock_policies};

use crate::domain::inventory::store;
use crate::graphql::loader::{LoadFault, Rows};

/// A location by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocationById(pub LocationId);

/// The level of a variant at a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LevelAt(pub VariantId, pub LocationId);

/// The policy of a variant, if one was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PolicyOf(pub VariantId);

impl Loader<LocationById> for Rows {
    type Value = locations::Model;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[LocationById],
    ) -> Result<HashMap<LocationById, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::locations::by_ids(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|row| (LocationById(row.id), row))
            .collect())
    }
}

impl Loader<LevelAt> for Rows {
    type Value = stock_levels::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[LevelAt]) -> Result<HashMap<LevelAt, Self::Value>, LoadFault> {
        let variants: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::levels::of(&self.read, &variants).await?;
        Ok(found
            .into_iter()
            .map(|row| (LevelAt(row.variant_id, row.location_id), row))
            .collect())
    }
}

impl Loader<PolicyOf> for Rows {
    type Value = stock_policies::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[PolicyOf]) -> Result<HashMap<PolicyOf, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::policies::rows(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, row)| (PolicyOf(id), row))
            .collect())
    }
}
