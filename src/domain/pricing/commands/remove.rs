//! `price.remove`: ends the sale of variants in channels.

use std::collections::{BTreeMap, BTreeSet};

use entity::id::{ChannelId, ProductId, VariantId};
use entity::prices::Model;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::domain::catalog;
use crate::domain::pricing::refusal::Refusal;
use crate::domain::pricing::store;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Which prices.
#[derive(Debug, Serialize)]
pub struct PricesRemove {
    /// Variants, and the channel in which each is no longer sold.
    pub prices: Vec<(VariantId, ChannelId)>,
}

/// Whose prices were removed.
#[derive(Debug, Serialize, Deserialize)]
pub struct PricesRemoved {
    /// The variants, in the order of the input.
    pub variants: Vec<VariantId>,
}

impl Command for PricesRemove {
    const NAME: &'static str = "price.remove";
    const PERMISSION: Permission = Permission::PriceManage;
    type Prepared = NothingPrepared;
    type Output = PricesRemoved;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<PricesRemoved, Stop> {
        if self.prices.is_empty() {
            return Err(Refusal::NothingToDo.at("input.prices").into());
        }
        let variants: Vec<VariantId> = self.prices.iter().map(|(variant, _)| *variant).collect();
        let products = catalog::steps::lock_of_variants(w, &variants).await?;
        let there = store::prices::lock(w, &variants).await?;
        let rows = self.rows(&there)?;
        let mut changes: BTreeMap<ProductId, Vec<Value>> = BTreeMap::new();
        for row in &rows {
            let change = json!({
                "variant": row.variant_id,
                "channel": row.channel_id,
                "currency": row.currency,
                "fromMinor": row.amount_minor,
                "toMinor": null,
            });
            if let Some(product) = products.get(&row.variant_id) {
                changes.entry(*product).or_default().push(change);
            }
        }
        store::prices::withdraw(w, &rows).await?;
        let ids: Vec<ProductId> = changes.keys().copied().collect();
        store::listings::relist(w, &ids).await?;
        for (product, changes) in changes {
            let id = product.uuid();
            let data = json!({ "product": product, "prices": changes });
            let entry = Entry::new("price", id, Self::NAME).changes(json!({ "prices": changes }));
            w.audit(entry);
            w.emit(Event::new("price", id, "price.changed", data));
        }
        Ok(PricesRemoved { variants })
    }
}

impl PricesRemove {
    fn rows(&self, there: &store::prices::Prices) -> Result<Vec<Model>, Stop> {
        let (mut rows, mut refused) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for (at, place) in self.prices.iter().enumerate() {
            let path = format!("input.prices.{at}.variantId");
            match there.get(place) {
                None => refused.push(Refusal::NotFound("price").at(&path)),
                Some(_) if !seen.insert(*place) => refused.push(Refusal::Twice.at(&path)),
                Some(row) => rows.push(row.clone()),
            }
        }
        if refused.is_empty() {
            Ok(rows)
        } else {
            Err(refused.into())
        }
    }
}
