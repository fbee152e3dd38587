//! Loaders of channels.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::channels;
use entity::id::ChannelId;

use crate::domain::channel::store;
use crate::graphql::loader::{LoadFault, Rows};

/// A channel by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ById(pub ChannelId);

/// The countries of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountriesOf(pub ChannelId);

/// The languages of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LanguagesOf(pub ChannelId);

impl Loader<ById> for Rows {
    type Value = channels::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::by_ids(&self.read, &ids).await?;
        Ok(found.into_iter().map(|(id, row)| (ById(id), row)).collect())
    }
}

impl Loader<CountriesOf> for Rows {
    type Value = Vec<String>;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[CountriesOf],
    ) -> Result<HashMap<CountriesOf, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::countries(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, list)| (CountriesOf(id), list))
            .collect())
    }
}

impl Loader<LanguagesOf> for Rows {
    type Value = Vec<String>;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[LanguagesOf],
    ) -> Result<HashMap<LanguagesOf, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::languages(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, list)| (LanguagesOf(id), list))
            .collect())
    }
}
