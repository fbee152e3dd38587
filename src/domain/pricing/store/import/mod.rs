//! Brings planned products together with the rows that are there: what is new, what changes, what
//! is left. Rows in, rows out; the statements are the other stores'.

mod product;
mod variants;

use std::collections::HashMap;

use entity::id::{ProductId, VariantId};
use entity::products::State;
use entity::{prices, products, variants as variant_rows};

use super::prices::Prices;
use crate::domain::catalog::steps::{Revision, Sheet, Shelf};
use crate::domain::inventory::steps::Count;
use crate::domain::pricing::import_plan::{ImportPlan, Outcome};
use crate::kernel::error::Refused;
use crate::write::Write;

/// What is there of the planned products.
#[derive(Debug, Default)]
pub struct Known {
    products: Vec<products::Model>,
    by_external_id: HashMap<String, usize>,
    by_slug: HashMap<String, usize>,
    /// What belongs to them.
    pub shelf: Shelf,
    /// The prices of their variants.
    pub prices: Prices,
    /// The variants that have planned SKUs, whosever they are.
    pub skus: HashMap<String, variant_rows::Model>,
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct Merge {
    /// New rows of the catalog.
    pub sheet: Sheet,
    /// Changed rows of the catalog.
    pub revision: Revision,
    /// New and changed prices.
    pub prices: Vec<prices::Model>,
    /// What was counted.
    pub counts: Vec<Count>,
    /// What became of each product, in the order of the plan.
    pub products: Vec<Result<Merged, Vec<Refused>>>,
}

/// What becomes of one product.
#[derive(Debug)]
pub struct Merged {
    /// The product.
    pub product: ProductId,
    /// Its state before; none where it is new.
    pub before: Option<State>,
    /// Its state now.
    pub state: State,
    /// What changes.
    pub fields: Vec<String>,
    /// Whether its prices change.
    pub repriced: bool,
    /// Its variants, in the order of the plan.
    pub variants: Vec<VariantId>,
}

/// The rows of one product, kept apart until it is clear that it can be.
#[derive(Debug, Default)]
struct Part {
    sheet: Sheet,
    revision: Revision,
    prices: Vec<prices::Model>,
    counts: Vec<Count>,
    fields: Vec<String>,
}

impl Known {
    /// Of locked products.
    pub fn of(products: Vec<products::Model>) -> Self {
        let by = |key: fn(&products::Model) -> Option<&String>| {
            let place = |(at, row)| Some((key(row)?.clone(), at));
            products.iter().enumerate().filter_map(place).collect()
        };
        Self {
            by_external_id: by(|row| row.external_id.as_ref()),
            by_slug: by(|row| Some(&row.slug)),
            products,
            ..Self::default()
        }
    }

    /// Their ids.
    pub fn ids(&self) -> Vec<ProductId> {
        self.products.iter().map(|row| row.id).collect()
    }

    fn by_external_id(&self, id: &str) -> Option<&products::Model> {
        self.by_external_id
            .get(id)
            .and_then(|at| self.products.get(*at))
    }

    fn by_slug(&self, slug: &str) -> Option<&products::Model> {
        self.by_slug.get(slug).and_then(|at| self.products.get(*at))
    }
}

impl Merged {
    /// What the client is told.
    pub fn outcome(&self) -> Outcome {
        match self.before {
            None => Outcome::Created(self.product),
            Some(_) if self.fields.is_empty() => Outcome::Unchanged(self.product),
            Some(_) => Outcome::Updated(self.product, self.fields.clone()),
        }
    }
}

/// Merges the plan, whose form is checked (`faults`, in the plan's order), with what is known.
pub fn merge(w: &Write, plan: &ImportPlan, faults: Vec<Vec<Refused>>, known: &Known) -> Merge {
    let mut merge = Merge::default();
    for ((at, planned), faults) in plan.products.iter().enumerate().zip(faults) {
        if !faults.is_empty() {
            merge.products.push(Err(faults));
            continue;
        }
        let mut part = Part::default();
        match product::merge(w, at, planned, known, &mut part) {
            Ok(mut merged) => {
                merged.fields = part.fields;
                merged.repriced = !part.prices.is_empty();
                merge.sheet.append(part.sheet);
                merge.revision.append(part.revision);
                merge.prices.extend(part.prices);
                merge.counts.extend(part.counts);
                merge.products.push(Ok(merged));
            }
            Err(refused) => merge.products.push(Err(refused)),
        }
    }
    merge
}
