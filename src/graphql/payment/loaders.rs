//! Loaders of payments. Whoever asks for the payments of an order has seen the order.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::{OrderId, PaymentId};
use entity::{payment_operations, payments};

use crate::domain::payment::store::{self, operations};
use crate::graphql::loader::{LoadFault, Rows};

/// A payment by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ById(pub PaymentId);

/// The payments of an order, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OfOrder(pub OrderId);

/// What was asked of the provider for a payment, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OperationsOf(pub PaymentId);

impl Loader<ById> for Rows {
    type Value = payments::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[ById]) -> Result<HashMap<ById, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let rows = store::by_ids(&self.read, &ids).await?;
        Ok(rows.into_iter().map(|row| (ById(row.id), row)).collect())
    }
}

impl Loader<OfOrder> for Rows {
    type Value = Vec<payments::Model>;
    type Error = LoadFault;

    async fn load(&self, keys: &[OfOrder]) -> Result<HashMap<OfOrder, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut groups: HashMap<OfOrder, Self::Value> = HashMap::new();
        for row in store::of_orders(&self.read, &ids).await? {
            groups.entry(OfOrder(row.order_id)).or_default().push(row);
        }
        Ok(groups)
    }
}

impl Loader<OperationsOf> for Rows {
    type Value = Vec<payment_operations::Model>;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[OperationsOf],
    ) -> Result<HashMap<OperationsOf, Self::Value>, LoadFault> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut groups: HashMap<OperationsOf, Self::Value> = HashMap::new();
        for row in operations::of_payments(&self.read, &ids).await? {
            let key = OperationsOf(row.payment_id);
            groups.entry(key).or_default().push(row);
        }
        Ok(groups)
    }
}
