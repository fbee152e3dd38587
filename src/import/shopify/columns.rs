//! Where the columns are, under their older and newer names.

use super::NotProducts;
use crate::import::table::Table;

/// The place of each column that means something to us, if the file has it.
#[derive(Debug)]
pub(super) struct Columns {
    pub handle: Option<usize>,
    pub title: Option<usize>,
    pub body: Option<usize>,
    pub vendor: Option<usize>,
    pub product_type: Option<usize>,
    pub published: Option<usize>,
    pub status: Option<usize>,
    pub option_names: [Option<usize>; 3],
    pub option_values: [Option<usize>; 3],
    pub sku: Option<usize>,
    pub barcode: Option<usize>,
    pub grams: Option<usize>,
    pub tracker: Option<usize>,
    pub quantity: Option<usize>,
    pub policy: Option<usize>,
    pub price: Option<usize>,
    pub compare_at: Option<usize>,
    pub requires_shipping: Option<usize>,
    pub taxable: Option<usize>,
    pub image: Option<usize>,
    pub image_position: Option<usize>,
    pub image_alt: Option<usize>,
    pub variant_image: Option<usize>,
}

impl Columns {
    pub(super) fn of(table: &Table) -> Result<Self, NotProducts> {
        let at = |names: &[&str]| table.column(names);
        let found = Self {
            handle: at(&["handle", "url handle"]),
            title: at(&["title"]),
            body: at(&["body (html)", "body html", "description"]),
            vendor: at(&["vendor"]),
            product_type: at(&["type", "custom product type"]),
            published: at(&["published", "published on online store"]),
            status: at(&["status"]),
            option_names: [
                at(&["option1 name"]),
                at(&["option2 name"]),
                at(&["option3 name"]),
            ],
            option_values: [
                at(&["option1 value"]),
                at(&["option2 value"]),
                at(&["option3 value"]),
            ],
            sku: at(&["variant sku", "sku"]),
            barcode: at(&["variant barcode", "barcode"]),
            grams: at(&["variant grams", "weight value (grams)"]),
            tracker: at(&["variant inventory tracker", "inventory tracker"]),
            quantity: at(&["variant inventory qty", "inventory quantity"]),
            policy: at(&[
                "variant inventory policy",
                "continue selling when out of stock",
            ]),
            price: at(&["variant price", "price"]),
            compare_at: at(&["variant compare at price", "compare-at price"]),
            requires_shipping: at(&["variant requires shipping", "requires shipping"]),
            taxable: at(&["variant taxable", "charge tax"]),
            image: at(&["image src", "product image url"]),
            image_position: at(&["image position"]),
            image_alt: at(&["image alt text"]),
            variant_image: at(&["variant image", "variant image url"]),
        };
        if found.title.is_none() {
            return Err(NotProducts::ColumnMissing("Title"));
        }
        if found.price.is_none() {
            return Err(NotProducts::ColumnMissing("Variant Price"));
        }
        Ok(found)
    }
}
