//! One planned product and its images.

use std::collections::{BTreeSet, HashMap};

use entity::id::VariantId;
use entity::product_images;
use entity::products::{Model, State};

use super::variants::Of;
use super::{Known, Merged, Part};
use crate::domain::catalog::state::{Facts, MACHINE};
use crate::domain::catalog::steps::published;
use crate::domain::catalog::words;
use crate::domain::pricing::import_plan::{PlannedProduct, Visibility};
use crate::domain::pricing::refusal::Refusal;
use crate::kernel::error::{Refusal as _, Refused};
use crate::write::Write;

/// Merges a product at its place in the plan.
pub(super) fn merge(
    w: &Write,
    at: usize,
    planned: &PlannedProduct,
    known: &Known,
    part: &mut Part,
) -> Result<Merged, Vec<Refused>> {
    let taken = || vec![Refusal::Taken("slug").at(&format!("input.products.{at}.slug"))];
    let there = known.by_external_id(&planned.external_id);
    let namesake = known.by_slug(planned.slug.as_str());
    match there.or(namesake) {
        None => create(w, at, planned, known, part),
        // Its slug is that of a product from elsewhere.
        Some(row) if there.is_none() && row.external_id.is_some() => Err(taken()),
        Some(row) => revise(w, at, planned, known, row, part),
    }
}

fn create(
    w: &Write,
    at: usize,
    planned: &PlannedProduct,
    known: &Known,
    part: &mut Part,
) -> Result<Merged, Vec<Refused>> {
    let mut row = Model {
        id: w.id(),
        slug: planned.slug.to_string(),
        external_id: Some(planned.external_id.clone()),
        title: planned.title.clone(),
        description_html: planned.description_html.clone(),
        vendor: planned.vendor.clone(),
        product_type: planned.product_type.clone(),
        category_id: planned.category,
        tax_class_id: planned.tax_class,
        state: State::Draft,
        published_at: None,
        version: 1,
        created_at: w.now(),
        updated_at: w.now(),
    };
    let of = Of {
        w,
        at,
        planned,
        known,
        product: row.id,
    };
    let ids = of.create(part)?;
    images(w, planned, &row, &[], &ids, part);
    if planned.visibility == Visibility::Published {
        let step = MACHINE.step(row.state, "publish", &facts(planned));
        row.state = step.unwrap_or(row.state);
        row.published_at = published(None, row.state, w.now());
    }
    let skus = planned.variants.iter().map(|variant| variant.sku.as_str());
    part.sheet.terms.push((row.id, terms(&row, skus)));
    let (product, state) = (row.id, row.state);
    part.sheet.products.push(row);
    Ok(Merged {
        product,
        before: None,
        state,
        fields: Vec::new(),
        repriced: false,
        variants: ids,
    })
}

fn revise(
    w: &Write,
    at: usize,
    planned: &PlannedProduct,
    known: &Known,
    row: &Model,
    part: &mut Part,
) -> Result<Merged, Vec<Refused>> {
    let mut new = row.clone();
    let mut worded = differ(&mut new, planned, &mut part.fields);
    let skus_before = part.revision.variants.len() + part.sheet.variants.len();
    let of = Of {
        w,
        at,
        planned,
        known,
        product: row.id,
    };
    let ids = of.revise(part)?;
    worded |= part.revision.variants.len() + part.sheet.variants.len() > skus_before;
    let there = known
        .shelf
        .images
        .get(&row.id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    images(w, planned, row, there, &ids, part);
    if worded {
        let others = known.shelf.variants.get(&row.id).into_iter().flatten();
        let others = others.filter(|variant| !ids.contains(&variant.id));
        let skus = planned.variants.iter().map(|variant| variant.sku.as_str());
        let words = terms(&new, skus.chain(others.map(|variant| variant.sku.as_str())));
        part.revision.terms.push((row.id, words));
    }
    if !part.fields.is_empty() {
        new.version += 1;
        new.updated_at = w.now();
        part.revision.products.push(new);
    }
    Ok(Merged {
        product: row.id,
        before: Some(row.state),
        state: row.state,
        fields: Vec::new(),
        repriced: false,
        variants: ids,
    })
}

/// Writes what differs into the row; says whether the words it is found under may.
fn differ(row: &mut Model, planned: &PlannedProduct, fields: &mut Vec<String>) -> bool {
    let mut set = |text: &mut String, planned: &String, field: &str| {
        let differs = text != planned;
        if differs {
            text.clone_from(planned);
            fields.push(field.to_owned());
        }
        differs
    };
    let mut worded = set(&mut row.title, &planned.title, "title");
    worded |= set(&mut row.vendor, &planned.vendor, "vendor");
    worded |= set(&mut row.product_type, &planned.product_type, "productType");
    set(
        &mut row.description_html,
        &planned.description_html,
        "descriptionHtml",
    );
    if row.external_id.is_none() {
        row.external_id = Some(planned.external_id.clone());
        fields.push("externalId".to_owned());
    }
    if planned.category.is_some() && row.category_id != planned.category {
        row.category_id = planned.category;
        fields.push("category".to_owned());
    }
    if row.tax_class_id != planned.tax_class {
        row.tax_class_id = planned.tax_class;
        fields.push("taxClass".to_owned());
    }
    worded
}

fn images(
    w: &Write,
    planned: &PlannedProduct,
    row: &Model,
    there: &[product_images::Model],
    ids: &[VariantId],
    part: &mut Part,
) {
    let by_url: HashMap<&str, &product_images::Model> = there
        .iter()
        .map(|image| (image.url.as_str(), image))
        .collect();
    let variants: HashMap<&str, VariantId> = planned
        .variants
        .iter()
        .map(|variant| variant.sku.as_str())
        .zip(ids.iter().copied())
        .collect();
    let mut changed = false;
    for (position, image) in (1_i64..).zip(&planned.images) {
        let variant = image
            .variant
            .as_ref()
            .and_then(|sku| variants.get(sku.as_str()).copied());
        let Some(old) = by_url.get(image.url.as_str()) else {
            changed = true;
            part.sheet.images.push(product_images::Model {
                id: w.id(),
                product_id: row.id,
                variant_id: variant,
                url: image.url.clone(),
                alt: image.alt.clone(),
                position,
                created_at: w.now(),
            });
            continue;
        };
        let mut new = (*old).clone();
        new.position = position;
        new.variant_id = variant.or(new.variant_id);
        if !image.alt.is_empty() {
            new.alt.clone_from(&image.alt);
        }
        if new != **old {
            changed = true;
            part.revision.images.push(new);
        }
    }
    if changed {
        part.fields.push("images".to_owned());
    }
}

fn facts(planned: &PlannedProduct) -> Facts {
    let prices = planned.variants.iter().flat_map(|variant| &variant.prices);
    let channels: BTreeSet<_> = prices.map(|price| price.channel).collect();
    Facts {
        active_variants: count(planned.variants.len()),
        priced_channels: count(channels.len()),
        open_reservations: 0,
    }
}

fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

fn terms<'a>(row: &'a Model, skus: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let texts = [row.title.as_str(), &row.vendor, &row.product_type];
    words::terms(texts.into_iter().chain(skus))
}
