//! `product.image_remove`: takes an image off a product.

use entity::id::{ImageId, ProductId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::open;
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Which image.
#[derive(Debug, Serialize)]
pub struct ImageRemove {
    /// The image.
    pub image: ImageId,
}

/// The image that was removed.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImageRemoved {
    /// Its id.
    pub image: ImageId,
    /// Its product.
    pub product: ProductId,
}

impl Command for ImageRemove {
    const NAME: &'static str = "product.image_remove";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = ImageRemoved;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ImageRemoved, Stop> {
        let found = store::images::by_id(w.read(), self.image).await?;
        let found = found.ok_or(Refusal::NotFound("image"))?;
        let product = open(w, found.product_id, None, "input.id").await?;
        // Read again under the lock of the product.
        let row = store::images::by_id(w.read(), self.image).await?;
        let row = row.ok_or(Refusal::NotFound("image"))?;
        store::images::remove(w, row.id).await?;
        store::images::close_gap(w, product.id, row.position).await?;
        store::products::touch(w, &product).await?;
        let (id, image) = (product.id, row.id);
        let changes = json!({ "image": image, "url": row.url });
        w.audit(Entry::new("product", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "product": id, "images": [image] });
        w.emit(Event::new(
            "product",
            id.uuid(),
            "product.images_changed",
            data,
        ));
        Ok(ImageRemoved { image, product: id })
    }
}
