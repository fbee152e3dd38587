//! Loaders of customers. Whoever holds a `Customer` of the graph may see it, so its book is read
//! without another look at who asks.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::CustomerId;
use entity::{customer_addresses, customers};

use crate::domain::customer::store;
use crate::graphql::loader::{LoadFault, Rows};
use crate::kernel::scope::Scope;

/// A customer by id, for who may see all of them or this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ById(pub CustomerId);

/// The address book of a customer, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BookOf(pub CustomerId);

impl Loader<ById> for Rows {
    type Value = customers::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::by_ids(&self.read, &Scope::All, &ids).await?;
        Ok(found.into_iter().map(|(id, row)| (ById(id), row)).collect())
    }
}

impl Loader<BookOf> for Rows {
    type Value = Vec<customer_addresses::Model>;
    type Error = LoadFault;

    async fn load(&self, keys: &[BookOf]) -> Result<HashMap<BookOf, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::books(&self.read, &Scope::All, &ids).await?;
        let with_key = |(id, book)| (BookOf(id), book);
        Ok(found.into_iter().map(with_key).collect())
    }
}
