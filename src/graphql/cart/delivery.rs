//! `DeliveryOption`: a way to deliver, as a cart sees it.

use async_graphql::{ID, SimpleObject};

use crate::domain::cart::facts::Delivery;
use crate::graphql::money::Money;
use crate::graphql::user_error::int;
use crate::kernel::money;

/// A delivery method, with what it costs this cart.
#[derive(Clone, Debug, SimpleObject)]
pub struct DeliveryOption {
    /// Global id of the method.
    pub id: ID,
    /// Its code, unique in the channel.
    pub code: String,
    /// What the buyer reads.
    pub name: String,
    /// What it costs now: with tax where the channel's prices include it.
    pub price: Money,
    /// The value of goods from which it is free, if it ever is.
    pub free_from: Option<Money>,
    /// Working days at best.
    pub min_days: i32,
    /// Working days at worst.
    pub max_days: i32,
}

impl DeliveryOption {
    /// A method for goods of that value.
    pub fn of(delivery: &Delivery, goods: money::Money) -> Self {
        Self {
            id: delivery.method.to_string().into(),
            code: delivery.code.clone(),
            name: delivery.name.clone(),
            price: delivery.cost(goods).into(),
            free_from: delivery.tariff.free_over.map(Money::from),
            min_days: int(delivery.min_days),
            max_days: int(delivery.max_days),
        }
    }
}
