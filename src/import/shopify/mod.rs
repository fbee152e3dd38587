//! The product CSV of Shopify, as shops export it and as people edit it afterwards.
//!
//! A product has one row per variant and per further image, held together by its handle; the rows
//! need not stand together. What belongs to the product stands in its first row; a blank price,
//! policy, shipping or tax cell of a later row means the same as in the first. Both sets of column
//! names are known, the older (`Variant Price`) and the newer (`Price`).
//!
//! A bad row costs its variant. A product is left out only when its own cells are bad, or no
//! variant is left. Deliberately absent: tags, SEO and marketing columns, and cost.
//!
//! To read another column: 1. its names in `columns`; 2. its meaning in `product` or `variant`.

mod cell;
mod columns;
mod product;
mod sku;
mod variant;

use std::collections::{BTreeSet, HashMap};

use entity::id::{CategoryId, ChannelId, TaxClassId};

use self::columns::Columns;
use super::table::{Row, Table, TableError};
use super::{Loss, Problem};
use crate::domain::pricing::import_plan::PlannedProduct;
use crate::kernel::money::Currency;

/// What the file does not say.
#[derive(Clone, Debug)]
pub struct Targets {
    /// Where the prices hold.
    pub channel: ChannelId,
    /// The currency of that channel.
    pub currency: Currency,
    /// How the products are taxed.
    pub tax_class: TaxClassId,
    /// Where they stand in the tree; [`Sheet::place_by_type`] is for where none is named.
    pub category: Option<CategoryId>,
}

/// A file, read.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What can be imported, in the order of the file.
    pub products: Vec<Entry>,
    /// What cannot, and what one should know, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Sheet {
    /// The slugs of the types that the products name.
    pub fn types(&self) -> BTreeSet<String> {
        let types = self
            .products
            .iter()
            .map(|entry| &entry.product.product_type);
        let named = types.filter(|name| !name.is_empty());
        named
            .map(slug::slugify)
            .filter(|slug| !slug.is_empty())
            .collect()
    }

    /// Puts products without a category into the one whose slug is that of their type.
    pub fn place_by_type(&mut self, by_slug: &HashMap<String, CategoryId>) {
        for entry in &mut self.products {
            let product = &mut entry.product;
            if product.category.is_none() {
                let slug = slug::slugify(&product.product_type);
                product.category = by_slug.get(&slug).copied();
            }
        }
    }
}

/// A product with where it came from.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of its first row.
    pub line: u64,
    /// The line of each variant of the plan.
    pub variant_lines: Vec<u64>,
    /// The product.
    pub product: PlannedProduct,
}

/// Why a file is no product CSV at all.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProducts {
    /// No table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A table of something else.
    #[error("the first row has no column \"{0}\": this is not a product CSV of Shopify")]
    ColumnMissing(&'static str),
}

/// Reads a whole file.
pub fn read(bytes: &[u8], targets: &Targets) -> Result<Sheet, NotProducts> {
    let table = Table::read(bytes)?;
    let columns = Columns::of(&table)?;
    let mut problems = table.problems;
    let mut products = Vec::new();
    let mut skus = HashMap::new();
    for group in groups(&columns, table.rows, &mut problems) {
        let mut making = product::Making {
            columns: &columns,
            targets,
            skus: &mut skus,
            problems: &mut problems,
        };
        products.extend(making.product(&group));
    }
    problems.sort();
    Ok(Sheet { products, problems })
}

/// The rows of one handle.
struct Group {
    slug: String,
    rows: Vec<Row>,
}

/// Rows by handle, in the order in which the handles come first.
fn groups(columns: &Columns, rows: Vec<Row>, problems: &mut Vec<Problem>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_slug: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let (handle, title) = (row.get(columns.handle), row.get(columns.title));
        let named = if handle.is_empty() { title } else { handle };
        let slug = slug::slugify(named);
        if slug.is_empty() {
            let reason = if named.is_empty() {
                "it has no handle".to_owned()
            } else {
                format!("no address can be made of the handle \"{named}\"")
            };
            problems.push(Problem::new(row.line, Loss::Row, reason));
            continue;
        }
        let at = *by_slug.entry(slug.clone()).or_insert_with(|| {
            groups.push(Group {
                slug,
                rows: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.rows.push(row);
        }
    }
    groups
}

#[cfg(test)]
#[path = "shopify_test.rs"]
mod tests;
