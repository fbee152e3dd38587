//! The roots of the graph, merged in two levels so that the compiler keeps its breath.

use async_graphql::{MergedObject, MergedSubscription};

use super::access::{AccessMutation, AccessQuery};
use super::cart::{CartMutation, CartQuery, CartSubscription};
use super::catalog::{CatalogMutation, CatalogQuery};
use super::channel::{ChannelMutation, ChannelQuery};
use super::checkout::CheckoutMutation;
use super::customer::{CustomerMutation, CustomerQuery};
use super::fulfillment::{FulfillmentMutation, FulfillmentQuery};
use super::inventory::{InventoryMutation, InventoryQuery};
use super::node::NodeQuery;
use super::order::{OrderMutation, OrderQuery, OrderSubscription};
use super::payment::PaymentMutation;
use super::pricing::PricingMutation;
use super::sandbox::{SandboxMutation, SandboxQuery};
use super::shipping::{ShippingMutation, ShippingQuery};
use super::tax::{TaxMutation, TaxQuery};

/// What can be asked.
#[derive(Default, MergedObject)]
pub struct Query(NodeQuery, Setup, Assortment, Stock, People, Sales);

/// What can be done. Fields run one after the other; each is a transaction of its own.
#[derive(Default, MergedObject)]
pub struct Mutation(
    SetupMutation,
    AssortmentMutation,
    StockMutation,
    PeopleMutation,
    SalesMutation,
);

/// What can be watched: the answer comes at once, and again after every change. Over WebSocket or
/// server-sent events; one field an operation.
#[derive(Default, MergedSubscription)]
pub struct Subscription(OrderSubscription, CartSubscription);

/// How the shop is set up.
#[derive(Default, MergedObject)]
struct Setup(ChannelQuery, SandboxQuery);

/// Setting the shop up.
#[derive(Default, MergedObject)]
struct SetupMutation(ChannelMutation, SandboxMutation);

/// What there is, what it is taxed, and how it gets to the customer.
#[derive(Default, MergedObject)]
struct Stock(InventoryQuery, TaxQuery, ShippingQuery, FulfillmentQuery);

/// Keeping stock, taxes and deliveries.
#[derive(Default, MergedObject)]
struct StockMutation(
    InventoryMutation,
    TaxMutation,
    ShippingMutation,
    FulfillmentMutation,
);

/// What is sold, and for how much.
#[derive(Default, MergedObject)]
struct Assortment(CatalogQuery);

/// Keeping products and prices.
#[derive(Default, MergedObject)]
struct AssortmentMutation(CatalogMutation, PricingMutation);

/// Who somebody is.
#[derive(Default, MergedObject)]
struct People(AccessQuery, CustomerQuery);

/// Signing in, and what people tell about themselves.
#[derive(Default, MergedObject)]
struct PeopleMutation(AccessMutation, CustomerMutation);

/// Orders and their payments.
#[derive(Default, MergedObject)]
struct Sales(OrderQuery, CartQuery);

/// Selling.
#[derive(Default, MergedObject)]
struct SalesMutation(
    CartMutation,
    CheckoutMutation,
    OrderMutation,
    PaymentMutation,
);
