//! Many new rows of the catalog at once, one statement a table.

use std::collections::BTreeSet;

use entity::id::ProductId;
use entity::{
    product_images, product_option_values, product_options, product_terms, products,
    variant_option_values, variants,
};
use sea_orm::sea_query::OnConflict;

use crate::kernel::error::Stop;
use crate::write::{Write, insert_all};

/// New rows, table by table in the order in which they refer to each other.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Products.
    pub products: Vec<products::Model>,
    /// Their options.
    pub options: Vec<product_options::Model>,
    /// The values of those.
    pub values: Vec<product_option_values::Model>,
    /// Their variants.
    pub variants: Vec<variants::Model>,
    /// The values of those.
    pub choices: Vec<variant_option_values::Model>,
    /// Their images.
    pub images: Vec<product_images::Model>,
    /// The words they are found under.
    pub terms: Vec<(ProductId, BTreeSet<String>)>,
}

impl Sheet {
    /// Adds the rows of another sheet.
    pub fn append(&mut self, mut other: Self) {
        self.products.append(&mut other.products);
        self.options.append(&mut other.options);
        self.values.append(&mut other.values);
        self.variants.append(&mut other.variants);
        self.choices.append(&mut other.choices);
        self.images.append(&mut other.images);
        self.terms.append(&mut other.terms);
    }
}

/// Changes of products that are there, all of them locked.
#[derive(Debug, Default)]
pub struct Revision {
    /// Products with their new values and versions.
    pub products: Vec<products::Model>,
    /// Variants with their new values and versions.
    pub variants: Vec<variants::Model>,
    /// Other values of variants.
    pub choices: Vec<variant_option_values::Model>,
    /// Images with their new text, variant and place.
    pub images: Vec<product_images::Model>,
    /// The words of products anew.
    pub terms: Vec<(ProductId, BTreeSet<String>)>,
}

impl Revision {
    /// Adds the changes of another revision.
    pub fn append(&mut self, mut other: Self) {
        self.products.append(&mut other.products);
        self.variants.append(&mut other.variants);
        self.choices.append(&mut other.choices);
        self.images.append(&mut other.images);
        self.terms.append(&mut other.terms);
    }
}

/// Writes the changes; new rows they refer to are written before.
pub async fn revise(w: &Write, revision: Revision) -> Result<(), Stop> {
    update_products(w, revision.products).await?;
    update_variants(w, revision.variants).await?;
    update_choices(w, revision.choices).await?;
    super::images::change(w, revision.images).await?;
    super::products::replace_terms(w, &revision.terms).await
}

/// Inserts the rows.
pub async fn write(w: &Write, sheet: Sheet) -> Result<(), Stop> {
    insert_all(w, sheet.products, None).await?;
    insert_all(w, sheet.options, None).await?;
    insert_all(w, sheet.values, None).await?;
    insert_all(w, sheet.variants, None).await?;
    insert_all(w, sheet.choices, None).await?;
    insert_all(w, sheet.images, None).await?;
    let mut terms = Vec::new();
    for (product, words) in sheet.terms {
        terms.extend(words.into_iter().map(|term| product_terms::Model {
            term,
            product_id: product,
        }));
    }
    insert_all(w, terms, None).await?;
    Ok(())
}

async fn update_products(w: &Write, rows: Vec<products::Model>) -> Result<(), Stop> {
    use products::Column;
    let columns = [
        Column::ExternalId,
        Column::Title,
        Column::DescriptionHtml,
        Column::Vendor,
        Column::ProductType,
        Column::CategoryId,
        Column::TaxClassId,
        Column::Version,
        Column::UpdatedAt,
    ];
    let again = OnConflict::column(Column::Id)
        .update_columns(columns)
        .to_owned();
    insert_all(w, rows, Some(again)).await?;
    Ok(())
}

async fn update_variants(w: &Write, rows: Vec<variants::Model>) -> Result<(), Stop> {
    use variants::Column;
    let columns = [
        Column::Sku,
        Column::Barcode,
        Column::Title,
        Column::Position,
        Column::WeightGrams,
        Column::RequiresShipping,
        Column::Version,
        Column::UpdatedAt,
    ];
    let again = OnConflict::column(Column::Id)
        .update_columns(columns)
        .to_owned();
    insert_all(w, rows, Some(again)).await?;
    Ok(())
}

async fn update_choices(w: &Write, rows: Vec<variant_option_values::Model>) -> Result<(), Stop> {
    use variant_option_values::Column;
    let again = OnConflict::columns([Column::VariantId, Column::OptionId])
        .update_column(Column::ValueId)
        .to_owned();
    insert_all(w, rows, Some(again)).await?;
    Ok(())
}
