//! The variants of one planned product, with their prices and counts.

use std::collections::{HashMap, HashSet};

use entity::id::{ProductId, VariantId};
use entity::{prices, variants};

use super::{Known, Part};
use crate::domain::catalog::options::{Axis, Grid};
use crate::domain::catalog::steps::{Layout, VariantDraft, place_of};
use crate::domain::inventory::steps::{Count, Policy};
use crate::domain::pricing::import_plan::{
    PlannedOption, PlannedProduct, PlannedStock, PlannedVariant,
};
use crate::domain::pricing::refusal::Refusal;
use crate::kernel::error::{Refusal as _, Refused};
use crate::kernel::text::Reference;
use crate::write::Write;

/// The product whose variants are merged.
pub(super) struct Of<'a> {
    pub w: &'a Write,
    /// Its place in the plan.
    pub at: usize,
    pub planned: &'a PlannedProduct,
    pub known: &'a Known,
    pub product: ProductId,
}

impl Of<'_> {
    /// The variants of a new product.
    pub(super) fn create(&self, part: &mut Part) -> Result<Vec<VariantId>, Vec<Refused>> {
        self.check_skus(|variant| self.known.skus.contains_key(variant.sku.as_str()))?;
        let grid = fresh(self.planned);
        let mut layout = Layout::new(self.w, self.product, grid, &mut part.sheet);
        let mut ids = Vec::with_capacity(self.planned.variants.len());
        for (nth, variant) in self.planned.variants.iter().enumerate() {
            let values: Vec<&str> = variant.values.iter().map(String::as_str).collect();
            let place = self.place(&mut layout, nth, &values)?;
            let id = layout.add(self.w, &place, draft(variant, nth), &mut part.sheet);
            price(self.w, variant, id, self.known, part);
            part.counts.push(count(variant, id));
            ids.push(id);
        }
        Ok(ids)
    }

    /// The variants of a product that is there.
    pub(super) fn revise(&self, part: &mut Part) -> Result<Vec<VariantId>, Vec<Refused>> {
        self.check_skus(|variant| {
            let owner = self.known.skus.get(variant.sku.as_str());
            owner.is_some_and(|owner| owner.product_id != self.product)
        })?;
        let shelf = &self.known.shelf;
        let there = shelf
            .variants
            .get(&self.product)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let options = shelf
            .options
            .get(&self.product)
            .cloned()
            .unwrap_or_default();
        let place = |row: &variants::Model| {
            let chosen = shelf.choices.get(&row.id).cloned().unwrap_or_default();
            place_of(&options, &chosen).unwrap_or_default()
        };
        let mut layout = if there.is_empty() && options.is_empty() {
            Layout::new(self.w, self.product, fresh(self.planned), &mut part.sheet)
        } else {
            Layout::existing(self.product, options.clone(), there, &shelf.choices)
        };
        let order = order(self.at, self.planned, layout.grid.axes())?;
        let planned = &self.planned.variants;
        let values: Vec<Vec<&str>> = planned.iter().map(|one| arranged(one, &order)).collect();
        let matched = matched(self.planned, there, &values, &layout.grid, place);
        for row in matched.iter().flatten() {
            layout.grid.vacate(&place(row));
        }
        let last = there.iter().map(|row| row.position).max().unwrap_or(0);
        let mut ids = Vec::with_capacity(planned.len());
        for (nth, ((variant, values), old)) in planned.iter().zip(&values).zip(matched).enumerate()
        {
            let at = self.place(&mut layout, nth, values)?;
            let id = match old {
                None => {
                    let mut draft = draft(variant, nth);
                    draft.position += last;
                    part.fields.push(field(variant, "created"));
                    layout.add(self.w, &at, draft, &mut part.sheet)
                }
                Some(old) => {
                    let title = layout.title(self.w, &at, &mut part.sheet);
                    if place(old) != at {
                        part.revision.choices.extend(layout.choices(old.id, &at));
                    }
                    change(self.w, variant, old, title, part);
                    old.id
                }
            };
            price(self.w, variant, id, self.known, part);
            part.counts.push(count(variant, id));
            ids.push(id);
        }
        Ok(ids)
    }

    fn place(
        &self,
        layout: &mut Layout,
        nth: usize,
        values: &[&str],
    ) -> Result<Vec<usize>, Vec<Refused>> {
        let path = || format!("input.products.{}.variants.{nth}.values", self.at);
        layout
            .grid
            .place_values(values)
            .map_err(|refusal| vec![refusal.at(&path())])
    }

    fn check_skus(&self, foreign: impl Fn(&PlannedVariant) -> bool) -> Result<(), Vec<Refused>> {
        let taken = |(nth, variant): (usize, &PlannedVariant)| {
            let path = format!("input.products.{}.variants.{nth}.sku", self.at);
            foreign(variant).then(|| Refusal::Taken("SKU").at(&path))
        };
        let variants = self.planned.variants.iter().enumerate();
        let taken: Vec<Refused> = variants.filter_map(taken).collect();
        if taken.is_empty() { Ok(()) } else { Err(taken) }
    }
}

