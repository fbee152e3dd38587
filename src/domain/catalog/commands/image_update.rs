//! `product.image_update`: says what an image shows, and which variant.

use entity::id::{ImageId, ProductId, VariantId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::open;
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays, and an inner `None` removes.
#[derive(Debug, Serialize)]
pub struct ImageUpdate {
    /// Which image.
    pub image: ImageId,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// The variant it shows.
    pub variant: Option<Option<VariantId>>,
}

/// The image that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImageUpdated {
    /// Its id.
    pub image: ImageId,
    /// Its product.
    pub product: ProductId,
}

impl Command for ImageUpdate {
    const NAME: &'static str = "product.image_update";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = ImageUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ImageUpdated, Stop> {
        let found = store::images::by_id(w.read(), self.image).await?;
        let found = found.ok_or(Refusal::NotFound("image"))?;
        let product = open(w, found.product_id, None, "input.id").await?;
        // Read again under the lock of the product.
        let row = store::images::by_id(w.read(), self.image).await?;
        let mut row = row.ok_or(Refusal::NotFound("image"))?;
        if self.alt.is_none() && self.variant.is_none() {
            return Err(Refusal::NothingToDo.into());
        }
        if let Some(Some(variant)) = self.variant {
            let found = store::variants::by_ids(w.read(), &[variant]).await?;
            if found
                .get(&variant)
                .is_none_or(|found| found.product_id != product.id)
            {
                return Err(Refusal::NotFound("variant").at("input.variantId").into());
            }
        }
        if let Some(alt) = &self.alt {
            row.alt.clone_from(alt);
        }
        if let Some(variant) = self.variant {
            row.variant_id = variant;
        }
        let (id, image) = (product.id, row.id);
        store::images::change(w, vec![row]).await?;
        store::products::touch(w, &product).await?;
        let changes = json!({ "image": image });
        w.audit(Entry::new("product", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "product": id, "images": [image] });
        w.emit(Event::new(
            "product",
            id.uuid(),
            "product.images_changed",
            data,
        ));
        Ok(ImageUpdated { image, product: id })
    }
}
