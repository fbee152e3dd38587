//! `product.reject`: gives a submitted product back to who wrote it.

use entity::id::ProductId;
use serde::Serialize;

use super::ProductMoved;
use crate::domain::pricing::refusal::Refusal;
use crate::domain::pricing::steps::{Step, advance};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Which product.
#[derive(Debug, Serialize)]
pub struct ProductReject {
    /// The product.
    pub product: ProductId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// What is to be done better.
    pub reason: String,
}

impl Command for ProductReject {
    const NAME: &'static str = "product.reject";
    const PERMISSION: Permission = Permission::ProductPublish;
    type Prepared = NothingPrepared;
    type Output = ProductMoved;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ProductMoved, Stop> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::Missing("reason").into());
        }
        let step = Step {
            product: self.product,
            expected_version: self.expected_version,
            action: "reject",
            command: Self::NAME,
            reason: Some(&self.reason),
        };
        let state = advance(w, step).await?;
        Ok(ProductMoved {
            product: self.product,
            state,
        })
    }
}
