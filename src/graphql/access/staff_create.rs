//! `staffCreate`.

use async_graphql::{Context, Enum, InputObject};
use entity::accounts;

use super::account::Account;
use crate::domain::access::commands::CreateStaff;
use crate::domain::access::password::Password;
use crate::graphql::context::{call, execute};
use crate::graphql::input::{line, parsed};
use crate::graphql::payload::{Reply, payload, reply};
use crate::kernel::error::Stop;
use crate::kernel::text::Email;

/// What one of the staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum StaffRole {
    /// Products, categories, prices.
    Merchandiser,
    /// Helps customers with carts and orders.
    Support,
    /// Stock and fulfillment.
    Warehouse,
    /// Payments, refunds, reports.
    Finance,
    /// Everything but acting as the system.
    Admin,
}

impl From<StaffRole> for accounts::Role {
    fn from(role: StaffRole) -> Self {
        match role {
            StaffRole::Merchandiser => Self::Merchandiser,
            StaffRole::Support => Self::Support,
            StaffRole::Warehouse => Self::Warehouse,
            StaffRole::Finance => Self::Finance,
            StaffRole::Admin => Self::Admin,
        }
    }
}

/// A new account for one of the staff.
#[derive(InputObject)]
pub struct StaffCreateInput {
    /// The email to sign in with.
    email: String,
    /// What colleagues call them.
    display_name: String,
    /// What they may do.
    role: StaffRole,
    /// The first password: 8 to 128 characters.
    password: String,
    /// Makes a retry happen once: 16 to 128 visible characters.
    idempotency_key: Option<String>,
}

payload! {
    /// What `staffCreate` answers.
    StaffCreatePayload {
        /// The new account.
        account: Account,
    }
}

pub(super) async fn staff_create(
    ctx: &Context<'_>,
    input: StaffCreateInput,
) -> Reply<StaffCreatePayload> {
    reply(create(ctx, &input).await)
}

async fn create(ctx: &Context<'_>, input: &StaffCreateInput) -> Result<StaffCreatePayload, Stop> {
    let command = CreateStaff {
        email: parsed("input.email", &input.email, Email::parse)?,
        display_name: line("input.displayName", &input.display_name, 100)?,
        role: input.role.into(),
        password: parsed("input.password", &input.password, Password::chosen)?,
        access: call(ctx)?.access.clone(),
    };
    let created = execute(ctx, input.idempotency_key.as_deref(), command).await?;
    Ok(StaffCreatePayload {
        account: Some(Account::by_id(ctx, created.account).await?),
        ..Default::default()
    })
}
