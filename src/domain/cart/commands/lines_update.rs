//! `cart.lines_update`: other quantities; zero removes the line. Each entry answers for itself.

use entity::id::CartId;
use serde::Serialize;

use super::{CartLinesChanged, carry_out};
use crate::domain::cart::lines::{self, Update};
use crate::domain::cart::{steps, store};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, NothingPrepared, Write};

/// Sets the quantities of lines.
#[derive(Debug, Serialize)]
pub struct CartLinesUpdate {
    /// Which cart.
    pub cart: CartId,
    /// Which lines, and how much of each.
    pub lines: Vec<Update>,
    /// The version that the caller has seen.
    pub expected_version: Option<i64>,
}

impl Command for CartLinesUpdate {
    const NAME: &'static str = "cart.lines_update";
    const PERMISSION: Permission = Permission::CartOwn;
    type Prepared = NothingPrepared;
    type Output = CartLinesChanged;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(lines::bounded(&self.lines, "input.lines")?)
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CartLinesChanged, Stop> {
        let cart = steps::open(w, self.cart, self.expected_version).await?;
        let known = store::known(w.read(), &cart, &[]).await?;
        let plan = lines::set(&known, &self.lines);
        carry_out(w, &cart, Self::NAME, self.lines.len(), plan).await
    }
}