/// Which variant each planned one is: the one with its SKU, else the one with its values.
fn matched<'a>(
    planned: &PlannedProduct,
    there: &'a [variants::Model],
    values: &[Vec<&str>],
    grid: &Grid,
    place: impl Fn(&variants::Model) -> Vec<usize>,
) -> Vec<Option<&'a variants::Model>> {
    let by_sku: HashMap<&str, &variants::Model> =
        there.iter().map(|row| (row.sku.as_str(), row)).collect();
    let mut matched: Vec<Option<&variants::Model>> = planned
        .variants
        .iter()
        .map(|variant| by_sku.get(variant.sku.as_str()).copied())
        .collect();
    let used: HashSet<VariantId> = matched.iter().flatten().map(|row| row.id).collect();
    let by_place: HashMap<Vec<usize>, &variants::Model> = there
        .iter()
        .filter(|row| !used.contains(&row.id))
        .map(|row| (place(row), row))
        .collect();
    for (found, values) in matched.iter_mut().zip(values) {
        if found.is_none() {
            *found = grid.find(values).and_then(|at| by_place.get(&at).copied());
        }
    }
    matched
}

fn change(
    w: &Write,
    variant: &PlannedVariant,
    old: &variants::Model,
    title: String,
    part: &mut Part,
) {
    let new = variants::Model {
        sku: variant.sku.to_string(),
        barcode: variant.barcode.clone().or_else(|| old.barcode.clone()),
        weight_grams: variant.weight_grams.or(old.weight_grams),
        requires_shipping: variant.requires_shipping,
        title,
        ..old.clone()
    };
    if new == *old {
        return;
    }
    let given = [
        ("sku", new.sku != old.sku),
        ("barcode", new.barcode != old.barcode),
        ("weightGrams", new.weight_grams != old.weight_grams),
        (
            "requiresShipping",
            new.requires_shipping != old.requires_shipping,
        ),
        ("values", new.title != old.title),
    ];
    let differing = given.into_iter().filter(|(_, differs)| *differs);
    part.fields
        .extend(differing.map(|(name, _)| field(variant, name)));
    part.revision.variants.push(variants::Model {
        version: old.version + 1,
        updated_at: w.now(),
        ..new
    });
}

fn price(w: &Write, variant: &PlannedVariant, id: VariantId, known: &Known, part: &mut Part) {
    let mut differs = false;
    for planned in &variant.prices {
        let amount_minor = planned.amount.minor;
        let compare_at_minor = planned.compare_at.map(|money| money.minor);
        let row = match known.prices.get(&(id, planned.channel)) {
            Some(old)
                if (old.amount_minor, old.compare_at_minor) == (amount_minor, compare_at_minor) =>
            {
                continue;
            }
            Some(old) => prices::Model {
                amount_minor,
                compare_at_minor,
                version: old.version + 1,
                updated_at: w.now(),
                ..old.clone()
            },
            None => prices::Model {
                id: w.id(),
                variant_id: id,
                channel_id: planned.channel,
                currency: planned.amount.currency.to_string(),
                amount_minor,
                compare_at_minor,
                version: 1,
                created_at: w.now(),
                updated_at: w.now(),
            },
        };
        differs = true;
        part.prices.push(row);
    }
    if differs {
        part.fields.push(field(variant, "price"));
    }
}

fn count(variant: &PlannedVariant, id: VariantId) -> Count {
    let (policy, on_hand) = match variant.stock {
        PlannedStock::Untracked => {
            let policy = Policy {
                tracked: false,
                ..Policy::default()
            };
            (policy, None)
        }
        PlannedStock::Tracked { on_hand, oversell } => {
            let policy = Policy {
                tracked: true,
                oversell,
            };
            (policy, Some(on_hand))
        }
    };
    Count {
        variant: id,
        policy,
        on_hand,
    }
}

fn draft(variant: &PlannedVariant, nth: usize) -> VariantDraft {
    VariantDraft {
        sku: variant.sku.clone(),
        barcode: variant
            .barcode
            .as_deref()
            .and_then(|code| Reference::parse(code).ok()),
        weight_grams: variant.weight_grams,
        requires_shipping: variant.requires_shipping,
        position: i64::try_from(nth).unwrap_or(i64::MAX - 1) + 1,
    }
}

fn fresh(planned: &PlannedProduct) -> Grid {
    let axis = |option: &PlannedOption| Axis {
        name: option.name.clone(),
        values: option.values.clone(),
    };
    Grid::existing(planned.options.iter().map(axis).collect(), HashSet::new())
}

/// For each option of the product, its place among the planned ones.
fn order(at: usize, planned: &PlannedProduct, axes: &[Axis]) -> Result<Vec<usize>, Vec<Refused>> {
    let place = |axis: &Axis| planned.options.iter().position(|one| one.name == axis.name);
    let order: Option<Vec<usize>> = axes.iter().map(place).collect();
    let order = order.filter(|order| order.len() == planned.options.len());
    order.ok_or_else(|| {
        let names: Vec<&str> = axes.iter().map(|axis| axis.name.as_str()).collect();
        let message = format!("The product has other options: {}.", names.join(", "));
        vec![Refused::invalid(
            &format!("input.products.{at}.options"),
            message,
        )]
    })
}

fn arranged<'a>(variant: &'a PlannedVariant, order: &[usize]) -> Vec<&'a str> {
    order
        .iter()
        .filter_map(|at| variant.values.get(*at).map(String::as_str))
        .collect()
}

fn field(variant: &PlannedVariant, name: &str) -> String {
    format!("variants.{}.{name}", variant.sku)
}
