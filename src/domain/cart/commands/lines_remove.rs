//! `cart.lines_remove`: lines go away; each entry answers for itself.

use entity::id::{CartId, CartLineId};
use serde::Serialize;

use super::{CartLinesChanged, carry_out};
use crate::domain::cart::lines;
use crate::domain::cart::{steps, store};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Removes lines.
#[derive(Debug, Serialize)]
pub struct CartLinesRemove {
    /// Which cart.
    pub cart: CartId,
    /// Which lines.
    pub lines: Vec<CartLineId>,
    /// The version that the caller has seen.
    pub expected_version: Option<i64>,
}

impl Command for CartLinesRemove {
    const NAME: &'static str = "cart.lines_remove";
    const PERMISSION: Permission = Permission::CartOwn;
    type Prepared = NothingPrepared;
    type Output = CartLinesChanged;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(lines::bounded(&self.lines, "input.lineIds")?)
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartLinesChanged, Stop> {
        let cart = steps::open(w, self.cart, self.expected_version).await?;
        let known = store::known(w.read(), &cart, &[]).await?;
        let plan = lines::remove(&known, &self.lines);
        carry_out(w, &cart, Self::NAME, self.lines.len(), plan).await
    }
}
