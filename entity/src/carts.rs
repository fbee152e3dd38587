//! What somebody is about to buy.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{CartId, ChannelId, CustomerId, DeliveryMethodId};
use crate::words::words;

/// One cart.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carts")]
pub struct Model {
    /// Names the cart.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartId,
    /// Where it buys.
    pub channel_id: ChannelId,
    /// Whose it is; none for a guest.
    pub customer_id: Option<CustomerId>,
    /// ISO 4217 code, that of the channel.
    pub currency: String,
    /// BCP 47 tag of the buyer.
    pub language: String,
    /// Where it is in its life.
    pub state: State,
    /// SHA-256 of the guest's token, hex; unique.
    pub secret_hash: Option<String>,
    /// Counts the tokens given out.
    pub secret_generation: i64,
    /// How it wants to be delivered.
    pub delivery_method_id: Option<DeliveryMethodId>,
    /// Where the buyer came from (`utm_source`).
    pub campaign_source: Option<String>,
    /// By which medium (`utm_medium`).
    pub campaign_medium: Option<String>,
    /// By which campaign (`utm_campaign`).
    pub campaign_name: Option<String>,
    /// When the buyer last touched it.
    pub last_active_at: DateTimeUtc,
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
    /// The life of a cart.
    State {
        Active = "active",
        CheckingOut = "checking_out",
        Ordered = "ordered",
        Abandoned = "abandoned",
        Merged = "merged",
        Expired = "expired",
    }
}
