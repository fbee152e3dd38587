//! An order prepared as data: everything that placing it writes, and nothing that it decides.
//!
//! Amounts are in minor units of the order's currency. The number is given when it is placed, at
//! the very end, because everybody's orders are counted in one row.

use entity::channels::{RoundingMode, TaxMode, TaxRounding};
use entity::id::{
    CartId, ChannelId, CustomerId, DeliveryMethodId, OrderId, ProductId, TaxClassId, VariantId,
};
use entity::order_addresses::Kind;
use serde_json::Value;

use crate::kernel::money::Currency;

/// The kind of the secret that opens a guest's order.
pub const SECRET: &str = "order";
/// The first token given out for an order.
pub const SECRET_GENERATION: i64 = 1;

/// An order to place.
#[derive(Clone, Debug)]
pub struct OrderPlan {
    /// Its id, made by whoever plans it.
    pub id: OrderId,
    /// The cart it was.
    pub cart: CartId,
    /// Where it is bought.
    pub channel: ChannelId,
    /// Who buys; a guest gets a token for it instead.
    pub customer: Option<CustomerId>,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// The buyer's language.
    pub language: String,
    /// What it comes to.
    pub totals: Totals,
    /// How it was taxed and rounded.
    pub terms: Terms,
    /// Where the buyer came from.
    pub attribution: Attribution,
    /// How to reach the buyer.
    pub contact: Contact,
    /// Where it goes, and who pays.
    pub addresses: Vec<Address>,
    /// What is bought, in its order.
    pub lines: Vec<Line>,
    /// The taxes by rate.
    pub taxes: Vec<Tax>,
    /// How it is delivered; none where nothing has to be sent.
    pub delivery: Option<Delivery>,
    /// How the prices came about.
    pub steps: Vec<PriceStep>,
}

/// What an order comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// The lines, as priced.
    pub subtotal: i64,
    /// The delivery, as priced.
    pub shipping: i64,
    /// All tax in it.
    pub tax: i64,
    /// All reductions, as a positive amount.
    pub discount: i64,
    /// What there is to pay.
    pub total: i64,
}

/// How an order was taxed and rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Whether prices hold the tax.
    pub tax_mode: TaxMode,
    /// Whether tax is rounded per line or per document.
    pub tax_rounding: TaxRounding,
    /// How halves are rounded.
    pub rounding: RoundingMode,
}

/// Where the buyer came from, as frozen on the cart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// `utm_source`
    pub source: Option<String>,
    /// `utm_medium`
    pub medium: Option<String>,
    /// `utm_campaign`
    pub campaign: Option<String>,
}

/// How to reach the buyer. Personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: Option<String>,
}

/// Where an order goes, or who pays. Personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// What it is for; one of each.
    pub kind: Kind,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Company.
    pub company: Option<String>,
    /// Street and number.
    pub line1: String,
    /// What else the carrier needs.
    pub line2: Option<String>,
    /// Town.
    pub city: String,
    /// State or province.
    pub region: Option<String>,
    /// Postal code; empty where there are none.
    pub postal_code: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// For the carrier.
    pub phone: Option<String>,
}

/// One line as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Order within the order, from 1; reservations name it.
    pub position: i64,
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub variant: VariantId,
    /// Its number.
    pub sku: String,
    /// The product's title.
    pub product_title: String,
    /// The variant's title.
    pub variant_title: String,
    /// Its picture.
    pub image_url: Option<String>,
    /// How many.
    pub quantity: i64,
    /// Price of one, as shown to the buyer.
    pub unit_price: i64,
    /// The line without tax.
    pub net: i64,
    /// The tax on it.
    pub tax: i64,
    /// The line with tax.
    pub gross: i64,
    /// The rate in millionths.
    pub tax_rate_ppm: i64,
    /// How it is taxed.
    pub tax_class: TaxClassId,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
}

/// The sum of one tax rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    /// As an invoice calls it.
    pub name: String,
    /// The rate in millionths.
    pub rate_ppm: i64,
    /// What is taxed.
    pub base: i64,
    /// The tax.
    pub tax: i64,
}

/// How an order is delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The method.
    pub method: DeliveryMethodId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What is charged, as shown to the buyer.
    pub price: i64,
    /// The charge without tax.
    pub net: i64,
    /// The tax on it.
    pub tax: i64,
    /// The charge with tax.
    pub gross: i64,
    /// The rate in millionths.
    pub tax_rate_ppm: i64,
    /// Working days at best.
    pub min_days: i64,
    /// Working days at worst.
    pub max_days: i64,
}

/// One step of how a price came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceStep {
    /// Position of the line; 0 for the whole.
    pub line_no: i64,
    /// Counts the steps of the line, from 1.
    pub seq: i64,
    /// The stage of the waterfall.
    pub stage: String,
    /// What sort of rule acted.
    pub rule_type: String,
    /// What it acted on.
    pub basis: i64,
    /// What it added; negative for a reduction.
    pub delta: i64,
    /// What came out.
    pub result: i64,
    /// Why, as a code.
    pub reason_code: String,
    /// The rule's numbers.
    pub params: Value,
}

impl OrderPlan {
    /// Whether its parts add up: the total is what lines and delivery come to with tax, less the
    /// reductions, and the tax is that of its parts and of its rates.
    pub fn adds_up(&self) -> bool {
        let delivery = |part: fn(&Delivery) -> i64| self.delivery.as_ref().map_or(0, part);
        let gross: i64 = self.lines.iter().map(|line| line.gross).sum();
        let tax: i64 = self.lines.iter().map(|line| line.tax).sum();
        let rates: i64 = self.taxes.iter().map(|tax| tax.tax).sum();
        let each = self
            .lines
            .iter()
            .all(|line| line.net + line.tax == line.gross);
        each && gross + delivery(|one| one.gross) - self.totals.discount == self.totals.total
            && tax + delivery(|one| one.tax) == self.totals.tax
            && rates == self.totals.tax
    }
}
