//! Loaders of fulfillments.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::{FulfillmentId, OrderId};
use entity::{fulfillment_lines, fulfillments};

use crate::domain::fulfillment::store;
use crate::graphql::loader::{LoadFault, Rows};
use crate::kernel::scope::Scope;

/// A fulfillment by id, as far as a scope sees its order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ById(pub Scope, pub FulfillmentId);

/// The fulfillments of an order, in their order. Whoever asks has seen the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OfOrder(pub OrderId);

/// What a fulfillment contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinesOf(pub FulfillmentId);

impl Loader<ById> for Rows {
    type Value = fulfillments::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>, LoadFault> {
        let mut found = HashMap::new();
        // Two scopes at most: the caller's, and that of a payload, which reads what its verb made.
        for everything in [false, true] {
            let mine = keys
                .iter()
                .filter(|key| (key.0 == Scope::All) == everything);
            let Some(ById(scope, _)) = mine.clone().next() else {
                continue;
            };
            let ids: Vec<FulfillmentId> = mine.map(|key| key.1).collect();
            let rows = store::by_ids(&self.read, scope, &ids).await?;
            let keyed = rows
                .into_iter()
                .map(|row| (ById(scope.clone(), row.id), row));
            found.extend(keyed);
        }
        Ok(found)
    }
}

impl Loader<OfOrder> for Rows {
    type Value = Vec<fulfillments::Model>;
    type Error = LoadFault;

    async fn load(&self, keys: &[OfOrder]) -> Result<HashMap<OfOrder, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::of_orders(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, rows)| (OfOrder(id), rows))
            .collect())
    }
}

impl Loader<LinesOf> for Rows {
    type Value = Vec<fulfillment_lines::Model>;
    type Error = LoadFault;

    async fn load(&self, keys: &[LinesOf]) -> Result<HashMap<LinesOf, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = store::lines_of(&self.read, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, rows)| (LinesOf(id), rows))
            .collect())
    }
}
