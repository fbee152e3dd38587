//! `product.discontinue`: lets a product sell out.

use entity::id::ProductId;
use serde::Serialize;

use super::ProductMoved;
use crate::domain::pricing::steps::{Step, advance};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Which product.
#[derive(Debug, Serialize)]
pub struct ProductDiscontinue {
    /// The product.
    pub product: ProductId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// Why, for the audit.
    pub reason: Option<String>,
}

impl Command for ProductDiscontinue {
    const NAME: &'static str = "product.discontinue";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = ProductMoved;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ProductMoved, Stop> {
        let step = Step {
            product: self.product,
            expected_version: self.expected_version,
            action: "discontinue",
            command: Self::NAME,
            reason: self.reason.as_deref(),
        };
        let state = advance(w, step).await?;
        Ok(ProductMoved {
            product: self.product,
            state,
        })
    }
}
