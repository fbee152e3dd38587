//! How far a caller sees: every reader of rows that are somebody's takes one.
//!
//! What may not be seen does not exist: stores turn a scope into conditions of their SQL.

use entity::id::CustomerId;

use super::caller::Caller;
use super::permission::Permission;
use super::secret::SecretHash;

/// What one caller may see of one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everything.
    All,
    /// What belongs to the customer, or opens with the secret.
    Own {
        /// The signed-in customer.
        customer: Option<CustomerId>,
        /// The secret that was brought.
        secret: Option<SecretHash>,
    },
}

impl Scope {
    /// The caller's carts: all for who may read carts, else one's own and the one the secret opens.
    pub fn carts(caller: &Caller) -> Self {
        Self::of(caller, Permission::CartRead, caller.cart_secret.clone())
    }

    /// The caller's orders: all for who may read orders, else one's own and the one the secret opens.
    pub fn orders(caller: &Caller) -> Self {
        Self::of(caller, Permission::OrderRead, caller.order_secret.clone())
    }

    /// The caller's customers: all for who may read customers, else oneself.
    pub fn customers(caller: &Caller) -> Self {
        Self::of(caller, Permission::CustomerRead, None)
    }

    /// Whether the caller sees products, prices and categories that are not published.
    pub fn sees_unpublished(caller: &Caller) -> bool {
        caller.role.may(Permission::CatalogRead)
    }

    fn of(caller: &Caller, all: Permission, secret: Option<SecretHash>) -> Self {
        if caller.role.may(all) {
            return Self::All;
        }
        Self::Own {
            customer: caller.customer(),
            secret,
        }
    }
}
