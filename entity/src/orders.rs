//! What somebody has bought. Its payment, fulfillment and return statuses are derived from the
//! children and never written by hand.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::channels;
use crate::id::{CartId, ChannelId, CustomerId, OrderId};
use crate::words::words;

/// One order; all amounts in minor units of `currency`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    /// Names the order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    /// What people call it; unique.
    pub number: String,
    /// The cart it was; one live order per cart.
    pub cart_id: CartId,
    /// Where it was bought.
    pub channel_id: ChannelId,
    /// Who bought; none for a guest.
    pub customer_id: Option<CustomerId>,
    /// ISO 4217 code.
    pub currency: String,
    /// BCP 47 tag of the buyer.
    pub language: String,
    /// Where it is in its life.
    pub state: State,
    /// Derived from its payments.
    pub payment_status: PaymentStatus,
    /// Derived from its fulfillments.
    pub fulfillment_status: FulfillmentStatus,
    /// Derived from its returns.
    pub return_status: ReturnStatus,
    /// The lines, as priced.
    pub subtotal_minor: i64,
    /// The delivery, as priced.
    pub shipping_minor: i64,
    /// All tax in it.
    pub tax_minor: i64,
    /// All reductions in it, as a positive amount.
    pub discount_minor: i64,
    /// What there is to pay.
    pub total_minor: i64,
    /// The channel's, when it was placed.
    pub tax_mode: channels::TaxMode,
    /// The channel's, when it was placed.
    pub tax_rounding: channels::TaxRounding,
    /// The channel's, when it was placed.
    pub rounding_mode: channels::RoundingMode,
    /// Where the buyer came from (`utm_source`).
    pub campaign_source: Option<String>,
    /// By which medium (`utm_medium`).
    pub campaign_medium: Option<String>,
    /// By which campaign (`utm_campaign`).
    pub campaign_name: Option<String>,
    /// SHA-256 of the guest's token, hex; unique.
    pub secret_hash: Option<String>,
    /// Counts the tokens given out.
    pub secret_generation: i64,
    /// Why it is on hold.
    pub hold_reason: Option<String>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// When the buyer placed it.
    pub placed_at: DateTimeUtc,
    /// When it was confirmed.
    pub confirmed_at: Option<DateTimeUtc>,
    /// When it was completed.
    pub completed_at: Option<DateTimeUtc>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTimeUtc>,
    /// Counts the changes from 1; a writer says which one it has seen.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

words! {
    /// The life of an order.
    State {
        PendingPayment = "pending_payment",
        OnHold = "on_hold",
        Confirmed = "confirmed",
        InFulfillment = "in_fulfillment",
        Completed = "completed",
        Cancelled = "cancelled",
        PaymentFailed = "payment_failed",
    }
}

words! {
    /// How far an order is paid.
    PaymentStatus {
        Pending = "pending",
        Authorized = "authorized",
        PartiallyPaid = "partially_paid",
        Paid = "paid",
        PartiallyRefunded = "partially_refunded",
        Refunded = "refunded",
        Voided = "voided",
        Failed = "failed",
    }
}

words! {
    /// How far an order has gone out.
    FulfillmentStatus {
        Unfulfilled = "unfulfilled",
        PartiallyFulfilled = "partially_fulfilled",
        Fulfilled = "fulfilled",
        Delivered = "delivered",
    }
}

words! {
    /// How far an order has come back.
    ReturnStatus {
        None = "none",
        Requested = "requested",
        PartiallyReturned = "partially_returned",
        Returned = "returned",
    }
}
