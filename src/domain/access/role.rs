//! The role of an account as the kernel knows it, and back.

use entity::accounts::Role as Stored;

use crate::kernel::permission::Role;

/// The role that an account's row names.
pub fn of(stored: Stored) -> Role {
    match stored {
        Stored::Shopper => Role::Shopper,
        Stored::Merchandiser => Role::Merchandiser,
        Stored::Support => Role::Support,
        Stored::Warehouse => Role::Warehouse,
        Stored::Finance => Role::Finance,
        Stored::Admin => Role::Admin,
    }
}

/// How a row names the role; nothing for guests and our own jobs, who have no account.
pub fn stored(role: Role) -> Option<Stored> {
    match role {
        Role::Guest | Role::System => None,
        Role::Shopper => Some(Stored::Shopper),
        Role::Merchandiser => Some(Stored::Merchandiser),
        Role::Support => Some(Stored::Support),
        Role::Warehouse => Some(Stored::Warehouse),
        Role::Finance => Some(Stored::Finance),
        Role::Admin => Some(Stored::Admin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_with_an_account_reads_back() {
        for role in Stored::ALL {
            assert_eq!(stored(of(*role)), Some(*role));
            assert_eq!(of(*role).as_str(), role.as_str());
        }
    }
}
