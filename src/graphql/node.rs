//! `node` and `nodes`: any object by its id, as far as the caller may see it.

use async_graphql::{Context, ID, Interface, Object};
use entity::id::{
    AccountId, CartId, CategoryId, ChannelId, CustomerId, DeliveryMethodId, FulfillmentId,
    LocationId, OrderId, PaymentId, ProductId, TaxClassId, TaxRateId, TypedId, VariantId,
};
use uuid::Uuid;

use super::access::Account;
use super::cart::Cart;
use super::catalog::{Category, Product, ProductVariant, TaxClass};
use super::channel::Channel;
use super::customer::Customer;
use super::error::AppError;
use super::fulfillment::Fulfillment;
use super::inventory::Location;
use super::order::Order;
use super::payment::Payment;
use super::shipping::DeliveryMethod;
use super::tax::TaxRate;
use crate::kernel::error::Refused;

/// An object with a global id.
#[derive(Clone, Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Global id: opaque, with a readable prefix."
))]
pub enum Node {
    /// What signs in.
    Account(Account),
    /// A channel.
    Channel(Channel),
    /// A category.
    Category(Category),
    /// A location.
    Location(Location),
    /// A product.
    Product(Product),
    /// A variant of a product.
    ProductVariant(ProductVariant),
    /// A tax class.
    TaxClass(TaxClass),
    /// Somebody who buys.
    Customer(Customer),
    /// A delivery method.
    DeliveryMethod(DeliveryMethod),
    /// A tax rate.
    TaxRate(TaxRate),
    /// An order.
    Order(Order),
    /// A payment.
    Payment(Payment),
    /// A fulfillment.
    Fulfillment(Fulfillment),
    /// A cart.
    Cart(Cart),
}

/// The most ids that one `nodes` takes.
const NODES_MAX: usize = 100;

/// Lookups across all types.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with this id; null if there is none or the caller may not see it.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id.")] id: ID,
    ) -> Option<Result<Node, AppError>> {
        find(ctx, &id).await.transpose()
    }

    /// The objects with these ids, in their order; null where there is none or the caller may not see it.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids; at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, AppError> {
        if ids.len() > NODES_MAX {
            let message = format!("At most {NODES_MAX} ids at once.");
            return Err(Refused::invalid("ids", message).into());
        }
        let found = ids.iter().map(|id| find(ctx, id));
        futures_util::future::try_join_all(found).await
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>, AppError> {
    let (prefix, _) = id.split_once('_').unwrap_or_default();
    match prefix {
        AccountId::PREFIX => Ok(Account::find(ctx, known(id)).await?.map(Node::Account)),
        ChannelId::PREFIX => Ok(Channel::find(ctx, known(id)).await?.map(Node::Channel)),
        DeliveryMethodId::PREFIX => Ok(DeliveryMethod::find(ctx, known(id))
            .await?
            .map(Node::DeliveryMethod)),
        TaxRateId::PREFIX => Ok(TaxRate::find(ctx, known(id)).await?.map(Node::TaxRate)),
        LocationId::PREFIX => Ok(Location::find(ctx, known(id)).await?.map(Node::Location)),
        CustomerId::PREFIX => Ok(Customer::find(ctx, known(id)).await?.map(Node::Customer)),
        OrderId::PREFIX => Ok(Order::find(ctx, known(id)).await?.map(Node::Order)),
        PaymentId::PREFIX => Ok(Payment::find(ctx, known(id)).await?.map(Node::Payment)),
        FulfillmentId::PREFIX => Ok(Fulfillment::find(ctx, known(id))
            .await?
            .map(Node::Fulfillment)),
        CartId::PREFIX => Ok(Cart::find(ctx, known(id)).await?.map(Node::Cart)),
        CategoryId::PREFIX => Ok(Category::find(ctx, known(id)).await?.map(Node::Category)),
        ProductId::PREFIX => Ok(Product::find(ctx, known(id)).await?.map(Node::Product)),
        VariantId::PREFIX => {
            let found = ProductVariant::find(ctx, known(id)).await?;
            Ok(found.map(Node::ProductVariant))
        }
        TaxClassId::PREFIX => Ok(TaxClass::find(ctx, known(id)).await?.map(Node::TaxClass)),
        _ => Ok(None),
    }
}

/// The id; one that is malformed behind its prefix names nothing.
fn known<T: TypedId>(id: &ID) -> T {
    id.parse().unwrap_or_else(|_| T::from_uuid(Uuid::nil()))
}
