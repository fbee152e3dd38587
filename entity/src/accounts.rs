//! Who can sign in: customers and staff.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::AccountId;
use crate::words::words;

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub struct Model {
    /// Names the account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// Which side of the counter.
    pub kind: Kind,
    /// What it may do.
    pub role: Role,
    /// The address it signs in with, normalized; unique.
    pub email_norm: String,
    /// What to call it.
    pub display_name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Whether it can sign in.
    pub state: State,
    /// Wrong passwords since the last right one.
    pub failed_logins: i64,
    /// No sign-in before this instant.
    pub locked_until: Option<DateTimeUtc>,
    /// Counts the changes from 1; a writer says which one it has seen.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

words! {
    /// Which side of the counter.
    Kind {
        Customer = "customer",
        Staff = "staff",
    }
}

words! {
    /// What an account may do; the permissions stand in the code.
    Role {
        Shopper = "shopper",
        Merchandiser = "merchandiser",
        Support = "support",
        Warehouse = "warehouse",
        Finance = "finance",
        Admin = "admin",
    }
}

words! {
    /// Whether an account can sign in.
    State {
        Active = "active",
        Disabled = "disabled",
    }
}
