//! The verbs of the catalog.

mod category_create;
mod category_delete;
mod category_move;
mod category_update;
mod image_remove;
mod image_update;
mod images_add;
mod images_reorder;
mod product_create;
mod product_update;
mod tax_class_create;
mod tax_class_update;
mod variant_update;
mod variants_create;

pub use category_create::{CategoryCreate, CategoryCreated};
pub use category_delete::{CategoryDelete, CategoryDeleted};
pub use category_move::{CategoryMove, CategoryMoved};
pub use category_update::{CategoryUpdate, CategoryUpdated};
pub use image_remove::{ImageRemove, ImageRemoved};
pub use image_update::{ImageUpdate, ImageUpdated};
pub use images_add::{ImagesAdd, ImagesAdded};
pub use images_reorder::{ImagesReorder, ImagesReordered};
pub use product_create::{ProductCreate, ProductCreated};
pub use product_update::{ProductUpdate, ProductUpdated};
pub use tax_class_create::{TaxClassCreate, TaxClassCreated};
pub use tax_class_update::{TaxClassUpdate, TaxClassUpdated};
pub use variant_update::{VariantUpdate, VariantUpdated};
pub use variants_create::{VariantsCreate, VariantsCreated};

use std::collections::BTreeSet;

use entity::id::{CategoryId, ProductId, TaxClassId};
use entity::products::{Model, State};

use super::refusal::{Refusal, check_version};
use super::{draft, store, words};
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::text::Sku;
use crate::write::Write;

/// Locks a product that is to be changed; `path` is where the input names it.
async fn open(
    w: &Write,
    product: ProductId,
    expected_version: Option<i64>,
    path: &str,
) -> Result<Model, Stop> {
    let row = store::products::lock(w, product).await?;
    let row = row.ok_or_else(|| Refusal::NotFound("product").at(path))?;
    check_version(expected_version, row.version)?;
    if row.state == State::Archived {
        return Err(Refusal::Archived.at(path).into());
    }
    Ok(row)
}

/// Refuses SKUs that stand twice in the input or belong to others; `path` gives their places.
async fn check_skus(w: &Write, skus: &[&Sku], path: impl Fn(usize) -> String) -> Result<(), Stop> {
    let texts: Vec<&str> = skus.iter().map(|sku| sku.as_str()).collect();
    if let Some(at) = draft::first_double(texts.iter().copied()) {
        return Err(Refusal::Twice("SKU").at(&path(at)).into());
    }
    let taken = store::variants::by_skus(w.read(), &texts).await?;
    let refused = |(at, sku): (usize, &&str)| {
        taken
            .contains_key(*sku)
            .then(|| Refusal::Taken("SKU").at(&path(at)))
    };
    let refused: Vec<_> = texts.iter().enumerate().filter_map(refused).collect();
    if refused.is_empty() {
        return Ok(());
    }
    Err(refused.into())
}

/// The category a product is put into; it stays until the transaction ends.
async fn check_category(w: &Write, category: Option<CategoryId>) -> Result<(), Stop> {
    let Some(category) = category else {
        return Ok(());
    };
    if store::categories::pin(w, &[category]).await?.is_empty() {
        return Err(Refusal::NotFound("category").at("input.categoryId").into());
    }
    Ok(())
}

/// The class a product is taxed by: the given one, or the default.
async fn check_tax_class(w: &Write, given: Option<TaxClassId>) -> Result<TaxClassId, Stop> {
    let found = match given {
        Some(id) => store::tax_classes::by_ids(w.read(), &[id])
            .await?
            .remove(&id),
        None => store::tax_classes::default(w.read()).await?,
    };
    let found = found.ok_or_else(|| Refusal::NotFound("tax class").at("input.taxClassId"))?;
    Ok(found.id)
}

/// The words a product is found under.
fn terms(row: &Model, skus: impl IntoIterator<Item = impl AsRef<str>>) -> BTreeSet<String> {
    let skus: Vec<_> = skus.into_iter().collect();
    let texts = [row.title.as_str(), &row.vendor, &row.product_type];
    words::terms(texts.into_iter().chain(skus.iter().map(AsRef::as_ref)))
}

/// Writes the words of a locked product anew.
async fn find_by(w: &Write, row: &Model) -> Result<(), Stop> {
    let mut variants = store::variants::of_products(w.read(), &[row.id]).await?;
    let variants = variants.remove(&row.id).unwrap_or_default();
    let words = terms(row, variants.iter().map(|variant| &variant.sku));
    store::products::replace_terms(w, &[(row.id, words)]).await
}
