//! What an order consists of, as it was when it was placed, and how far each line has come.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{OrderId, OrderLineId, ProductId, TaxClassId, VariantId};

/// One line; amounts in minor units of `currency`, quantities in pieces.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_lines")]
pub struct Model {
    /// Names the line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderLineId,
    /// The order.
    pub order_id: OrderId,
    /// Order within the order, from 1.
    pub position: i64,
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// Its number then.
    pub sku: String,
    /// The product's title then.
    pub product_title: String,
    /// The variant's title then.
    pub variant_title: String,
    /// Its picture then.
    pub image_url: Option<String>,
    /// Ordered, at least 1.
    pub quantity: i64,
    /// Price of one, as shown to the buyer.
    pub unit_price_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The line without tax.
    pub net_minor: i64,
    /// The tax on the line.
    pub tax_minor: i64,
    /// The line with tax.
    pub gross_minor: i64,
    /// The rate in millionths.
    pub tax_rate_ppm: i64,
    /// How it was taxed.
    pub tax_class_id: TaxClassId,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
    /// Allocated from stock.
    pub allocated_qty: i64,
    /// Cancelled.
    pub cancelled_qty: i64,
    /// In live fulfillments.
    pub fulfilled_qty: i64,
    /// Gone out.
    pub shipped_qty: i64,
    /// Arrived.
    pub delivered_qty: i64,
    /// In open returns.
    pub return_open_qty: i64,
    /// Come back.
    pub returned_qty: i64,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
