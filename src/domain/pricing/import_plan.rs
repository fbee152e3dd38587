//! What an import brings: whole products with options, variants, images, prices and stock, checked
//! in form, and what became of each.
//!
//! A product is known by `external_id` (where none has it, by its slug), a variant by its SKU; so
//! the same plan carried out twice changes nothing. What a plan does not name is left alone:
//! variants, images and prices beyond it stay. Deliberately absent: where the plan came from.

use entity::id::{CategoryId, ChannelId, LocationId, ProductId, TaxClassId};
use entity::stock_policies::Oversell;
use serde::{Deserialize, Serialize};

use crate::kernel::error::Refused;
use crate::kernel::money::Money;
use crate::kernel::text::{Sku, Slug};

/// The most products one command takes.
pub const PRODUCTS_MAX: usize = 500;
/// The most options a product has.
pub const OPTIONS_MAX: usize = 3;
/// The most variants of one product that an import brings.
pub const VARIANTS_MAX: usize = 250;
/// The most images of one product that an import brings.
pub const IMAGES_MAX: usize = 250;

/// Products to create or to bring up to date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportPlan {
    /// Where tracked stock lies.
    pub location: LocationId,
    /// At most [`PRODUCTS_MAX`], no two with one `external_id`, slug or SKU.
    pub products: Vec<PlannedProduct>,
}

/// A product as it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedProduct {
    /// Its id in the system it comes from (a Shopify handle), at most 255 characters.
    pub external_id: String,
    /// Its name in an address; taken for a new product only.
    pub slug: Slug,
    /// What people call it, 1 to 255 characters.
    pub title: String,
    /// Sanitized HTML.
    pub description_html: String,
    /// Who makes it; may be empty.
    pub vendor: String,
    /// The merchant's own sort; may be empty.
    pub product_type: String,
    /// Where it stands in the tree; none leaves an existing product where it is.
    pub category: Option<CategoryId>,
    /// How it is taxed.
    pub tax_class: TaxClassId,
    /// Whether it shall be seen.
    pub visibility: Visibility,
    /// At most [`OPTIONS_MAX`]; none for a product with a single variant.
    pub options: Vec<PlannedOption>,
    /// At least one.
    pub variants: Vec<PlannedVariant>,
    /// In their order, each URL once.
    pub images: Vec<PlannedImage>,
}

/// Whether customers shall see a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// A draft is published, a suspended one resumed; an ended life is left as it is.
    Published,
    /// A new one stays a draft, an active one is suspended.
    Hidden,
}

/// An option with its values in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedOption {
    /// As in "Size"; unique within the product.
    pub name: String,
    /// As in "S", "M"; each once, every value that a variant names.
    pub values: Vec<String>,
}

/// A variant as it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedVariant {
    /// Its number, unique in the shop.
    pub sku: Sku,
    /// One value per option of the product, in the same order.
    pub values: Vec<String>,
    /// What a scanner reads.
    pub barcode: Option<String>,
    /// Unknown where none.
    pub weight_grams: Option<i64>,
    /// Whether there is something to send.
    pub requires_shipping: bool,
    /// At most one per channel.
    pub prices: Vec<PlannedPrice>,
    /// How it is counted.
    pub stock: PlannedStock,
}

/// What a variant costs in a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedPrice {
    /// Where.
    pub channel: ChannelId,
    /// In the channel's currency.
    pub amount: Money,
    /// The price it is compared with, higher than `amount`.
    pub compare_at: Option<Money>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlannedStock {
    /// Nobody counts: it can always be bought.
    Untracked,
    /// Counted.
    Tracked {
        /// Pieces at the plan's location.
        on_hand: i64,
        /// Whether more may be sold than there is.
        oversell: Oversell,
    },
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedImage {
    /// `https:`, `http:` or a path on this server.
    pub url: String,
    /// What it shows; may be empty.
    pub alt: String,
    /// The variant it shows, if one.
    pub variant: Option<Sku>,
}

/// What became of the products, in the order of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// One for each product of the plan.
    pub products: Vec<ImportedProduct>,
}

/// What became of one product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedProduct {
    /// As planned.
    pub external_id: String,
    /// What happened.
    pub outcome: Outcome,
}

/// What happened to a product, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is new.
    Created(ProductId),
    /// It differed in these fields: `title`, `images`, `variants.SKU.price`, ….
    Updated(ProductId, Vec<String>),
    /// It was as planned.
    Unchanged(ProductId),
    /// It cannot be; nothing of it was written. Paths start at `input.products.N`.
    Refused(Vec<Refused>),
}
