//! `product.images_reorder`: puts the images of a product into an order; the first is its face.

use std::collections::HashMap;

use entity::id::{ImageId, ProductId};
use entity::product_images::Model;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::open;
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new order.
#[derive(Debug, Serialize)]
pub struct ImagesReorder {
    /// Which product.
    pub product: ProductId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// All images of the product, in their new order.
    pub images: Vec<ImageId>,
}

/// The product whose images are in order.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImagesReordered {
    /// Its id.
    pub product: ProductId,
}

impl Command for ImagesReorder {
    const NAME: &'static str = "product.images_reorder";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = ImagesReordered;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ImagesReordered, Stop> {
        let row = open(w, self.product, self.expected_version, "input.productId").await?;
        let mut there = store::images::of_products(w.read(), &[row.id]).await?;
        let there = there.remove(&row.id).unwrap_or_default();
        let count = there.len();
        let mut by_id: HashMap<ImageId, Model> =
            there.into_iter().map(|image| (image.id, image)).collect();
        let placed: Option<Vec<Model>> = (1_i64..)
            .zip(&self.images)
            .map(|(position, id)| {
                Some(Model {
                    position,
                    ..by_id.remove(id)?
                })
            })
            .collect();
        let placed = placed.filter(|placed| placed.len() == count);
        let placed = placed.ok_or_else(|| Refusal::NotItsImages.at("input.imageIds"))?;
        store::images::change(w, placed).await?;
        store::products::touch(w, &row).await?;
        let id = row.id;
        let changes = json!({ "images": self.images });
        w.audit(Entry::new("product", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "product": id, "images": self.images });
        w.emit(Event::new(
            "product",
            id.uuid(),
            "product.images_changed",
            data,
        ));
        Ok(ImagesReordered { product: id })
    }
}
