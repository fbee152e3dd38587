//! `OrderLine`.

use async_graphql::{ID, Object};
use entity::id::OrderLineId;
use entity::order_lines::Model;

use super::types::money;
use crate::graphql::money::{Money, TaxedMoney};
use crate::graphql::scalar::Decimal;
use crate::graphql::user_error::int;
use crate::kernel::money::Currency;
use crate::kernel::rate::Rate;

/// One variant of an order.
#[derive(Clone, Debug)]
pub struct OrderLine {
    row: Model,
    currency: Currency,
}

impl OrderLine {
    /// A line of an order in that currency.
    pub fn new(row: Model, currency: Currency) -> Self {
        Self { row, currency }
    }

    /// Which line it is.
    pub fn key(&self) -> OrderLineId {
        self.row.id
    }
}

/// One variant of an order: titles, number, price and tax as they were when it was placed.
#[Object]
impl OrderLine {
    /// Global id.
    async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }

    /// The variant's id; it may have changed or gone since.
    async fn variant_id(&self) -> ID {
        self.row.variant_id.to_string().into()
    }

    /// The product's id; it may have changed or gone since.
    async fn product_id(&self) -> ID {
        self.row.product_id.to_string().into()
    }

    /// Stock keeping unit.
    async fn sku(&self) -> &str {
        &self.row.sku
    }

    /// Title of the product.
    async fn product_title(&self) -> &str {
        &self.row.product_title
    }

    /// Title of the variant.
    async fn variant_title(&self) -> &str {
        &self.row.variant_title
    }

    /// Address of a picture.
    async fn image_url(&self) -> Option<&str> {
        self.row.image_url.as_deref()
    }

    /// Pieces ordered.
    async fn quantity(&self) -> i32 {
        int(self.row.quantity)
    }

    /// Pieces that were cancelled.
    async fn cancelled_quantity(&self) -> i32 {
        int(self.row.cancelled_qty)
    }

    /// Pieces that are in a fulfillment, sent or not.
    async fn fulfilled_quantity(&self) -> i32 {
        int(self.row.fulfilled_qty)
    }

    /// Pieces that have gone out.
    async fn shipped_quantity(&self) -> i32 {
        int(self.row.shipped_qty)
    }

    /// Pieces that have arrived.
    async fn delivered_quantity(&self) -> i32 {
        int(self.row.delivered_qty)
    }

    /// Whether it has to be sent.
    async fn requires_shipping(&self) -> bool {
        self.row.requires_shipping
    }

    /// The price of one, as the channel shows prices.
    async fn unit_price(&self) -> Money {
        money(self.row.unit_price_minor, self.currency)
    }

    /// The price of all pieces without, of and with tax.
    async fn total(&self) -> TaxedMoney {
        TaxedMoney {
            net: money(self.row.net_minor, self.currency),
            tax: money(self.row.tax_minor, self.currency),
            gross: money(self.row.gross_minor, self.currency),
        }
    }

    /// The tax rate in percent: "19".
    async fn tax_rate(&self) -> Decimal {
        Decimal(
            Rate::from_ppm(self.row.tax_rate_ppm)
                .unwrap_or_default()
                .percent(),
        )
    }
}
