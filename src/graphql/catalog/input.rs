//! Inputs that several verbs share.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::id::TypedId;

use crate::domain::catalog::draft::{Grams, NewImage, NewVariant};
use crate::domain::catalog::html::Html;
use crate::domain::catalog::image::ImageUrl;
use crate::domain::catalog::options::{Choice, NewOption};
use crate::graphql::context::parse_id;
use crate::graphql::input::{each, optional, parsed};
use crate::kernel::error::Refused;
use crate::kernel::text::{Reference, Sku, TextError, Title};

/// What the variants of a new product differ in.
#[derive(InputObject)]
pub struct ProductOptionInput {
    /// Such as "Size".
    name: String,
    /// Its values in their order; values that only variants name are added behind.
    #[graphql(default)]
    values: Vec<String>,
}

/// A value that a variant has.
#[derive(InputObject)]
pub struct SelectedOptionInput {
    /// The option, such as "Size".
    name: String,
    /// The value, such as "M".
    value: String,
}

/// A new variant.
#[derive(InputObject)]
pub struct ProductVariantInput {
    /// The merchant's number; unique in the shop.
    sku: String,
    /// GTIN or the like.
    barcode: Option<String>,
    /// One value of each option of the product.
    #[graphql(default)]
    options: Vec<SelectedOptionInput>,
    /// What it weighs with its packing, in grams; leave out if unknown.
    weight_grams: Option<i32>,
    /// Whether it has to be sent.
    #[graphql(default = true)]
    requires_shipping: bool,
}

/// A new image.
#[derive(InputObject)]
pub struct ProductImageInput {
    /// Where it is: an address that begins with https:// or http://, or a path on this server.
    url: String,
    /// What it shows, for those who do not see it.
    #[graphql(default)]
    alt: String,
}

/// Options of a new product.
pub(super) fn options(list: &[ProductOptionInput]) -> Result<Vec<NewOption>, Refused> {
    each("input.options", list, |path, option| {
        Ok(NewOption {
            name: title(&format!("{path}.name"), &option.name)?,
            values: each(&format!("{path}.values"), &option.values, |path, value| {
                title(path, value)
            })?,
        })
    })
}

/// New variants.
pub(super) fn variants(list: &[ProductVariantInput]) -> Result<Vec<NewVariant>, Refused> {
    each("input.variants", list, |path, variant| {
        let barcode = variant.barcode.as_deref();
        Ok(NewVariant {
            sku: parsed(&format!("{path}.sku"), &variant.sku, Sku::parse)?,
            barcode: barcode
                .map(|text| parsed(&format!("{path}.barcode"), text, Reference::parse))
                .transpose()?,
            choices: each(&format!("{path}.options"), &variant.options, |path, one| {
                Ok(Choice {
                    option: title(&format!("{path}.name"), &one.name)?,
                    value: title(&format!("{path}.value"), &one.value)?,
                })
            })?,
            weight: variant
                .weight_grams
                .map(|weight| grams(&format!("{path}.weightGrams"), weight))
                .transpose()?,
            requires_shipping: variant.requires_shipping,
        })
    })
}

/// New images.
pub(super) fn images(list: &[ProductImageInput]) -> Result<Vec<NewImage>, Refused> {
    each("input.images", list, |path, image| {
        Ok(NewImage {
            url: parsed(&format!("{path}.url"), &image.url, ImageUrl::parse)?,
            alt: alt(&format!("{path}.alt"), &image.alt)?,
        })
    })
}

/// What an image shows.
pub(super) fn alt(path: &str, text: &str) -> Result<String, Refused> {
    optional(path, text, 1_000)
}

/// A name for people.
pub(super) fn title(path: &str, text: &str) -> Result<Title, Refused> {
    parsed(path, text, Title::parse)
}

/// A description.
pub(super) fn html(path: &str, text: &str) -> Result<Html, Refused> {
    parsed(path, text, Html::sanitize)
}

/// A weight.
pub(super) fn grams(path: &str, weight: i32) -> Result<Grams, Refused> {
    let bad = || Refused::invalid(path, "A weight is from 0 to 1,000,000,000 grams.");
    Grams::new(weight.into()).ok_or_else(bad)
}

/// A place among siblings.
pub(super) fn position(path: &str, position: Option<i32>) -> Result<Option<i64>, Refused> {
    if position.is_some_and(i32::is_negative) {
        return Err(Refused::invalid(path, "A position is not below zero."));
    }
    Ok(position.map(i64::from))
}

/// A text, if one is given.
pub(super) fn given<T>(
    path: &str,
    text: Option<&String>,
    parse: impl Fn(&str) -> Result<T, TextError>,
) -> Result<Option<T>, Refused> {
    text.map(|text| parsed(path, text, parse)).transpose()
}

/// An id, if one is given.
pub(super) fn given_id<T: TypedId>(path: &str, id: Option<&ID>) -> Result<Option<T>, Refused> {
    id.map(|id| parse_id(id, path)).transpose()
}

/// What is left out stays, null and the empty text remove, a text is set.
pub(super) fn change<T>(
    path: &str,
    text: &MaybeUndefined<String>,
    parse: impl Fn(&str) -> Result<T, TextError>,
) -> Result<Option<Option<T>>, Refused> {
    match text {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => Ok(Some(None)),
        MaybeUndefined::Value(text) if text.trim().is_empty() => Ok(Some(None)),
        MaybeUndefined::Value(text) => Ok(Some(Some(parsed(path, text, parse)?))),
    }
}

/// What is left out stays, null removes, an id is set.
pub(super) fn change_id<T: TypedId>(
    path: &str,
    id: &MaybeUndefined<ID>,
) -> Result<Option<Option<T>>, Refused> {
    match id {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => Ok(Some(None)),
        MaybeUndefined::Value(id) => Ok(Some(Some(parse_id(id, path)?))),
    }
}
