//! Parts of this area's verbs that several of them share.

use entity::id::{ProductId, VariantId};
use entity::products::{self, State};
use entity::variants;
use serde_json::json;

use super::refusal::{Refusal, check_version};
use super::store;
use crate::domain::catalog;
use crate::domain::catalog::state::MACHINE;
use crate::kernel::error::Stop;
use crate::write::{Entry, Event, Write};

/// A step in the life of a product.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// Which product.
    pub product: ProductId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// As the machine names it.
    pub action: &'static str,
    /// The verb's name, for the audit.
    pub command: &'static str,
    /// Why, in the words of who does it.
    pub reason: Option<&'a str>,
}

/// Takes the step if the machine lets it, and says so.
pub async fn advance(w: &mut Write, step: Step<'_>) -> Result<State, Stop> {
    let row = catalog::steps::lock(w, step.product).await?;
    let row = row.ok_or(Refusal::NotFound("product"))?;
    check_version(step.expected_version, row.version)?;
    let facts = store::facts::of(w.read(), &[row.id]).await?;
    let facts = facts.get(&row.id).copied().unwrap_or_default();
    let to = MACHINE.step(row.state, step.action, &facts)?;
    catalog::steps::set_state(w, &row, to).await?;
    let id = row.id.uuid();
    let mut entry = Entry::new("product", id, step.command).moved(row.state.as_str(), to.as_str());
    if let Some(reason) = step.reason {
        entry = entry.because(reason);
    }
    w.audit(entry);
    let data = json!({ "product": row.id, "from": row.state, "to": to });
    w.emit(Event::new("product", id, MACHINE.event(step.action), data));
    Ok(to)
}

/// Whether a variant is on sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It can be bought.
    Active,
    /// It cannot.
    Inactive,
}

/// Puts a variant on or off sale and lists its product anew; gives the product.
pub async fn set_activity(
    w: &mut Write,
    variant: VariantId,
    expected_version: Option<i64>,
    to: Activity,
    command: &'static str,
) -> Result<ProductId, Stop> {
    let (product, row) = open_variant(w, variant).await?;
    check_version(expected_version, row.version)?;
    let active = to == Activity::Active;
    if row.active == active {
        return Ok(product.id);
    }
    if !active && catalog::state::is_on_sale(product.state) {
        let facts = store::facts::of(w.read(), &[product.id]).await?;
        if facts
            .get(&product.id)
            .is_none_or(|facts| facts.active_variants < 2)
        {
            return Err(Refusal::LastVariant.into());
        }
    }
    catalog::steps::set_active(w, &product, &row, active).await?;
    store::listings::relist(w, &[product.id]).await?;
    let id = product.id;
    let changes = json!({ "variant": variant, "active": active });
    w.audit(Entry::new("product", id.uuid(), command).changes(changes));
    let data = json!({ "product": id, "variant": variant, "active": active });
    w.emit(Event::new(
        "product",
        id.uuid(),
        "product.variant_updated",
        data,
    ));
    Ok(id)
}

async fn open_variant(
    w: &mut Write,
    variant: VariantId,
) -> Result<(products::Model, variants::Model), Stop> {
    let found = catalog::steps::variant(w, variant).await?;
    let found = found.ok_or(Refusal::NotFound("variant"))?;
    let product = catalog::steps::lock(w, found.product_id).await?;
    let product = product.ok_or(Refusal::NotFound("variant"))?;
    let row = catalog::steps::lock_variant(w, variant).await?;
    let row = row.ok_or(Refusal::NotFound("variant"))?;
    Ok((product, row))
}
