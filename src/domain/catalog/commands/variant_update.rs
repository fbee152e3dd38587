//! `variant.update`: changes SKU, bar code, weight, shipping or order of a variant.

use entity::id::{ProductId, VariantId};
use entity::variants::Model;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{check_skus, find_by, open};
use crate::domain::catalog::draft::Grams;
use crate::domain::catalog::refusal::{Refusal, check_version};
use crate::domain::catalog::store;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::{Reference, Sku};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays, and an inner `None` removes.
#[derive(Debug, Serialize)]
pub struct VariantUpdate {
    /// Which variant.
    pub variant: VariantId,
    /// The version the variant was read at.
    pub expected_version: Option<i64>,
    /// The merchant's number.
    pub sku: Option<Sku>,
    /// GTIN or the like.
    pub barcode: Option<Option<Reference>>,
    /// Weight with packing.
    pub weight: Option<Option<Grams>>,
    /// Whether it has to be sent.
    pub requires_shipping: Option<bool>,
    /// Order within the product.
    pub position: Option<i64>,
}

/// The variant that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct VariantUpdated {
    /// Its id.
    pub variant: VariantId,
    /// Its product.
    pub product: ProductId,
}

impl Command for VariantUpdate {
    const NAME: &'static str = "variant.update";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = VariantUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<VariantUpdated, Stop> {
        let mut found = store::variants::by_ids(w.read(), &[self.variant]).await?;
        let found = found
            .remove(&self.variant)
            .ok_or(Refusal::NotFound("variant"))?;
        let product = open(w, found.product_id, None, "input.id").await?;
        let row = store::variants::lock(w, self.variant).await?;
        let mut row = row.ok_or(Refusal::NotFound("variant"))?;
        check_version(self.expected_version, row.version)?;
        let fields = self.fields();
        if fields.is_empty() {
            return Err(Refusal::NothingToDo.into());
        }
        let other = self.sku.as_ref().filter(|sku| sku.as_str() != row.sku);
        if let Some(sku) = other {
            check_skus(w, &[sku], |_| "input.sku".to_owned()).await?;
        }
        self.apply(&mut row);
        store::variants::change(w, &row).await?;
        store::products::touch(w, &product).await?;
        if other.is_some() {
            find_by(w, &product).await?;
        }
        let (id, variant) = (product.id, row.id);
        let changes = json!({ "variant": variant, "fields": fields });
        w.audit(Entry::new("product", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "product": id, "variant": variant, "fields": fields });
        w.emit(Event::new(
            "product",
            id.uuid(),
            "product.variant_updated",
            data,
        ));
        Ok(VariantUpdated {
            variant,
            product: id,
        })
    }
}

impl VariantUpdate {
    fn apply(&self, row: &mut Model) {
        if let Some(sku) = &self.sku {
            row.sku = sku.to_string();
        }
        if let Some(barcode) = &self.barcode {
            row.barcode = barcode.as_ref().map(Reference::to_string);
        }
        if let Some(weight) = self.weight {
            row.weight_grams = weight.map(Grams::get);
        }
        if let Some(requires_shipping) = self.requires_shipping {
            row.requires_shipping = requires_shipping;
        }
        if let Some(position) = self.position {
            row.position = position;
        }
    }

    fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("sku", self.sku.is_some()),
            ("barcode", self.barcode.is_some()),
            ("weightGrams", self.weight.is_some()),
            ("requiresShipping", self.requires_shipping.is_some()),
            ("position", self.position.is_some()),
        ];
        given
            .into_iter()
            .filter(|(_, given)| *given)
            .map(|(field, _)| field)
            .collect()
    }
}
