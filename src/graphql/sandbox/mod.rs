//! The sandbox in the graph: a clock that can be moved. Hidden where the sandbox is off.

mod clock_advance;

use async_graphql::{Context, Object};
use clock_advance::{SandboxClockAdvanceInput, SandboxClockAdvancePayload, sandbox_clock_advance};

use super::context::call;
use super::error::AppError;
use super::guard::{gate, see};
use super::payload::Reply;
use super::scalar::DateTime;

/// Queries about the sandbox.
#[derive(Default)]
pub struct SandboxQuery;

#[Object]
impl SandboxQuery {
    /// The time of business: of holds, windows and orders.
    #[graphql(guard = "gate::sandbox_clock", visible = "see::sandbox_clock")]
    async fn sandbox_clock(&self, ctx: &Context<'_>) -> Result<DateTime, AppError> {
        Ok(DateTime(call(ctx)?.now()))
    }
}

/// The verbs of the sandbox.
#[derive(Default)]
pub struct SandboxMutation;

#[Object]
impl SandboxMutation {
    /// Moves the time of business ahead for everybody, so that what takes days can be seen now.
    #[graphql(guard = "gate::sandbox_clock", visible = "see::sandbox_clock")]
    async fn sandbox_clock_advance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By how much.")] input: SandboxClockAdvanceInput,
    ) -> Reply<SandboxClockAdvancePayload> {
        sandbox_clock_advance(ctx, input).await
    }
}
