//! Who is asking, by what means, and under which request.

use entity::id::{AccountId, CustomerId, SessionId};

use super::clock::Instant;
use super::error::Fault;
use super::permission::{Permission, Role};
use super::secret::SecretHash;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody in particular.
    Guest,
    /// A signed-in customer.
    Customer(CustomerId),
    /// One of the staff.
    Staff(AccountId),
    /// One of our jobs, by its name.
    System(&'static str),
}

/// A request's caller. Built by `http::caller` from headers, or by a job for itself.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// In which role.
    pub role: Role,
    /// When what proves it ends, if it does.
    pub until: Option<Instant>,
    /// The session of the token.
    pub session: Option<SessionId>,
    /// The secret of a cart, as `X-Cart-Token` brought it (hashed).
    pub cart_secret: Option<SecretHash>,
    /// The secret of an order, as `X-Order-Token` brought it (hashed).
    pub order_secret: Option<SecretHash>,
    /// Identifies the request in logs and audit.
    pub request_id: String,
    /// Whether everything the request does is rolled back (`X-Dry-Run`).
    pub dry_run: bool,
}

impl Caller {
    /// A guest without any secret.
    pub fn guest(request_id: impl Into<String>) -> Self {
        Self {
            actor: Actor::Guest,
            role: Role::Guest,
            until: None,
            session: None,
            cart_secret: None,
            order_secret: None,
            request_id: request_id.into(),
            dry_run: false,
        }
    }

    /// One of our own jobs.
    pub fn system(job: &'static str) -> Self {
        Self {
            actor: Actor::System(job),
            role: Role::System,
            ..Self::guest(job)
        }
    }

    /// Passes if the role holds the permission.
    pub fn may(&self, permission: Permission) -> Result<(), Fault> {
        if self.role.may(permission) {
            Ok(())
        } else {
            Err(Fault::Forbidden(permission.as_str()))
        }
    }

    /// The signed-in customer.
    pub fn customer(&self) -> Option<CustomerId> {
        match self.actor {
            Actor::Customer(customer) => Some(customer),
            Actor::Guest | Actor::Staff(_) | Actor::System(_) => None,
        }
    }

    /// The account behind the token, customer or staff.
    pub fn account(&self) -> Option<AccountId> {
        match self.actor {
            Actor::Customer(customer) => Some(AccountId::from_uuid(customer.uuid())),
            Actor::Staff(account) => Some(account),
            Actor::Guest | Actor::System(_) => None,
        }
    }

    /// To whom an idempotency key is bound; nothing for a guest without a secret.
    pub fn identity(&self) -> Option<String> {
        match &self.actor {
            Actor::Customer(customer) => Some(customer.to_string()),
            Actor::Staff(account) => Some(account.to_string()),
            Actor::System(job) => Some(format!("system:{job}")),
            Actor::Guest => match (&self.cart_secret, &self.order_secret) {
                (Some(secret), _) => Some(format!("cart:{}", secret.as_str())),
                (None, Some(secret)) => Some(format!("order:{}", secret.as_str())),
                (None, None) => None,
            },
        }
    }

    /// The word for the actor's kind in audit entries.
    pub fn kind(&self) -> &'static str {
        match self.actor {
            Actor::Guest => "guest",
            Actor::Customer(_) => "customer",
            Actor::Staff(_) => "staff",
            Actor::System(_) => "system",
        }
    }

    /// How the caller proved who it is, for audit entries.
    pub fn auth_method(&self) -> &'static str {
        match (&self.actor, &self.cart_secret, &self.order_secret) {
            (Actor::Customer(_) | Actor::Staff(_), ..) => "access_token",
            (Actor::System(_), ..) => "internal",
            (Actor::Guest, Some(_), _) => "cart_secret",
            (Actor::Guest, None, Some(_)) => "order_secret",
            (Actor::Guest, None, None) => "none",
        }
    }
}
