//! Every command there is, area by area in their line; the walks of the tests go through it.

use super::access::commands as access;
use super::cart::commands as cart;
use super::catalog::commands as catalog;
use super::channel::commands as channel;
use super::customer::commands as customer;
use super::fulfillment::commands as fulfillment;
use super::inventory::commands as inventory;
use super::order::commands as order;
use super::payment::commands as payment;
use super::pricing::commands as pricing;
use super::shipping::commands as shipping;
use super::tax::commands as tax;
use crate::write::lease::{Claim, Finish, Park};
use crate::write::registry::Card;
use crate::write::rules::SyncRules;
use crate::write::wall::ClockAdvance;

/// The cards of all commands.
pub const COMMANDS: &[Card] = &[
    Card::of::<SyncRules>(),
    Card::of::<ClockAdvance>(),
    Card::of::<Claim>(),
    Card::of::<Park>(),
    Card::of::<Finish>(),
    Card::of::<channel::ChannelCreate>(),
    Card::of::<channel::ChannelUpdate>(),
    Card::of::<access::CreateStaff>(),
    Card::of::<access::Disable>(),
    Card::of::<access::EndSession>(),
    Card::of::<access::EnsureKey>(),
    Card::of::<access::RefreshSession>(),
    Card::of::<access::RotateKey>(),
    Card::of::<access::SignIn>(),
    Card::of::<catalog::TaxClassCreate>(),
    Card::of::<catalog::TaxClassUpdate>(),
    Card::of::<catalog::CategoryCreate>(),
    Card::of::<catalog::CategoryUpdate>(),
    Card::of::<catalog::CategoryMove>(),
    Card::of::<catalog::CategoryDelete>(),
    Card::of::<catalog::ProductCreate>(),
    Card::of::<catalog::ProductUpdate>(),
    Card::of::<catalog::VariantsCreate>(),
    Card::of::<catalog::VariantUpdate>(),
    Card::of::<catalog::ImagesAdd>(),
    Card::of::<catalog::ImageUpdate>(),
    Card::of::<catalog::ImageRemove>(),
    Card::of::<catalog::ImagesReorder>(),
    Card::of::<customer::AddAddress>(),
    Card::of::<customer::RemoveAddress>(),
    Card::of::<customer::SignUp>(),
    Card::of::<customer::Update>(),
    Card::of::<customer::UpdateAddress>(),
    Card::of::<inventory::LocationCreate>(),
    Card::of::<inventory::LocationUpdate>(),
    Card::of::<inventory::StockPolicySet>(),
    Card::of::<inventory::StockAdjust>(),
    Card::of::<inventory::StockSet>(),
    Card::of::<inventory::InventorySweep>(),
    Card::of::<shipping::DeliveryMethodCreate>(),
    Card::of::<shipping::DeliveryMethodUpdate>(),
    Card::of::<pricing::PricesSet>(),
    Card::of::<pricing::PricesRemove>(),
    Card::of::<pricing::ProductSubmit>(),
    Card::of::<pricing::ProductReject>(),
    Card::of::<pricing::ProductPublish>(),
    Card::of::<pricing::ProductSuspend>(),
    Card::of::<pricing::ProductResume>(),
    Card::of::<pricing::ProductDiscontinue>(),
    Card::of::<pricing::ProductArchive>(),
    Card::of::<pricing::ProductRestore>(),
    Card::of::<pricing::VariantActivate>(),
    Card::of::<pricing::VariantDeactivate>(),
    Card::of::<pricing::CatalogImport>(),
    Card::of::<tax::TaxRateRemove>(),
    Card::of::<tax::TaxRateSet>(),
    Card::of::<payment::Capture>(),
    Card::of::<payment::SendOperation>(),
    Card::of::<payment::ReceiveEvent>(),
    Card::of::<order::Cancel>(),
    Card::of::<order::Hold>(),
    Card::of::<order::Release>(),
    Card::of::<order::Confirm>(),
    Card::of::<order::MarkPaid>(),
    Card::of::<order::SettlePayment>(),
    Card::of::<cart::CartCreate>(),
    Card::of::<cart::CartLinesAdd>(),
    Card::of::<cart::CartLinesUpdate>(),
    Card::of::<cart::CartLinesRemove>(),
    Card::of::<cart::CartAddressSet>(),
    Card::of::<cart::CartContactSet>(),
    Card::of::<cart::CartDeliverySet>(),
    Card::of::<cart::CartClaim>(),
    Card::of::<cart::CartComplete>(),
    Card::of::<cart::CompleteSend>(),
    Card::of::<cart::CompleteSettle>(),
    Card::of::<cart::ChallengeAnswer>(),
    Card::of::<fulfillment::FulfillmentCreate>(),
    Card::of::<fulfillment::FulfillmentPack>(),
    Card::of::<fulfillment::FulfillmentShip>(),
    Card::of::<fulfillment::FulfillmentDeliver>(),
    Card::of::<fulfillment::FulfillmentCancel>(),
];
