//! `variant.deactivate`: takes a variant off sale; orders and stock keep it.

use entity::id::VariantId;
use serde::Serialize;

use super::VariantSwitched;
use crate::domain::pricing::steps::{Activity, set_activity};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Which variant.
#[derive(Debug, Serialize)]
pub struct VariantDeactivate {
    /// The variant.
    pub variant: VariantId,
    /// The version the variant was read at.
    pub expected_version: Option<i64>,
}

impl Command for VariantDeactivate {
    const NAME: &'static str = "variant.deactivate";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = VariantSwitched;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<VariantSwitched, Stop> {
        let (variant, expected) = (self.variant, self.expected_version);
        let product = set_activity(w, variant, expected, Activity::Inactive, Self::NAME).await?;
        Ok(VariantSwitched { product, variant })
    }
}
