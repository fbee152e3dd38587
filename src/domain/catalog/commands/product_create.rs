//! `product.create`: adds a product as a draft, with its options, variants and images.

use entity::id::{CategoryId, ProductId, TaxClassId};
use entity::product_images;
use entity::products::{Model, State};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{check_category, check_skus, check_tax_class, terms};
use crate::domain::catalog::draft::{Grams, NewImage, NewVariant, first_double, slug_of};
use crate::domain::catalog::html::Html;
use crate::domain::catalog::image::IMAGES_MAX;
use crate::domain::catalog::options::{Grid, NewOption};
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store;
use crate::domain::catalog::store::layout::{Layout, VariantDraft};
use crate::domain::catalog::store::sheet::Sheet;
use crate::kernel::error::{Refusal as _, Refused, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::text::{Reference, Slug, Title};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// A new product.
#[derive(Debug, Serialize)]
pub struct ProductCreate {
    /// What people call it.
    pub title: Title,
    /// Its name in an address; made from the title where none is given.
    pub slug: Option<Slug>,
    /// Its id in another system.
    pub external_id: Option<Reference>,
    /// What it is.
    pub description: Html,
    /// Who makes it.
    pub vendor: Option<Title>,
    /// The merchant's own sort.
    pub product_type: Option<Title>,
    /// Where it stands in the tree.
    pub category: Option<CategoryId>,
    /// How it is taxed; the default class where none is given.
    pub tax_class: Option<TaxClassId>,
    /// What its variants differ in.
    pub options: Vec<NewOption>,
    /// What one buys.
    pub variants: Vec<NewVariant>,
    /// What it looks like.
    pub images: Vec<NewImage>,
}

/// The product that was created.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProductCreated {
    /// Its id.
    pub product: ProductId,
}

impl Command for ProductCreate {
    const NAME: &'static str = "product.create";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = ProductCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ProductCreated, Stop> {
        let no_slug = || Refused::invalid("input.slug", "The title gives no slug: name one.");
        let slug = self
            .slug
            .clone()
            .or_else(|| slug_of(&self.title))
            .ok_or_else(no_slug)?;
        self.check(w, &slug).await?;
        let tax_class = check_tax_class(w, self.tax_class).await?;
        let row = self.row(w, slug, tax_class);
        let id = row.id;
        let sheet = self.sheet(w, row)?;
        let changes = json!({
            "slug": sheet.products.first().map(|row| &row.slug),
            "variants": sheet.variants.len(),
            "images": sheet.images.len(),
        });
        store::sheet::write(w, sheet).await?;
        let begun = State::Draft.as_str();
        w.audit(
            Entry::new("product", id.uuid(), Self::NAME)
                .begun(begun)
                .changes(changes),
        );
        w.emit(Event::new(
            "product",
            id.uuid(),
            "product.created",
            json!({ "product": id }),
        ));
        Ok(ProductCreated { product: id })
    }
}

impl ProductCreate {
    async fn check(&self, w: &Write, slug: &Slug) -> Result<(), Stop> {
        check_category(w, self.category).await?;
        if store::products::slug_taken(w.read(), slug.as_str(), None).await? {
            return Err(Refusal::Taken("slug").at("input.slug").into());
        }
        if let Some(external_id) = &self.external_id
            && store::products::external_id_taken(w.read(), external_id.as_str(), None).await?
        {
            return Err(Refusal::Taken("external id").at("input.externalId").into());
        }
        let skus: Vec<_> = self.variants.iter().map(|variant| &variant.sku).collect();
        check_skus(w, &skus, |at| format!("input.variants.{at}.sku")).await
    }

    fn row(&self, w: &Write, slug: Slug, tax_class_id: TaxClassId) -> Model {
        let text = |text: &Option<Title>| text.as_ref().map(Title::to_string).unwrap_or_default();
        Model {
            id: w.id(),
            slug: slug.into_string(),
            external_id: self.external_id.as_ref().map(Reference::to_string),
            title: self.title.to_string(),
            description_html: self.description.as_str().to_owned(),
            vendor: text(&self.vendor),
            product_type: text(&self.product_type),
            category_id: self.category,
            tax_class_id,
            state: State::Draft,
            published_at: None,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        }
    }

    fn sheet(&self, w: &Write, row: Model) -> Result<Sheet, Refused> {
        let mut sheet = Sheet::default();
        let grid = Grid::declared(&self.options)
            .map_err(|(refusal, place)| refusal.at(&format!("input.{place}")))?;
        let mut layout = Layout::new(w, row.id, grid, &mut sheet);
        for (at, variant) in self.variants.iter().enumerate() {
            let place = layout
                .grid
                .place(&variant.choices)
                .map_err(|refusal| refusal.at(&format!("input.variants.{at}.options")))?;
            layout.add(w, &place, draft_of(variant, at), &mut sheet);
        }
        sheet.images = self.images(w, row.id)?;
        let skus = self.variants.iter().map(|variant| variant.sku.as_str());
        sheet.terms = vec![(row.id, terms(&row, skus))];
        sheet.products = vec![row];
        Ok(sheet)
    }

    fn images(&self, w: &Write, product: ProductId) -> Result<Vec<product_images::Model>, Refused> {
        if self.images.len() > IMAGES_MAX {
            let refusal = Refusal::TooMany {
                what: "images",
                max: IMAGES_MAX,
            };
            return Err(refusal.at("input.images"));
        }
        if let Some(at) = first_double(self.images.iter().map(|image| image.url.as_str())) {
            return Err(Refusal::Twice("image").at(&format!("input.images.{at}.url")));
        }
        Ok(image_rows(w, product, &self.images, 1))
    }
}

/// A variant at its place in the input.
pub(super) fn draft_of(variant: &NewVariant, at: usize) -> VariantDraft {
    VariantDraft {
        sku: variant.sku.clone(),
        barcode: variant.barcode.clone(),
        weight_grams: variant.weight.map(Grams::get),
        requires_shipping: variant.requires_shipping,
        position: i64::try_from(at).unwrap_or(i64::MAX - 1) + 1,
    }
}

/// The rows of new images, from position `first` on.
pub(super) fn image_rows(
    w: &Write,
    product: ProductId,
    images: &[NewImage],
    first: i64,
) -> Vec<product_images::Model> {
    let row = |(position, image): (i64, &NewImage)| product_images::Model {
        id: w.id(),
        product_id: product,
        variant_id: None,
        url: image.url.to_string(),
        alt: image.alt.clone(),
        position,
        created_at: w.now(),
    };
    (first..).zip(images).map(row).collect()
}
