//! Who comes to the shop: staff by role, customers by name.

use entity::accounts;
use entity::id::{AccountId, CustomerId};
use rialto::domain::access::Bearer;
use rialto::domain::access::commands::CreateStaff;
use rialto::domain::access::password::Password;
use rialto::domain::access::role;
use rialto::domain::customer::commands::SignUp;
use rialto::domain::customer::profile::{Change, ProfileChange};
use rialto::kernel::permission::Role;
use rialto::kernel::text::Email;
use serde_json::json;

use super::answer::Answer;
use super::{Shop, Who};

/// The password of everybody in the tests.
pub const PASSWORD: &str = "correct horse battery";

impl Shop {
    /// One of the staff, with an account and a token; a guest or the system has no account.
    pub async fn staff(&self, role: Role) -> Who {
        let Some(stored) = role::stored(role) else {
            return Who::guest();
        };
        let email = format!("{}@shop.example", role.as_str());
        let account = self.hires(&email, stored).await;
        self.token(account, role).await
    }

    /// Creates a staff account.
    pub async fn hires(&self, email: &str, role: accounts::Role) -> AccountId {
        let command = CreateStaff {
            email: Email::parse(email).expect("an email"),
            display_name: email.to_owned(),
            role,
            password: Password::chosen(PASSWORD).expect("a password"),
            access: self.app.access.clone(),
        };
        self.done(Role::Admin, command).await.account
    }

    /// A customer with an account and a token; `ann` writes from `ann@example.com`.
    pub async fn customer(&self, name: &str) -> Who {
        let customer = self.signs_up(name).await;
        let account = AccountId::from_uuid(customer.uuid());
        self.token(account, Role::Shopper).await
    }

    /// Opens a customer's account.
    pub async fn signs_up(&self, name: &str) -> CustomerId {
        let command = SignUp {
            email: Email::parse(&format!("{name}@example.com")).expect("an email"),
            profile: ProfileChange {
                first_name: Change::Set(name.to_owned()),
                ..ProfileChange::default()
            },
            password: Password::chosen(PASSWORD).expect("a password"),
            access: self.app.access.clone(),
        };
        self.done(Role::Guest, command).await.customer
    }

    /// Who brings a token for the account, in that role, without a session.
    pub async fn token(&self, account: AccountId, role: Role) -> Who {
        let bearer = Bearer {
            account,
            role,
            session: None,
        };
        let (read, real) = (self.app.door.reader(), self.app.door.clock().real());
        let token = self.app.access.tokens.mint(&read, &bearer, real).await;
        Who::guest().bearer(&token.expect("a token").text)
    }

    /// Signs in over the API.
    pub async fn signs_in(&self, email: &str, password: &str) -> Answer {
        let query = "mutation($input: SignInInput!) { signIn(input: $input) {
            accessToken expiresAt refreshToken refreshExpiresAt
            me { role email customer { firstName } } errors { code path message }
        } }";
        let input = json!({ "input": { "email": email, "password": password } });
        self.ask(&Who::guest(), query, input).await
    }

    /// Exchanges a refresh token over the API.
    pub async fn refreshes(&self, token: &str) -> Answer {
        let query = "mutation($token: String!) { sessionRefresh(input: { refreshToken: $token }) {
            accessToken refreshToken me { email } errors { code path } } }";
        self.ask(&Who::guest(), query, json!({ "token": token }))
            .await
    }
}
