//! Loaders of delivery methods.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::delivery_methods;
use entity::id::DeliveryMethodId;

use crate::domain::shipping::store;
use crate::graphql::loader::{LoadFault, Rows};

/// A method by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MethodById(pub DeliveryMethodId);

impl Loader<MethodById> for Rows {
    type Value = delivery_methods::Model;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[MethodById],
    ) -> Result<HashMap<MethodById, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::by_ids(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, row)| (MethodById(id), row))
            .collect())
    }
}
