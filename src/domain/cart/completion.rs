//! From a cart that is ready to an order as data: what stands in the way, and the plan.
//!
//! Pure: the same basket and quote give the same plan, so a completion that was planned before its
//! transaction is still right if a second reading equals the first.

use entity::id::OrderId;
use entity::order_addresses::Kind;

use super::facts::{Basket, Facts, Line};
use super::readiness::{self, Lack, Missing};
use super::refusal::Refusal;
use super::totals::{Quote, QuotedLine};
use crate::domain::order::plan as order;
use crate::kernel::address::Address;
use crate::kernel::error::{Code, Details, Refusal as _, Refused};
use crate::kernel::money::Money;

/// What stands in the way of completing the cart: lines that are short with their figures, or
/// everything that is missing at once. Nothing means that it can be completed.
pub fn obstacles(facts: &Facts) -> Vec<Refused> {
    let missing = readiness::missing(facts);
    if missing.is_empty() {
        return Vec::new();
    }
    let (short, other): (Vec<Missing>, Vec<Missing>) = missing
        .into_iter()
        .partition(|one| one.lack == Lack::OutOfStock);
    if !other.is_empty() {
        return vec![readiness::refused(&other)];
    }
    let lines = facts.basket.lines.iter();
    lines
        .filter(|line| short.iter().any(|one| one.line == Some(line.id)))
        .map(|line| out_of_stock(facts, line))
        .collect()
}

fn out_of_stock(facts: &Facts, line: &Line) -> Refused {
    let stock = facts.shelf.get(&line.goods.variant);
    let refusal = Refusal::OutOfStock {
        variant: line.goods.variant,
        requested: line.quantity,
        available: stock.map_or(0, |stock| stock.available),
    };
    refusal.at("input.cartId")
}

/// Passes if the buyer agreed to this total; else says what it is now.
pub fn agreed(expected: Money, actual: Money) -> Result<(), Refused> {
    if expected == actual {
        return Ok(());
    }
    if expected.currency != actual.currency {
        let message = format!("The cart is in {}.", actual.currency);
        let refused = Refused::new(Code::CurrencyMismatch, message);
        return Err(refused.at("input.expectedTotal.currency"));
    }
    let message = format!("The total is {} {} now.", actual.amount(), actual.currency);
    let refused = Refused::new(Code::PriceChanged, message).at("input.expectedTotal");
    Err(refused.with(Details::Price { expected, actual }))
}

/// The order that the basket makes at this quote; nothing where the contact is missing.
pub fn order(id: OrderId, basket: &Basket, quote: &Quote) -> Option<order::OrderPlan> {
    let contact = basket.contact.as_ref()?;
    Some(order::OrderPlan {
        id,
        cart: basket.cart,
        channel: basket.market.channel,
        customer: basket.customer,
        currency: quote.currency,
        language: basket.language.clone(),
        totals: order::Totals {
            subtotal: quote.subtotal.minor,
            shipping: quote.shipping.minor,
            tax: quote.tax.minor,
            discount: 0,
            total: quote.total.minor,
        },
        terms: order::Terms {
            tax_mode: basket.market.tax_mode,
            tax_rounding: basket.market.tax_rounding,
            rounding: basket.market.rounding_mode,
        },
        attribution: order::Attribution {
            source: basket.attribution.source.clone(),
            medium: basket.attribution.medium.clone(),
            campaign: basket.attribution.name.clone(),
        },
        contact: order::Contact {
            email: contact.email.clone(),
            phone: contact.phone.clone(),
        },
        addresses: addresses(basket),
        lines: quote
            .lines
            .iter()
            .filter_map(|line| self::line(basket, line))
            .collect(),
        taxes: taxes(quote),
        delivery: delivery(basket, quote),
        steps: steps(quote),
    })
}

fn addresses(basket: &Basket) -> Vec<order::Address> {
    let shipping = basket
        .shipping
        .as_ref()
        .map(|address| (Kind::Shipping, address));
    let billing = basket
        .billing
        .as_ref()
        .map(|address| (Kind::Billing, address));
    shipping
        .into_iter()
        .chain(billing)
        .map(|(kind, one)| address(kind, one))
        .collect()
}

fn address(kind: Kind, from: &Address) -> order::Address {
    order::Address {
        kind,
        first_name: from.first_name.clone(),
        last_name: from.last_name.clone(),
        company: from.company.clone(),
        line1: from.line1.clone(),
        line2: from.line2.clone(),
        city: from.city.clone(),
        region: from.region.clone(),
        postal_code: from.postal_code.clone(),
        country: from.country.as_str().to_owned(),
        phone: from.phone.as_ref().map(ToString::to_string),
    }
}

fn line(basket: &Basket, quoted: &QuotedLine) -> Option<order::Line> {
    let goods = &basket.lines.get(quoted.place)?.goods;
    Some(order::Line {
        position: i64::try_from(quoted.place).ok()? + 1,
        product: goods.product,
        variant: goods.variant,
        sku: goods.sku.clone(),
        product_title: goods.product_title.clone(),
        variant_title: goods.variant_title.clone(),
        image_url: goods.image_url.clone(),
        quantity: quoted.quantity,
        unit_price: quoted.unit_price.minor,
        net: quoted.taxed.net_minor,
        tax: quoted.taxed.tax_minor,
        gross: quoted.taxed.gross_minor,
        tax_rate_ppm: quoted.rate.rate.ppm(),
        tax_class: quoted.tax_class,
        requires_shipping: goods.requires_shipping,
    })
}

fn taxes(quote: &Quote) -> Vec<order::Tax> {
    let tax = |sum: &crate::domain::tax::calculate::TaxSum| order::Tax {
        name: sum.name.clone(),
        rate_ppm: sum.rate.ppm(),
        base: sum.base_minor,
        tax: sum.tax_minor,
    };
    quote.taxes.iter().map(tax).collect()
}

fn delivery(basket: &Basket, quote: &Quote) -> Option<order::Delivery> {
    let (method, quoted) = (basket.delivery.as_ref()?, quote.delivery.as_ref()?);
    Some(order::Delivery {
        method: method.method,
        code: method.code.clone(),
        name: method.name.clone(),
        price: quoted.price.minor,
        net: quoted.taxed.net_minor,
        tax: quoted.taxed.tax_minor,
        gross: quoted.taxed.gross_minor,
        tax_rate_ppm: quoted.rate.rate.ppm(),
        min_days: method.min_days,
        max_days: method.max_days,
    })
}

fn steps(quote: &Quote) -> Vec<order::PriceStep> {
    let step = |step: &super::totals::Step| order::PriceStep {
        line_no: step.line_no,
        seq: step.seq,
        stage: step.stage.as_str().to_owned(),
        rule_type: step.rule_type.to_owned(),
        basis: step.basis_minor,
        delta: step.delta_minor,
        result: step.result_minor,
        reason_code: step.reason.to_owned(),
        params: step.params.clone(),
    };
    quote.steps.iter().map(step).collect()
}
