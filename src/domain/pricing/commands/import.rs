//! `catalog.import`: creates planned products or brings them up to date, hundreds in one
//! transaction, with a statement a table. A product that cannot be is refused alone.

use std::collections::{BTreeMap, HashSet};

use entity::id::{CategoryId, ChannelId, ProductId, TaxClassId, VariantId};
use entity::products::State;
use serde::Serialize;
use serde_json::json;

use crate::domain::catalog::state::MACHINE;
use crate::domain::pricing::import_check::{World, check};
use crate::domain::pricing::import_plan::{
    ImportPlan, Imported, ImportedProduct, Outcome, PRODUCTS_MAX, PlannedProduct, Visibility,
};
use crate::domain::pricing::store;
use crate::domain::pricing::store::import::{Known, Merge, Merged, merge};
use crate::domain::{catalog, inventory};
use crate::kernel::error::{Code, Refused, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// A plan to carry out.
#[derive(Debug, Serialize)]
pub struct CatalogImport {
    /// The plan.
    pub plan: ImportPlan,
}

impl Command for CatalogImport {
    const NAME: &'static str = "catalog.import";
    const PERMISSION: Permission = Permission::CatalogImport;
    type Prepared = NothingPrepared;
    type Output = Imported;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<Imported, Stop> {
        if self.plan.products.len() > PRODUCTS_MAX {
            let message = format!("One import takes at most {PRODUCTS_MAX} products.");
            return Err(Refused::new(Code::LimitExceeded, message)
                .at("input.products")
                .into());
        }
        let faults = check(&self.plan, &self.world(w).await?);
        let known = self.known(w).await?;
        let mut merge = merge(w, &self.plan, faults, &known);
        self.carry_out(w, &mut merge).await?;
        self.advance(w, &mut merge).await?;
        for merged in merge.products.iter().flatten() {
            tell(w, merged);
        }
        let became = |(planned, merged): (&PlannedProduct, Result<Merged, _>)| ImportedProduct {
            external_id: planned.external_id.clone(),
            outcome: merged.map_or_else(Outcome::Refused, |merged| merged.outcome()),
        };
        let products = self
            .plan
            .products
            .iter()
            .zip(merge.products)
            .map(became)
            .collect();
        Ok(Imported { products })
    }
}

impl CatalogImport {
    async fn world(&self, w: &mut Write) -> Result<World, Stop> {
        let products = &self.plan.products;
        let prices = products.iter().flat_map(|product| &product.variants);
        let channels: HashSet<ChannelId> = prices
            .flat_map(|variant| &variant.prices)
            .map(|price| price.channel)
            .collect();
        let channels: Vec<ChannelId> = channels.into_iter().collect();
        let categories: HashSet<CategoryId> = products
            .iter()
            .filter_map(|product| product.category)
            .collect();
        let classes: HashSet<TaxClassId> =
            products.iter().map(|product| product.tax_class).collect();
        let categories: Vec<CategoryId> = categories.into_iter().collect();
        let classes: Vec<TaxClassId> = classes.into_iter().collect();
        let (categories, tax_classes) = catalog::steps::pin(w, &categories, &classes).await?;
        Ok(World {
            channels: store::prices::currencies(w.read(), &channels).await?,
            categories: categories.into_iter().collect(),
            tax_classes: tax_classes.into_iter().collect(),
        })
    }

    async fn known(&self, w: &mut Write) -> Result<Known, Stop> {
        let products = &self.plan.products;
        let ids: Vec<&str> = products
            .iter()
            .map(|one| one.external_id.as_str())
            .collect();
        let slugs: Vec<&str> = products.iter().map(|one| one.slug.as_str()).collect();
        let skus = products
            .iter()
            .flat_map(|one| &one.variants)
            .map(|one| one.sku.as_str());
        let skus: Vec<&str> = skus.collect();
        let mut known = Known::of(catalog::steps::lock_known(w, &ids, &slugs).await?);
        let there = known.ids();
        if !there.is_empty() {
            known.shelf = catalog::steps::shelf(w, &there).await?;
            known.prices = store::prices::lock_of_products(w, &there).await?;
        }
        known.skus = catalog::steps::skus(w, &skus).await?;
        Ok(known)
    }

    /// Writes rows, prices, listings and stock.
    async fn carry_out(&self, w: &mut Write, merge: &mut Merge) -> Result<(), Stop> {
        catalog::steps::add(w, std::mem::take(&mut merge.sheet)).await?;
        catalog::steps::revise(w, std::mem::take(&mut merge.revision)).await?;
        store::prices::write(w, std::mem::take(&mut merge.prices)).await?;
        let merged = merge.products.iter().flatten();
        let repriced: Vec<ProductId> = merged
            .filter(|one| one.repriced)
            .map(|one| one.product)
            .collect();
        store::listings::relist(w, &repriced).await?;
        let counts = std::mem::take(&mut merge.counts);
        let counted = inventory::steps::count_in(w, self.plan.location, &counts).await?;
        let counted: HashSet<VariantId> = counted.into_iter().collect();
        for (planned, merged) in self.plan.products.iter().zip(&mut merge.products) {
            let Ok(merged) = merged else {
                continue;
            };
            for (variant, id) in planned.variants.iter().zip(&merged.variants) {
                if counted.contains(id) {
                    merged
                        .fields
                        .push(format!("variants.{}.stock", variant.sku));
                }
            }
        }
        Ok(())
    }

    /// Moves products that were there where the plan wants them, if their machine lets them.
    async fn advance(&self, w: &mut Write, merge: &mut Merge) -> Result<(), Stop> {
        let wanted: Vec<(usize, &'static str)> = self
            .plan
            .products
            .iter()
            .zip(&merge.products)
            .enumerate()
            .filter_map(|(at, (planned, merged))| {
                let before = merged.as_ref().ok()?.before?;
                Some((at, action(planned.visibility, before)?))
            })
            .collect();
        let ids: Vec<ProductId> = wanted
            .iter()
            .filter_map(|(at, _)| Some(merge.products.get(*at)?.as_ref().ok()?.product))
            .collect();
        if ids.is_empty() {
            return Ok(());
        }
        let facts = store::facts::of(w.read(), &ids).await?;
        let mut moves: BTreeMap<&str, (State, State, Vec<ProductId>)> = BTreeMap::new();
        for (at, action) in wanted {
            let Some(Ok(merged)) = merge.products.get_mut(at) else {
                continue;
            };
            let facts = facts.get(&merged.product).copied().unwrap_or_default();
            let Ok(to) = MACHINE.step(merged.state, action, &facts) else {
                continue;
            };
            let group = moves
                .entry(action)
                .or_insert((merged.state, to, Vec::new()));
            group.2.push(merged.product);
            merged.state = to;
            merged.fields.push("state".to_owned());
        }
        for (from, to, ids) in moves.into_values() {
            catalog::steps::move_all(w, &ids, from, to).await?;
        }
        Ok(())
    }
}

/// What the plan's wish means for a product in this state.
fn action(visibility: Visibility, state: State) -> Option<&'static str> {
    match (visibility, state) {
        (Visibility::Published, State::Draft) => Some("publish"),
        (Visibility::Published, State::Suspended) => Some("resume"),
        (Visibility::Hidden, State::Active) => Some("suspend"),
        (
            Visibility::Published,
            State::Active | State::InReview | State::Discontinued | State::Archived,
        )
        | (
            Visibility::Hidden,
            State::Draft
            | State::InReview
            | State::Suspended
            | State::Discontinued
            | State::Archived,
        ) => None,
    }
}

fn tell(w: &mut Write, merged: &Merged) {
    let id = merged.product.uuid();
    let entry = Entry::new("product", id, CatalogImport::NAME);
    let to = merged.state.as_str();
    let data = json!({ "product": merged.product, "state": to, "fields": merged.fields });
    match merged.before {
        None => {
            w.audit(entry.begun(to));
            w.emit(Event::new("product", id, "product.created", data));
        }
        Some(_) if merged.fields.is_empty() => {}
        Some(before) => {
            let entry = entry.changes(json!({ "fields": merged.fields }));
            let moved = before != merged.state;
            w.audit(if moved {
                entry.moved(before.as_str(), to)
            } else {
                entry
            });
            w.emit(Event::new("product", id, "product.updated", data));
        }
    }
}
