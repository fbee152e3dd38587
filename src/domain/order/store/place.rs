//! The SQL that writes a planned order down: one statement for each table.

use entity::orders::{self, FulfillmentStatus, PaymentStatus, ReturnStatus, State};
use entity::{
    order_addresses, order_contacts, order_deliveries, order_lines, order_taxes, price_steps,
};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;

use super::parts::OWNER;
use crate::domain::order::plan::OrderPlan;
use crate::kernel::error::Fault;
use crate::write::Write;

/// How an order begins.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Its state.
    pub state: State,
    /// How it is paid.
    pub payment_status: PaymentStatus,
    /// The hash of a guest's token.
    pub secret_hash: Option<String>,
}

/// Writes all rows of the plan. The order bears its id until it has a number.
pub async fn write(w: &Write, plan: &OrderPlan, beginning: Beginning) -> Result<(), Fault> {
    let order = order_row(w, plan, beginning);
    orders::Entity::insert(order)
        .exec_without_returning(w)
        .await?;
    let contact = order_contacts::ActiveModel {
        order_id: Set(plan.id),
        email: Set(plan.contact.email.clone()),
        phone: Set(plan.contact.phone.clone()),
    };
    order_contacts::Entity::insert(contact)
        .exec_without_returning(w)
        .await?;
    if !plan.addresses.is_empty() {
        order_addresses::Entity::insert_many(address_rows(plan))
            .exec_without_returning(w)
            .await?;
    }
    order_lines::Entity::insert_many(line_rows(w, plan))
        .exec_without_returning(w)
        .await?;
    if !plan.taxes.is_empty() {
        order_taxes::Entity::insert_many(tax_rows(plan))
            .exec_without_returning(w)
            .await?;
    }
    if let Some(delivery) = delivery_row(plan) {
        order_deliveries::Entity::insert(delivery)
            .exec_without_returning(w)
            .await?;
    }
    if !plan.steps.is_empty() {
        price_steps::Entity::insert_many(step_rows(plan))
            .exec_without_returning(w)
            .await?;
    }
    Ok(())
}

fn order_row(w: &Write, plan: &OrderPlan, beginning: Beginning) -> orders::ActiveModel {
    orders::ActiveModel {
        id: Set(plan.id),
        number: Set(plan.id.to_string()),
        cart_id: Set(plan.cart),
        channel_id: Set(plan.channel),
        customer_id: Set(plan.customer),
        currency: Set(plan.currency.code().to_owned()),
        language: Set(plan.language.clone()),
        state: Set(beginning.state),
        payment_status: Set(beginning.payment_status),
        fulfillment_status: Set(FulfillmentStatus::Unfulfilled),
        return_status: Set(ReturnStatus::None),
        subtotal_minor: Set(plan.totals.subtotal),
        shipping_minor: Set(plan.totals.shipping),
        tax_minor: Set(plan.totals.tax),
        discount_minor: Set(plan.totals.discount),
        total_minor: Set(plan.totals.total),
        tax_mode: Set(plan.terms.tax_mode),
        tax_rounding: Set(plan.terms.tax_rounding),
        rounding_mode: Set(plan.terms.rounding),
        campaign_source: Set(plan.attribution.source.clone()),
        campaign_medium: Set(plan.attribution.medium.clone()),
        campaign_name: Set(plan.attribution.campaign.clone()),
        secret_generation: Set(i64::from(beginning.secret_hash.is_some())),
        secret_hash: Set(beginning.secret_hash),
        hold_reason: Set(None),
        cancel_reason: Set(None),
        placed_at: Set(w.now()),
        confirmed_at: Set(None),
        completed_at: Set(None),
        cancelled_at: Set(None),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    }
}

fn address_rows(plan: &OrderPlan) -> impl Iterator<Item = order_addresses::ActiveModel> {
    plan.addresses
        .iter()
        .map(|one| order_addresses::ActiveModel {
            order_id: Set(plan.id),
            kind: Set(one.kind),
            first_name: Set(one.first_name.clone()),
            last_name: Set(one.last_name.clone()),
            company: Set(one.company.clone()),
            line1: Set(one.line1.clone()),
            line2: Set(one.line2.clone()),
            city: Set(one.city.clone()),
            region: Set(one.region.clone()),
            postal_code: Set(one.postal_code.clone()),
            country: Set(one.country.clone()),
            phone: Set(one.phone.clone()),
        })
}

fn line_rows(w: &Write, plan: &OrderPlan) -> impl Iterator<Item = order_lines::ActiveModel> {
    plan.lines.iter().map(|line| order_lines::ActiveModel {
        id: Set(w.id()),
        order_id: Set(plan.id),
        position: Set(line.position),
        product_id: Set(line.product),
        variant_id: Set(line.variant),
        sku: Set(line.sku.clone()),
        product_title: Set(line.product_title.clone()),
        variant_title: Set(line.variant_title.clone()),
        image_url: Set(line.image_url.clone()),
        quantity: Set(line.quantity),
        unit_price_minor: Set(line.unit_price),
        currency: Set(plan.currency.code().to_owned()),
        net_minor: Set(line.net),
        tax_minor: Set(line.tax),
        gross_minor: Set(line.gross),
        tax_rate_ppm: Set(line.tax_rate_ppm),
        tax_class_id: Set(line.tax_class),
        requires_shipping: Set(line.requires_shipping),
        allocated_qty: Set(0),
        cancelled_qty: Set(0),
        fulfilled_qty: Set(0),
        shipped_qty: Set(0),
        delivered_qty: Set(0),
        return_open_qty: Set(0),
        returned_qty: Set(0),
    })
}

fn tax_rows(plan: &OrderPlan) -> impl Iterator<Item = order_taxes::ActiveModel> {
    plan.taxes
        .iter()
        .zip(1..)
        .map(|(tax, position)| order_taxes::ActiveModel {
            order_id: Set(plan.id),
            position: Set(position),
            name: Set(tax.name.clone()),
            rate_ppm: Set(tax.rate_ppm),
            base_minor: Set(tax.base),
            tax_minor: Set(tax.tax),
        })
}

fn delivery_row(plan: &OrderPlan) -> Option<order_deliveries::ActiveModel> {
    let delivery = plan.delivery.as_ref()?;
    Some(order_deliveries::ActiveModel {
        order_id: Set(plan.id),
        delivery_method_id: Set(delivery.method),
        code: Set(delivery.code.clone()),
        name: Set(delivery.name.clone()),
        price_minor: Set(delivery.price),
        net_minor: Set(delivery.net),
        tax_minor: Set(delivery.tax),
        gross_minor: Set(delivery.gross),
        tax_rate_ppm: Set(delivery.tax_rate_ppm),
        min_days: Set(delivery.min_days),
        max_days: Set(delivery.max_days),
    })
}

fn step_rows(plan: &OrderPlan) -> impl Iterator<Item = price_steps::ActiveModel> {
    plan.steps.iter().map(|step| price_steps::ActiveModel {
        owner_type: Set(OWNER.to_owned()),
        owner_id: Set(plan.id.uuid()),
        line_no: Set(step.line_no),
        seq: Set(step.seq),
        stage: Set(step.stage.clone()),
        rule_type: Set(step.rule_type.clone()),
        rule_id: Set(None),
        basis_minor: Set(step.basis),
        delta_minor: Set(step.delta),
        result_minor: Set(step.result),
        reason_code: Set(step.reason_code.clone()),
        params: Set(step.params.clone()),
    })
}
