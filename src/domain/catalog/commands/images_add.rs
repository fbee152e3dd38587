//! `product.images_add`: adds images behind those a product has.

use entity::id::{ImageId, ProductId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::open;
use super::product_create::image_rows;
use crate::domain::catalog::draft::{NewImage, first_double};
use crate::domain::catalog::image::IMAGES_MAX;
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// New images of a product.
#[derive(Debug, Serialize)]
pub struct ImagesAdd {
    /// Which product.
    pub product: ProductId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// The images, in their order.
    pub images: Vec<NewImage>,
}

/// The images that were added.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImagesAdded {
    /// The product.
    pub product: ProductId,
    /// Their ids, in the order of the input.
    pub images: Vec<ImageId>,
}

impl Command for ImagesAdd {
    const NAME: &'static str = "product.images_add";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = ImagesAdded;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ImagesAdded, Stop> {
        let row = open(w, self.product, self.expected_version, "input.productId").await?;
        if self.images.is_empty() {
            return Err(Refusal::NothingToDo.at("input.images").into());
        }
        let mut there = store::images::of_products(w.read(), &[row.id]).await?;
        let there = there.remove(&row.id).unwrap_or_default();
        if there.len() + self.images.len() > IMAGES_MAX {
            let refusal = Refusal::TooMany {
                what: "images",
                max: IMAGES_MAX,
            };
            return Err(refusal.at("input.images").into());
        }
        let urls = there.iter().map(|image| image.url.as_str());
        let urls = urls.chain(self.images.iter().map(|image| image.url.as_str()));
        if let Some(at) = first_double(urls) {
            let path = format!("input.images.{}.url", at.saturating_sub(there.len()));
            return Err(Refusal::Taken("image").at(&path).into());
        }
        let last = there.iter().map(|image| image.position).max().unwrap_or(0);
        let rows = image_rows(w, row.id, &self.images, last + 1);
        let images: Vec<ImageId> = rows.iter().map(|image| image.id).collect();
        store::images::add(w, rows).await?;
        store::products::touch(w, &row).await?;
        let id = row.id;
        let changes = json!({ "images": images });
        w.audit(Entry::new("product", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "product": id, "images": images });
        w.emit(Event::new(
            "product",
            id.uuid(),
            "product.images_changed",
            data,
        ));
        Ok(ImagesAdded {
            product: id,
            images,
        })
    }
}
