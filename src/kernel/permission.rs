//! Who may do what: roles, permissions, and the only table that joins them.

use serde::{Deserialize, Serialize};

/// What a caller is to the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nobody in particular, perhaps with a cart.
    Guest,
    /// A signed-in customer.
    Shopper,
    /// Staff: products, categories, prices.
    Merchandiser,
    /// Staff: helps customers with carts and orders.
    Support,
    /// Staff: stock and fulfillment.
    Warehouse,
    /// Staff: payments, refunds, reports.
    Finance,
    /// Staff: everything but acting as the system.
    Admin,
    /// Our own jobs.
    System,
}

impl Role {
    /// All of them, from the least to the most trusted.
    pub const ALL: &'static [Self] = &[
        Self::Guest,
        Self::Shopper,
        Self::Merchandiser,
        Self::Support,
        Self::Warehouse,
        Self::Finance,
        Self::Admin,
        Self::System,
    ];

    /// The name in tokens and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Shopper => "shopper",
            Self::Merchandiser => "merchandiser",
            Self::Support => "support",
            Self::Warehouse => "warehouse",
            Self::Finance => "finance",
            Self::Admin => "admin",
            Self::System => "system",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.as_str() == name)
    }

    /// Whether the role is one of the staff.
    pub fn is_staff(self) -> bool {
        !matches!(self, Self::Guest | Self::Shopper | Self::System)
    }

    /// Whether the role holds the permission. Deny by default.
    pub fn may(self, permission: Permission) -> bool {
        permission.roles().contains(&self)
    }
}

macro_rules! permissions {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal [$($role:ident)*];)+) => {
        /// One thing that may be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Permission { $($(#[doc = $doc])+ $name,)+ }

        impl Permission {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable name, `noun.verb`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The roles that hold it.
            pub fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => &[$(Role::$role,)*],)+ }
            }
        }
    };
}

permissions! {
    /// Open to everybody.
    Public = "public" [Guest Shopper Merchandiser Support Warehouse Finance Admin System];
    /// Create and change channels.
    ChannelManage = "channel.manage" [Admin];
    /// Create staff accounts and disable accounts.
    AccountManage = "account.manage" [Admin];
    /// Replace the keys that sign access tokens.
    KeyManage = "key.manage" [Admin];
    /// Be signed in: end a session, read oneself.
    SelfManage = "self.manage" [Shopper Merchandiser Support Warehouse Finance Admin];
    /// Own a customer profile: addresses, orders of one's own.
    CustomerSelf = "customer.self" [Shopper];
    /// Read customers.
    CustomerRead = "customer.read" [Support Finance Admin];
    /// See products, categories and prices that are not published.
    CatalogRead = "catalog.read" [Merchandiser Support Warehouse Finance Admin System];
    /// Create and change products, variants, images and categories.
    CatalogManage = "catalog.manage" [Merchandiser Admin];
    /// Publish products and take them off sale.
    ProductPublish = "product.publish" [Merchandiser Admin];
    /// Set prices.
    PriceManage = "price.manage" [Merchandiser Admin];
    /// See exact stock figures.
    StockRead = "stock.read" [Merchandiser Support Warehouse Admin];
    /// Adjust stock and its policies.
    StockManage = "stock.manage" [Warehouse Admin];
    /// Create and change locations.
    LocationManage = "location.manage" [Warehouse Admin];
    /// Read the tax rates.
    TaxRead = "tax.read" [Merchandiser Support Finance Admin];
    /// Set tax classes and rates.
    TaxManage = "tax.manage" [Finance Admin];
    /// Create and change delivery methods.
    DeliveryManage = "delivery.manage" [Merchandiser Admin];
    /// Import whole catalogs.
    CatalogImport = "catalog.import" [Merchandiser Admin System];
    /// Fill and complete one's own cart.
    CartOwn = "cart.own" [Guest Shopper Support Admin];
    /// Read anybody's cart.
    CartRead = "cart.read" [Support Admin];
    /// Read one's own orders.
    OrderOwn = "order.own" [Guest Shopper];
    /// Read anybody's orders.
    OrderRead = "order.read" [Support Warehouse Finance Admin System];
    /// Cancel orders one may see.
    OrderCancel = "order.cancel" [Guest Shopper Support Admin];
    /// Hold orders back and release them.
    OrderHold = "order.hold" [Support Finance Admin];
    /// Confirm orders that wait for finance.
    OrderConfirm = "order.confirm" [Finance Admin];
    /// Read payments with their operations.
    PaymentRead = "payment.read" [Support Finance Admin];
    /// Capture payments.
    PaymentCapture = "payment.capture" [Finance Admin];
    /// Note that an invoice was paid.
    PaymentMarkPaid = "payment.mark_paid" [Finance Admin];
    /// Create, pack, ship and deliver fulfillments.
    FulfillmentManage = "fulfillment.manage" [Warehouse Admin];
    /// Read the audit history.
    AuditRead = "audit.read" [Support Finance Admin];
    /// Move the test clock (sandbox only).
    SandboxClock = "sandbox.clock" [Guest Shopper Merchandiser Support Warehouse Finance Admin];
    /// Scheduled work and processes.
    SystemJob = "system.job" [System];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_but_the_system_runs_jobs_and_admin_holds_every_other_staff_permission() {
        assert_eq!(Permission::SystemJob.roles(), &[Role::System]);
        for permission in Permission::ALL {
            let staff = permission.roles().iter().any(|role| role.is_staff());
            assert_eq!(
                Role::Admin.may(*permission),
                staff,
                "{}",
                permission.as_str()
            );
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = Permission::ALL.iter().map(|one| one.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Permission::ALL.len());
        assert!(
            Role::ALL
                .iter()
                .all(|role| Role::parse(role.as_str()) == Some(*role))
        );
    }
}
