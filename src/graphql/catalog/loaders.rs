//! Loaders of the catalog, its prices and what is in stock of it.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entity::id::{CategoryId, ChannelId, ProductId, TaxClassId, VariantId};
use entity::{
    categories, prices, product_images, product_listings, products, stock_levels, tax_classes,
    variants,
};

use crate::domain::catalog::state::Facts;
use crate::domain::catalog::store;
use crate::domain::catalog::store::children::{ChosenRow, OptionRow};
use crate::domain::inventory;
use crate::domain::inventory::availability::Availability;
use crate::domain::pricing;
use crate::domain::search::filter::{Sort, View};
use crate::domain::search::store as search;
use crate::graphql::loader::{LoadFault, Rows};
use crate::kernel::error::{Fault, Stop};
use crate::kernel::page::Page;

/// The most categories below the ones asked for that one request reads.
const CHILDREN_MAX: u64 = 2_000;

/// A key that is an id, and how its rows are read.
macro_rules! by_id {
    ($($(#[doc = $doc:literal])+ $key:ident($id:ty) => $value:ty, |$read:ident, $ids:ident| $load:expr;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $key(pub $id);

        impl Loader<$key> for Rows {
            type Value = $value;
            type Error = LoadFault;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Self::Value>, LoadFault> {
                let $ids: Vec<$id> = keys.iter().map(|key| key.0).collect();
                let ($read, $ids) = (&self.read, &$ids);
                let found: HashMap<$id, $value> = $load.await?;
                Ok(found.into_iter().map(|(id, value)| ($key(id), value)).collect())
            }
        }
    )+};
}

by_id! {
    /// A product by id, whoever asks.
    ProductById(ProductId) => products::Model, |read, ids| store::products::by_ids(read, ids);
    /// A variant by id, whoever asks.
    VariantById(VariantId) => variants::Model, |read, ids| store::variants::by_ids(read, ids);
    /// The variants of a product, the inactive ones too.
    VariantsOf(ProductId) => Vec<variants::Model>, |read, ids| store::variants::of_products(read, ids);
    /// The options of a product.
    OptionsOf(ProductId) => Vec<OptionRow>, |read, ids| store::children::options(read, ids);
    /// The values of a variant.
    ChosenOf(VariantId) => Vec<ChosenRow>, |read, ids| store::children::chosen(read, ids);
    /// The images of a product.
    ImagesOf(ProductId) => Vec<product_images::Model>, |read, ids| store::images::of_products(read, ids);
    /// A category by id.
    CategoryById(CategoryId) => categories::Model, |read, ids| store::categories::by_ids(read, ids);
    /// The categories right below one.
    ChildrenOf(CategoryId) => Vec<categories::Model>, |read, ids| store::categories::children(read, ids, CHILDREN_MAX);
    /// The way from a category to the top, itself first.
    WayOf(CategoryId) => Vec<CategoryId>, |read, ids| store::tree::above(read, ids);
    /// A tax class by id.
    TaxClassById(TaxClassId) => tax_classes::Model, |read, ids| store::tax_classes::by_ids(read, ids);
    /// The prices of a variant in all channels.
    PricesOf(VariantId) => Vec<prices::Model>, |read, ids| pricing::store::prices::of_variants(read, ids);
    /// How much of a variant can be promised.
    AvailabilityOf(VariantId) => Availability, |read, ids| inventory::store::availability(read, ids);
    /// What lies where of a variant.
    LevelsOf(VariantId) => Vec<stock_levels::Model>, |read, ids| levels(read, ids);
    /// What decides about the life of a product.
    FactsOf(ProductId) => Facts, |read, ids| pricing::store::facts::of(read, ids);
}

async fn levels(
    read: &crate::db::Reader,
    ids: &[VariantId],
) -> Result<HashMap<VariantId, Vec<stock_levels::Model>>, Fault> {
    let mut by_variant: HashMap<VariantId, Vec<stock_levels::Model>> = HashMap::new();
    for row in inventory::store::levels::of(read, ids).await? {
        by_variant.entry(row.variant_id).or_default().push(row);
    }
    Ok(by_variant)
}

/// The keys grouped by what they share, so that each group is one statement.
fn grouped<K: Copy, S: Eq + std::hash::Hash, I>(
    keys: &[K],
    split: impl Fn(K) -> (S, I),
) -> HashMap<S, Vec<I>> {
    let mut groups: HashMap<S, Vec<I>> = HashMap::new();
    for key in keys {
        let (shared, id) = split(*key);
        groups.entry(shared).or_default().push(id);
    }
    groups
}

/// A product, if the viewer may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seen(pub View, pub ProductId);

impl Loader<Seen> for Rows {
    type Value = products::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[Seen]) -> Result<HashMap<Seen, Self::Value>, LoadFault> {
        let mut found = HashMap::new();
        for (view, ids) in grouped(keys, |key| (key.0, key.1)) {
            let rows = search::by_ids(&self.read, view, &ids).await?;
            found.extend(rows.into_iter().map(|(id, row)| (Seen(view, id), row)));
        }
        Ok(found)
    }
}

