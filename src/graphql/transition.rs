//! What may be done next to a thing that has a life of its own.

use async_graphql::SimpleObject;

use super::user_error::Blocker;
use crate::kernel::lifecycle::Available;

/// An action that leads on from the present state, as far as the caller may take it.
#[derive(Clone, Debug, SimpleObject)]
pub struct AvailableTransition {
    /// The action, as its mutation is named after the noun: `cancel` is `orderCancel`.
    pub action: String,
    /// The state it leads to.
    pub to: String,
    /// Fields its input has to fill.
    pub required_fields: Vec<String>,
    /// What stands in its way now; empty if it can be taken.
    pub blocked_by: Vec<Blocker>,
}

impl From<Available> for AvailableTransition {
    fn from(available: Available) -> Self {
        let required = available.required.into_iter().map(str::to_owned);
        Self {
            action: available.action.to_owned(),
            to: available.to.to_owned(),
            required_fields: required.collect(),
            blocked_by: available
                .blocked_by
                .into_iter()
                .map(Blocker::from)
                .collect(),
        }
    }
}
