//! Loaders of orders and their parts. Whoever asks for a part has seen the order.

use std::collections::HashMap;
use std::hash::Hash;

use async_graphql::dataloader::Loader;
use entity::id::OrderId;
use entity::{order_addresses, order_contacts, order_deliveries, order_lines, order_taxes, orders};

use crate::domain::order::store::{self, parts};
use crate::domain::payment::standing::Standing;
use crate::domain::payment::store as payments;
use crate::graphql::loader::{LoadFault, Rows};
use crate::kernel::scope::Scope;

/// An order by id, as far as a scope sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ById(pub Scope, pub OrderId);

/// The lines of an order, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinesOf(pub OrderId);

/// How to reach the buyer of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContactOf(pub OrderId);

/// Where an order goes, and who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressesOf(pub OrderId);

/// The taxes of an order by rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxesOf(pub OrderId);

/// How an order is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeliveryOf(pub OrderId);

/// How the payments of an order stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StandingOf(pub OrderId);

impl Loader<ById> for Rows {
    type Value = orders::Model;
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
            let ids: Vec<OrderId> = mine.map(|key| key.1).collect();
            let rows = store::by_ids(&self.read, scope, &ids).await?;
            let keyed = rows
                .into_iter()
                .map(|row| (ById(scope.clone(), row.id), row));
            found.extend(keyed);
        }
        Ok(found)
    }
}

impl Loader<LinesOf> for Rows {
    type Value = Vec<order_lines::Model>;
    type Error = LoadFault;

    async fn load(&self, keys: &[LinesOf]) -> Result<HashMap<LinesOf, Self::Value>, LoadFault> {
        let rows = parts::lines(&self.read, &ids(keys, |key| key.0)).await?;
        Ok(grouped(rows, |row| LinesOf(row.order_id)))
    }
}

impl Loader<ContactOf> for Rows {
    type Value = order_contacts::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[ContactOf]) -> Result<HashMap<ContactOf, Self::Value>, LoadFault> {
        let rows = parts::contacts(&self.read, &ids(keys, |key| key.0)).await?;
        let keyed = rows.into_iter().map(|row| (ContactOf(row.order_id), row));
        Ok(keyed.collect())
    }
}

impl Loader<AddressesOf> for Rows {
    type Value = Vec<order_addresses::Model>;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[AddressesOf],
    ) -> Result<HashMap<AddressesOf, Self::Value>, LoadFault> {
        let rows = parts::addresses(&self.read, &ids(keys, |key| key.0)).await?;
        Ok(grouped(rows, |row| AddressesOf(row.order_id)))
    }
}

impl Loader<TaxesOf> for Rows {
    type Value = Vec<order_taxes::Model>;
    type Error = LoadFault;

    async fn load(&self, keys: &[TaxesOf]) -> Result<HashMap<TaxesOf, Self::Value>, LoadFault> {
        let rows = parts::taxes(&self.read, &ids(keys, |key| key.0)).await?;
        Ok(grouped(rows, |row| TaxesOf(row.order_id)))
    }
}

impl Loader<DeliveryOf> for Rows {
    type Value = order_deliveries::Model;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[DeliveryOf],
    ) -> Result<HashMap<DeliveryOf, Self::Value>, LoadFault> {
        let rows = parts::deliveries(&self.read, &ids(keys, |key| key.0)).await?;
        let keyed = rows.into_iter().map(|row| (DeliveryOf(row.order_id), row));
        Ok(keyed.collect())
    }
}

impl Loader<StandingOf> for Rows {
    type Value = Standing;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[StandingOf],
    ) -> Result<HashMap<StandingOf, Self::Value>, LoadFault> {
        let rows = payments::of_orders(&self.read, &ids(keys, |key| key.0)).await?;
        let standings = payments::standing::by_order(&self.read, &rows).await?;
        let keyed = standings.into_iter().map(|(id, one)| (StandingOf(id), one));
        Ok(keyed.collect())
    }
}

fn ids<K>(keys: &[K], id: fn(&K) -> OrderId) -> Vec<OrderId> {
    keys.iter().map(id).collect()
}

fn grouped<K: Hash + Eq, T>(rows: Vec<T>, key: fn(&T) -> K) -> HashMap<K, Vec<T>> {
    let mut groups: HashMap<K, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
