//! `sandboxClockAdvance`.

use async_graphql::{Context, InputObject};
use chrono::TimeDelta;

use crate::graphql::context::{call, execute};
use crate::graphql::payload::{Reply, payload, reply};
use crate::graphql::scalar::DateTime;
use crate::kernel::error::Stop;
use crate::write::ClockAdvance;

/// By how much to move the clock.
#[derive(InputObject)]
pub struct SandboxClockAdvanceInput {
    /// Seconds, from 1 on; ten years in all.
    seconds: i32,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `sandboxClockAdvance` answers.
    SandboxClockAdvancePayload {
        /// The time of business now.
        now: DateTime,
    }
}

pub(super) async fn sandbox_clock_advance(
    ctx: &Context<'_>,
    input: SandboxClockAdvanceInput,
) -> Reply<SandboxClockAdvancePayload> {
    reply(advance(ctx, input).await)
}

async fn advance(
    ctx: &Context<'_>,
    input: SandboxClockAdvanceInput,
) -> Result<SandboxClockAdvancePayload, Stop> {
    let command = ClockAdvance {
        seconds: i64::from(input.seconds),
    };
    let moved = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    let ahead = TimeDelta::milliseconds(moved.offset_ms);
    let now = call(ctx)?.door.clock().real() + ahead;
    Ok(SandboxClockAdvancePayload {
        now: Some(DateTime(now)),
        ..Default::default()
    })
}
