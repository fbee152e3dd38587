//! Loaders of carts.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::carts;
use entity::id::{CartId, ChannelId, OrderId};

use crate::domain::cart::facts::{Delivery, Facts};
use crate::domain::cart::store;
use crate::domain::cart::totals::{self, Quote};
use crate::graphql::loader::{LoadFault, Rows};
use crate::kernel::scope::Scope;

/// A cart by id, as far as a scope sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ById(pub Scope, pub CartId);

/// What a cart holds and costs.
#[derive(Clone, Debug)]
pub struct PricedOf(pub carts::Model);

/// The deliveries that a channel offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OfferedIn(pub ChannelId);

/// The order that a cart has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderOf(pub CartId);

/// A cart with its price; none where the sums are beyond what money can say.
#[derive(Debug)]
pub struct Priced {
    /// What is known about it.
    pub facts: Facts,
    /// What it costs.
    pub quote: Option<Quote>,
}

impl PartialEq for PricedOf {
    fn eq(&self, other: &Self) -> bool {
        (self.0.id, self.0.version) == (other.0.id, other.0.version)
    }
}

impl Eq for PricedOf {}

impl std::hash::Hash for PricedOf {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.0.id, self.0.version).hash(state);
    }
}

impl Loader<ById> for Rows {
    type Value = carts::Model;
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
            let ids: Vec<CartId> = mine.map(|key| key.1).collect();
            let rows = store::find_all(&self.read, scope, &ids).await?;
            found.extend(
                rows.into_iter()
                    .map(|row| (ById(scope.clone(), row.id), row)),
            );
        }
        Ok(found)
    }
}

impl Loader<PricedOf> for Rows {
    type Value = Arc<Priced>;
    type Error = LoadFault;

    async fn load(&self, keys: &[PricedOf]) -> Result<HashMap<PricedOf, Self::Value>, LoadFault> {
        let carts: Vec<carts::Model> = keys.iter().map(|key| key.0.clone()).collect();
        let mut facts = store::facts_of(&self.read, &carts).await?;
        let priced = |key: &PricedOf| {
            let facts = facts.remove(&key.0.id)?;
            let quote = totals::compute(&facts).ok();
            Some((key.clone(), Arc::new(Priced { facts, quote })))
        };
        Ok(keys.iter().filter_map(priced).collect())
    }
}

impl Loader<OfferedIn> for Rows {
    type Value = Arc<Vec<Delivery>>;
    type Error = LoadFault;

    async fn load(&self, keys: &[OfferedIn]) -> Result<HashMap<OfferedIn, Self::Value>, LoadFault> {
        let channels: Vec<ChannelId> = keys.iter().map(|key| key.0).collect();
        let offered = store::deliveries_of(&self.read, &channels).await?;
        Ok(offered
            .into_iter()
            .map(|(channel, list)| (OfferedIn(channel), Arc::new(list)))
            .collect())
    }
}

impl Loader<OrderOf> for Rows {
    type Value = OrderId;
    type Error = LoadFault;

    async fn load(&self, keys: &[OrderOf]) -> Result<HashMap<OrderOf, OrderId>, LoadFault> {
        let carts: Vec<CartId> = keys.iter().map(|key| key.0).collect();
        let orders = store::orders_of(&self.read, &carts).await?;
        Ok(orders
            .into_iter()
            .map(|(cart, order)| (OrderOf(cart), order))
            .collect())
    }
}
