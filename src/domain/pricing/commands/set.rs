//! `price.set`: says what variants cost in channels, from now on.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::id::{ChannelId, ProductId, VariantId};
use entity::prices::Model;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::domain::catalog;
use crate::domain::pricing::price::{NewPrice, check};
use crate::domain::pricing::refusal::{Refusal, check_version};
use crate::domain::pricing::store;
use crate::kernel::error::{Refusal as _, Refused, Stop};
use crate::kernel::money::Currency;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// New prices; those not named stay.
#[derive(Debug, Serialize)]
pub struct PricesSet {
    /// Each variant and channel once.
    pub prices: Vec<NewPrice>,
}

/// Whose prices were set.
#[derive(Debug, Serialize, Deserialize)]
pub struct PricesSetDone {
    /// The variants, in the order of the input.
    pub variants: Vec<VariantId>,
}

impl Command for PricesSet {
    const NAME: &'static str = "price.set";
    const PERMISSION: Permission = Permission::PriceManage;
    type Prepared = NothingPrepared;
    type Output = PricesSetDone;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<PricesSetDone, Stop> {
        if self.prices.is_empty() {
            return Err(Refusal::NothingToDo.at("input.prices").into());
        }
        let channels: Vec<ChannelId> = self.prices.iter().map(|price| price.channel).collect();
        let currencies = store::prices::currencies(w.read(), &channels).await?;
        let variants: Vec<VariantId> = self.prices.iter().map(|price| price.variant).collect();
        let products = catalog::steps::lock_of_variants(w, &variants).await?;
        self.check(&currencies, &products)?;
        let there = store::prices::lock(w, &variants).await?;
        let mut rows: Vec<Model> = Vec::new();
        let mut changes: BTreeMap<ProductId, Vec<Value>> = BTreeMap::new();
        for (at, price) in self.prices.iter().enumerate() {
            let before = there.get(&(price.variant, price.channel));
            check_version(price.expected_version, before.map_or(0, |row| row.version))
                .map_err(|refusal| refusal.at(&format!("input.prices.{at}.expectedVersion")))?;
            let Some(row) = row(w, price, before) else {
                continue;
            };
            if let Some(product) = products.get(&price.variant) {
                changes
                    .entry(*product)
                    .or_default()
                    .push(change(&row, before));
            }
            rows.push(row);
        }
        store::prices::write(w, rows).await?;
        let ids: Vec<ProductId> = changes.keys().copied().collect();
        store::listings::relist(w, &ids).await?;
        for (product, changes) in changes {
            let id = product.uuid();
            let data = json!({ "product": product, "prices": changes });
            let entry = Entry::new("price", id, Self::NAME).changes(json!({ "prices": changes }));
            w.audit(entry);
            w.emit(Event::new("price", id, "price.changed", data));
        }
        Ok(PricesSetDone { variants })
    }
}

impl PricesSet {
    fn check(
        &self,
        currencies: &HashMap<ChannelId, Currency>,
        products: &HashMap<VariantId, ProductId>,
    ) -> Result<(), Vec<Refused>> {
        let mut seen = HashSet::new();
        let mut refused = Vec::new();
        for (at, price) in self.prices.iter().enumerate() {
            let path = |field: &str| format!("input.prices.{at}.{field}");
            let Some(currency) = currencies.get(&price.channel) else {
                refused.push(Refusal::NotFound("channel").at(&path("channelId")));
                continue;
            };
            if !products.contains_key(&price.variant) {
                refused.push(Refusal::NotFound("variant").at(&path("variantId")));
                continue;
            }
            if !seen.insert((price.variant, price.channel)) {
                refused.push(Refusal::Twice.at(&path("variantId")));
                continue;
            }
            if let Err((refusal, field)) = check(price.amount, price.compare_at, *currency) {
                refused.push(refusal.at(&path(field)));
            }
        }
        if refused.is_empty() {
            Ok(())
        } else {
            Err(refused)
        }
    }
}

/// The row to write; none where the price is so already.
fn row(w: &Write, price: &NewPrice, before: Option<&Model>) -> Option<Model> {
    let amount_minor = price.amount.minor;
    let compare_at_minor = price.compare_at.map(|money| money.minor);
    let Some(before) = before else {
        return Some(Model {
            id: w.id(),
            variant_id: price.variant,
            channel_id: price.channel,
            currency: price.amount.currency.to_string(),
            amount_minor,
            compare_at_minor,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        });
    };
    let same = (before.amount_minor, before.compare_at_minor) == (amount_minor, compare_at_minor);
    (!same).then(|| Model {
        amount_minor,
        compare_at_minor,
        version: before.version + 1,
        updated_at: w.now(),
        ..before.clone()
    })
}

fn change(row: &Model, before: Option<&Model>) -> Value {
    json!({
        "variant": row.variant_id,
        "channel": row.channel_id,
        "currency": row.currency,
        "fromMinor": before.map(|row| row.amount_minor),
        "toMinor": row.amount_minor,
    })
}
