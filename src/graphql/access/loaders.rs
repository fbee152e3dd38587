//! Loaders of accounts.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::accounts;
use entity::id::AccountId;

use crate::domain::access::store::accounts as store;
use crate::graphql::loader::{LoadFault, Rows};

/// An account by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ById(pub AccountId);

impl Loader<ById> for Rows {
    type Value = accounts::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::by_ids(&self.read, &ids).await?;
        Ok(found.into_iter().map(|(id, row)| (ById(id), row)).collect())
    }
}
