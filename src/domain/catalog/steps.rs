//! Parts of verbs that areas further down the line call.

use std::collections::{BTreeSet, HashMap};

use entity::id::{CategoryId, ProductId, TaxClassId, VariantId};
use entity::products::{self, State};
use entity::variants;

use super::store;
pub use super::store::children::OptionRow;
pub use super::store::layout::{Choices, Layout, VariantDraft, place_of};
pub use super::store::sheet::{Revision, Sheet};
use crate::kernel::clock::Instant;
use crate::kernel::error::Stop;
use crate::write::Write;

/// Inserts many new rows of the catalog; their unique values are checked before.
pub async fn add(w: &mut Write, sheet: Sheet) -> Result<(), Stop> {
    store::sheet::write(w, sheet).await
}

/// Locks a product.
pub async fn lock(w: &mut Write, id: ProductId) -> Result<Option<products::Model>, Stop> {
    Ok(store::products::lock(w, id).await?)
}

/// Locks products in the order of their ids.
pub async fn lock_all(
    w: &mut Write,
    ids: &[ProductId],
) -> Result<HashMap<ProductId, products::Model>, Stop> {
    Ok(store::products::lock_all(w, ids).await?)
}

/// Locks a variant, whose product is locked before.
pub async fn lock_variant(w: &mut Write, id: VariantId) -> Result<Option<variants::Model>, Stop> {
    Ok(store::variants::lock(w, id).await?)
}

/// The variant with that id, not locked.
pub async fn variant(w: &mut Write, id: VariantId) -> Result<Option<variants::Model>, Stop> {
    Ok(store::variants::by_ids(w.read(), &[id]).await?.remove(&id))
}

/// Moves a locked product to the state its machine has allowed; the first publication is noted.
pub async fn set_state(w: &mut Write, row: &products::Model, to: State) -> Result<(), Stop> {
    let published_at = published(row.published_at, to, w.now());
    store::products::set_state(w, row, to, published_at).await
}

/// When a product that moves to `to` was first published.
pub fn published(before: Option<Instant>, to: State, now: Instant) -> Option<Instant> {
    before.or((to == State::Active).then_some(now))
}

/// Puts a locked variant of a locked product on or off sale.
pub async fn set_active(
    w: &mut Write,
    product: &products::Model,
    row: &variants::Model,
    active: bool,
) -> Result<(), Stop> {
    let row = variants::Model {
        active,
        ..row.clone()
    };
    store::variants::change(w, &row).await?;
    store::products::touch(w, product).await
}

/// Everything the catalog knows of some products, read in a few statements.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The options of each product, in their order.
    pub options: HashMap<ProductId, Vec<OptionRow>>,
    /// The variants of each product, in their order.
    pub variants: HashMap<ProductId, Vec<variants::Model>>,
    /// The values of each variant.
    pub choices: HashMap<VariantId, Choices>,
    /// The images of each product, in their order.
    pub images: HashMap<ProductId, Vec<entity::product_images::Model>>,
}

/// Reads what belongs to locked products.
pub async fn shelf(w: &mut Write, ids: &[ProductId]) -> Result<Shelf, Stop> {
    let read = w.read();
    let variants = store::variants::of_products(read, ids).await?;
    let all: Vec<VariantId> = variants
        .values()
        .flatten()
        .map(|variant| variant.id)
        .collect();
    Ok(Shelf {
        options: store::children::options(read, ids).await?,
        choices: store::children::choices(read, &all).await?,
        images: store::images::of_products(read, ids).await?,
        variants,
    })
}

/// The products with one of these ids of another system or slugs, locked in the order of their ids.
pub async fn lock_known(
    w: &mut Write,
    external_ids: &[&str],
    slugs: &[&str],
) -> Result<Vec<products::Model>, Stop> {
    Ok(store::products::lock_known(w, external_ids, slugs).await?)
}

/// Which of these SKUs exist, and whose they are.
pub async fn skus(w: &mut Write, skus: &[&str]) -> Result<HashMap<String, variants::Model>, Stop> {
    Ok(store::variants::by_skus(w.read(), skus).await?)
}

/// Writes changes of products that are there; new rows they refer to are written before.
pub async fn revise(w: &mut Write, revision: Revision) -> Result<(), Stop> {
    store::sheet::revise(w, revision).await
}

/// Moves locked products that are in `from` to `to`, as their machine has allowed.
pub async fn move_all(
    w: &mut Write,
    ids: &[ProductId],
    from: State,
    to: State,
) -> Result<(), Stop> {
    let moved = store::products::move_all(w, ids, from, to).await?;
    if usize::try_from(moved) == Ok(ids.len()) {
        return Ok(());
    }
    Err(Stop::Stale)
}

/// Which of these categories and tax classes exist; the categories until the transaction ends.
pub async fn pin(
    w: &mut Write,
    categories: &[CategoryId],
    classes: &[TaxClassId],
) -> Result<(BTreeSet<CategoryId>, BTreeSet<TaxClassId>), Stop> {
    let categories = store::categories::pin(w, categories)
        .await?
        .into_iter()
        .collect();
    let classes = store::tax_classes::by_ids(w.read(), classes)
        .await?
        .into_keys()
        .collect();
    Ok((categories, classes))
}

/// Locks the products of variants in the order of their ids; gives the product of each variant
/// that exists.
pub async fn lock_of_variants(
    w: &mut Write,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, ProductId>, Stop> {
    let found = store::variants::by_ids(w.read(), variants).await?;
    let products: BTreeSet<ProductId> = found.values().map(|row| row.product_id).collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    store::products::lock_all(w, &products).await?;
    Ok(found
        .into_iter()
        .map(|(id, row)| (id, row.product_id))
        .collect())
}
