//! `product.variants_create`: adds variants to a product.

use entity::id::{ProductId, VariantId};
use entity::products::Model;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::product_create::draft_of;
use super::{check_skus, find_by, open};
use crate::domain::catalog::draft::NewVariant;
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store;
use crate::domain::catalog::store::layout::Layout;
use crate::domain::catalog::store::sheet::Sheet;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// New variants of a product.
#[derive(Debug, Serialize)]
pub struct VariantsCreate {
    /// Which product.
    pub product: ProductId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// The variants; values of options that are new are added.
    pub variants: Vec<NewVariant>,
}

/// The variants that were created.
#[derive(Debug, Serialize, Deserialize)]
pub struct VariantsCreated {
    /// The product.
    pub product: ProductId,
    /// Their ids, in the order of the input.
    pub variants: Vec<VariantId>,
}

impl Command for VariantsCreate {
    const NAME: &'static str = "product.variants_create";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = VariantsCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<VariantsCreated, Stop> {
        let row = open(w, self.product, self.expected_version, "input.productId").await?;
        if self.variants.is_empty() {
            return Err(Refusal::NothingToDo.at("input.variants").into());
        }
        let skus: Vec<_> = self.variants.iter().map(|variant| &variant.sku).collect();
        check_skus(w, &skus, |at| format!("input.variants.{at}.sku")).await?;
        let (sheet, variants) = self.sheet(w, &row).await?;
        store::sheet::write(w, sheet).await?;
        store::products::touch(w, &row).await?;
        find_by(w, &row).await?;
        let id = row.id;
        let changes = json!({ "variants": variants });
        w.audit(Entry::new("product", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "product": id, "variants": variants });
        w.emit(Event::new(
            "product",
            id.uuid(),
            "product.variants_created",
            data,
        ));
        Ok(VariantsCreated {
            product: id,
            variants,
        })
    }
}

impl VariantsCreate {
    async fn sheet(&self, w: &Write, row: &Model) -> Result<(Sheet, Vec<VariantId>), Stop> {
        let ids = [row.id];
        let mut there = store::variants::of_products(w.read(), &ids).await?;
        let there = there.remove(&row.id).unwrap_or_default();
        let known: Vec<VariantId> = there.iter().map(|variant| variant.id).collect();
        let choices = store::children::choices(w.read(), &known).await?;
        let mut options = store::children::options(w.read(), &ids).await?;
        let options = options.remove(&row.id).unwrap_or_default();
        let mut layout = Layout::existing(row.id, options, &there, &choices);
        let last = there
            .iter()
            .map(|variant| variant.position)
            .max()
            .unwrap_or(0);
        let mut sheet = Sheet::default();
        let mut variants = Vec::with_capacity(self.variants.len());
        for (at, variant) in self.variants.iter().enumerate() {
            let place = layout
                .grid
                .place(&variant.choices)
                .map_err(|refusal| refusal.at(&format!("input.variants.{at}.options")))?;
            let mut draft = draft_of(variant, at);
            draft.position += last;
            variants.push(layout.add(w, &place, draft, &mut sheet));
        }
        Ok((sheet, variants))
    }
}
