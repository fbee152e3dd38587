//! Loaders of tax rates.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::TaxRateId;
use entity::tax_rates;

use crate::domain::tax::store;
use crate::graphql::loader::{LoadFault, Rows};

/// A rate by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RateById(pub TaxRateId);

impl Loader<RateById> for Rows {
    type Value = tax_rates::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[RateById]) -> Result<HashMap<RateById, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::by_ids(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, row)| (RateById(id), row))
            .collect())
    }
}