/// The price of a variant in a channel; none where the channel does not sell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PriceIn(pub ChannelId, pub VariantId);

impl Loader<PriceIn> for Rows {
    type Value = Option<prices::Model>;
    type Error = LoadFault;

    async fn load(&self, keys: &[PriceIn]) -> Result<HashMap<PriceIn, Self::Value>, LoadFault> {
        let mut found = HashMap::new();
        for (channel, ids) in grouped(keys, |key| (key.0, key.1)) {
            let mut rows = pricing::store::prices::in_channel(&self.read, channel, &ids).await?;
            let price = |id| (PriceIn(channel, id), rows.remove(&id));
            found.extend(ids.into_iter().map(price));
        }
        Ok(found)
    }
}

/// What a channel lists of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListingIn(pub ChannelId, pub ProductId);

impl Loader<ListingIn> for Rows {
    type Value = product_listings::Model;
    type Error = LoadFault;

    async fn load(&self, keys: &[ListingIn]) -> Result<HashMap<ListingIn, Self::Value>, LoadFault> {
        let mut found = HashMap::new();
        for (channel, ids) in grouped(keys, |key| (key.0, key.1)) {
            let rows = pricing::store::listings::in_channel(&self.read, channel, &ids).await?;
            found.extend(
                rows.into_iter()
                    .map(|(id, row)| (ListingIn(channel, id), row)),
            );
        }
        Ok(found)
    }
}

/// The beginning of the list of products in a category and those below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProductsIn {
    /// Who looks.
    pub view: View,
    /// In which order.
    pub sort: Sort,
    /// How many.
    pub page: Page,
    /// Where.
    pub category: CategoryId,
}

impl Loader<ProductsIn> for Rows {
    type Value = Vec<search::Hit>;
    type Error = LoadFault;

    async fn load(
        &self,
        keys: &[ProductsIn],
    ) -> Result<HashMap<ProductsIn, Self::Value>, LoadFault> {
        // Pages of different lists differ in their cursors only: what is read is the same.
        let mut groups: HashMap<_, Vec<&ProductsIn>> = HashMap::new();
        for key in keys {
            let page = &key.page;
            let shared = (
                key.view,
                key.sort,
                page.limit,
                page.backward,
                page.edge.clone(),
            );
            groups.entry(shared).or_default().push(key);
        }
        let mut found = HashMap::new();
        for keys in groups.into_values() {
            let categories: Vec<CategoryId> = keys.iter().map(|key| key.category).collect();
            let Some(first) = keys.first() else {
                continue;
            };
            let (view, sort, page) = (first.view, first.sort, &first.page);
            let hits = search::probes(&self.read, view, sort, &categories, page);
            let mut hits = hits.await.map_err(plain)?;
            for key in keys {
                let rows = hits.remove(&key.category).unwrap_or_default();
                found.insert(key.clone(), rows);
            }
        }
        Ok(found)
    }
}

/// How many products a category has with those below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountIn(pub View, pub CategoryId);

impl Loader<CountIn> for Rows {
    type Value = u64;
    type Error = LoadFault;

    async fn load(&self, keys: &[CountIn]) -> Result<HashMap<CountIn, Self::Value>, LoadFault> {
        let mut found = HashMap::new();
        for (view, ids) in grouped(keys, |key| (key.0, key.1)) {
            let counts = search::counts(&self.read, view, &ids).await?;
            found.extend(
                counts
                    .into_iter()
                    .map(|(id, rows)| (CountIn(view, id), rows)),
            );
        }
        Ok(found)
    }
}

fn plain(stop: Stop) -> Fault {
    match stop {
        Stop::Fault(fault) => fault,
        Stop::Stale => Fault::Busy,
        Stop::Refused(_) => Fault::bug("a list without a cursor was refused"),
    }
}
