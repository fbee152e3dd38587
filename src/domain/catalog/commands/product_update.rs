//! `product.update`: changes what a product says of itself.

use entity::id::{CategoryId, ProductId, TaxClassId};
use entity::products::Model;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{check_category, check_tax_class, find_by, open};
use crate::domain::catalog::html::Html;
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::text::{Reference, Slug, Title};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays, and an inner `None` removes.
#[derive(Debug, Serialize)]
pub struct ProductUpdate {
    /// Which product.
    pub product: ProductId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// What people call it.
    pub title: Option<Title>,
    /// Its name in an address.
    pub slug: Option<Slug>,
    /// Its id in another system.
    pub external_id: Option<Option<Reference>>,
    /// What it is.
    pub description: Option<Html>,
    /// Who makes it.
    pub vendor: Option<Option<Title>>,
    /// The merchant's own sort.
    pub product_type: Option<Option<Title>>,
    /// Where it stands in the tree.
    pub category: Option<Option<CategoryId>>,
    /// How it is taxed.
    pub tax_class: Option<TaxClassId>,
}

/// The product that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProductUpdated {
    /// Its id.
    pub product: ProductId,
}

impl Command for ProductUpdate {
    const NAME: &'static str = "product.update";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = ProductUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ProductUpdated, Stop> {
        // Categories are locked before products.
        check_category(w, self.category.flatten()).await?;
        let mut row = open(w, self.product, self.expected_version, "input.id").await?;
        let fields = self.fields();
        if fields.is_empty() {
            return Err(Refusal::NothingToDo.into());
        }
        self.check(w, &row).await?;
        self.apply(&mut row);
        store::products::change(w, &row).await?;
        if self.title.is_some() || self.vendor.is_some() || self.product_type.is_some() {
            find_by(w, &row).await?;
        }
        let id = row.id;
        let changes = json!({ "fields": fields });
        w.audit(Entry::new("product", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "product": id, "fields": fields });
        w.emit(Event::new("product", id.uuid(), "product.updated", data));
        Ok(ProductUpdated { product: id })
    }
}

impl ProductUpdate {
    async fn check(&self, w: &Write, row: &Model) -> Result<(), Stop> {
        if let Some(slug) = &self.slug
            && store::products::slug_taken(w.read(), slug.as_str(), Some(row.id)).await?
        {
            return Err(Refusal::Taken("slug").at("input.slug").into());
        }
        if let Some(Some(other)) = &self.external_id
            && store::products::external_id_taken(w.read(), other.as_str(), Some(row.id)).await?
        {
            return Err(Refusal::Taken("external id").at("input.externalId").into());
        }
        if self.tax_class.is_some() {
            check_tax_class(w, self.tax_class).await?;
        }
        Ok(())
    }

    fn apply(&self, row: &mut Model) {
        let text = |text: &Option<Title>| text.as_ref().map(Title::to_string).unwrap_or_default();
        if let Some(title) = &self.title {
            row.title = title.to_string();
        }
        if let Some(slug) = &self.slug {
            row.slug = slug.to_string();
        }
        if let Some(external_id) = &self.external_id {
            row.external_id = external_id.as_ref().map(Reference::to_string);
        }
        if let Some(description) = &self.description {
            description.as_str().clone_into(&mut row.description_html);
        }
        if let Some(vendor) = &self.vendor {
            row.vendor = text(vendor);
        }
        if let Some(product_type) = &self.product_type {
            row.product_type = text(product_type);
        }
        if let Some(category) = self.category {
            row.category_id = category;
        }
        if let Some(tax_class) = self.tax_class {
            row.tax_class_id = tax_class;
        }
    }

    fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("title", self.title.is_some()),
            ("slug", self.slug.is_some()),
            ("externalId", self.external_id.is_some()),
            ("descriptionHtml", self.description.is_some()),
            ("vendor", self.vendor.is_some()),
            ("productType", self.product_type.is_some()),
            ("category", self.category.is_some()),
            ("taxClass", self.tax_class.is_some()),
        ];
        given
            .into_iter()
            .filter(|(_, given)| *given)
            .map(|(field, _)| field)
            .collect()
    }
}
