//! Whether a planned product can be at all: what its form says, before anything is read of the shop.

use std::collections::{HashMap, HashSet};

use entity::id::{CategoryId, ChannelId, TaxClassId};

use super::import_plan::{
    IMAGES_MAX, ImportPlan, OPTIONS_MAX, PlannedProduct, PlannedStock, PlannedVariant, VARIANTS_MAX,
};
use super::price;
use super::refusal::Refusal;
use crate::domain::catalog::draft::Grams;
use crate::domain::catalog::image::ImageUrl;
use crate::kernel::error::{Code, Refusal as _, Refused};
use crate::kernel::money::Currency;
use crate::kernel::text::{Reference, Title};

/// The most pieces a count may find.
const ON_HAND_MAX: i64 = 1_000_000_000;

/// What of the shop a plan refers to.
#[derive(Debug, Default)]
pub struct World {
    /// Channels with their currencies.
    pub channels: HashMap<ChannelId, Currency>,
    /// Categories that exist.
    pub categories: HashSet<CategoryId>,
    /// Tax classes that exist.
    pub tax_classes: HashSet<TaxClassId>,
}

/// What is wrong with each product of the plan, in its order; paths start at `input.products.N`.
pub fn check(plan: &ImportPlan, world: &World) -> Vec<Vec<Refused>> {
    let mut seen = Seen::default();
    let one = |(at, product)| {
        let path = format!("input.products.{at}");
        let mut refused = form(product, world, &path);
        refused.extend(seen.doubles(product, &path));
        refused
    };
    plan.products.iter().enumerate().map(one).collect()
}

#[derive(Default)]
struct Seen<'a> {
    external_ids: HashSet<&'a str>,
    slugs: HashSet<&'a str>,
    skus: HashSet<&'a str>,
}

impl<'a> Seen<'a> {
    fn doubles(&mut self, product: &'a PlannedProduct, path: &str) -> Vec<Refused> {
        let twice = |what: &str, place: &str| {
            let message = format!("This {what} stands twice in the import.");
            Refused::new(Code::AlreadyExists, message).at(&format!("{path}.{place}"))
        };
        let mut refused = Vec::new();
        if !self.external_ids.insert(&product.external_id) {
            refused.push(twice("id", "externalId"));
        }
        if !self.slugs.insert(product.slug.as_str()) {
            refused.push(twice("slug", "slug"));
        }
        for (nth, variant) in product.variants.iter().enumerate() {
            if !self.skus.insert(variant.sku.as_str()) {
                refused.push(twice("SKU", &format!("variants.{nth}.sku")));
            }
        }
        refused
    }
}

fn form(product: &PlannedProduct, world: &World, path: &str) -> Vec<Refused> {
    let mut refused = Vec::new();
    let mut need = |holds: bool, place: &str, message: &str| {
        if !holds {
            refused.push(Refused::invalid(&format!("{path}.{place}"), message));
        }
    };
    let few = "has too many of them for one product.";
    need(
        Reference::parse(&product.external_id).is_ok(),
        "externalId",
        "must have 1 to 255 characters.",
    );
    need(
        Title::parse(&product.title).is_ok(),
        "title",
        "must have 1 to 255 characters.",
    );
    need(
        product.vendor.chars().count() <= 255,
        "vendor",
        "must have at most 255 characters.",
    );
    let kind = product.product_type.chars().count();
    need(
        kind <= 255,
        "productType",
        "must have at most 255 characters.",
    );
    let category = product
        .category
        .is_none_or(|id| world.categories.contains(&id));
    need(category, "category", "There is no such category.");
    let tax_class = world.tax_classes.contains(&product.tax_class);
    need(tax_class, "taxClass", "There is no such tax class.");
    need(product.options.len() <= OPTIONS_MAX, "options", few);
    need(
        !product.variants.is_empty(),
        "variants",
        "A product needs a variant.",
    );
    need(product.variants.len() <= VARIANTS_MAX, "variants", few);
    need(product.images.len() <= IMAGES_MAX, "images", few);
    let mut urls = HashSet::new();
    for (nth, image) in product.images.iter().enumerate() {
        let place = format!("images.{nth}.url");
        need(
            ImageUrl::parse(&image.url).is_ok(),
            &place,
            "is not an address of an image.",
        );
        need(urls.insert(&image.url), &place, "stands twice.");
        need(
            image.alt.chars().count() <= 1_000,
            &place,
            "has too long a text.",
        );
    }
    for (nth, variant) in product.variants.iter().enumerate() {
        let path = format!("{path}.variants.{nth}");
        refused.extend(variant_form(variant, product.options.len(), world, &path));
    }
    refused
}

fn variant_form(
    variant: &PlannedVariant,
    options: usize,
    world: &World,
    path: &str,
) -> Vec<Refused> {
    let mut refused = Vec::new();
    let mut need = |holds: bool, place: &str, message: &str| {
        if !holds {
            refused.push(Refused::invalid(&format!("{path}.{place}"), message));
        }
    };
    need(
        variant.values.len() == options,
        "values",
        "needs one value of each option.",
    );
    let words = variant
        .values
        .iter()
        .all(|value| Title::parse(value).is_ok());
    need(words, "values", "must have 1 to 255 characters each.");
    let barcode = variant
        .barcode
        .as_ref()
        .is_none_or(|code| Reference::parse(code).is_ok());
    need(barcode, "barcode", "must have 1 to 255 characters.");
    let weight = variant
        .weight_grams
        .is_none_or(|grams| Grams::new(grams).is_some());
    need(weight, "weightGrams", "must be from 0 to 1,000,000,000.");
    if let PlannedStock::Tracked { on_hand, .. } = variant.stock {
        need(
            (0..=ON_HAND_MAX).contains(&on_hand),
            "stock",
            "must be from 0 to 1,000,000,000.",
        );
    }
    let mut channels = HashSet::new();
    for (nth, planned) in variant.prices.iter().enumerate() {
        let place = |field: &str| format!("{path}.prices.{nth}.{field}");
        let Some(currency) = world.channels.get(&planned.channel) else {
            refused.push(Refusal::NotFound("channel").at(&place("channel")));
            continue;
        };
        if !channels.insert(planned.channel) {
            refused.push(Refusal::Twice.at(&place("channel")));
        }
        if let Err((refusal, field)) = price::check(planned.amount, planned.compare_at, *currency) {
            refused.push(refusal.at(&place(field)));
        }
    }
    refused
}

#[cfg(test)]
#[path = "import_check_test.rs"]
mod tests;
