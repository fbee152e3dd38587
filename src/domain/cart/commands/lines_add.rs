//! `cart.lines_add`: some more of some variants; each entry answers for itself.

use entity::id::{CartId, VariantId};
use serde::Serialize;

use super::{CartLinesChanged, carry_out};
use crate::domain::cart::lines::{self, Addition};
use crate::domain::cart::{steps, store};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Puts variants into a cart; one that is there already gets more pieces.
#[derive(Debug, Serialize)]
pub struct CartLinesAdd {
    /// Which cart.
    pub cart: CartId,
    /// What.
    pub lines: Vec<Addition>,
    /// The version that the caller has seen.
    pub expected_version: Option<i64>,
}

impl Command for CartLinesAdd {
    const NAME: &'static str = "cart.lines_add";
    const PERMISSION: Permission = Permission::CartOwn;
    type Prepared = NothingPrepared;
    type Output = CartLinesChanged;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(lines::bounded(&self.lines, "input.lines")?)
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartLinesChanged, Stop> {
        let cart = steps::open(w, self.cart, self.expected_version).await?;
        let variants: Vec<VariantId> = self.lines.iter().map(|one| one.variant).collect();
        let known = store::known(w.read(), &cart, &variants).await?;
        let plan = lines::add(&known, &self.lines);
        carry_out(w, &cart, Self::NAME, self.lines.len(), plan).await
    }
}
