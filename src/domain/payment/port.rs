//! The port to payment providers: what is asked of one, and what it may answer.
//!
//! An adapter sends `provider_key` along as its idempotency key, so that the same request twice is
//! one operation; a provider without such keys is looked up by our reference before sending again.
//! Deliberately absent: transactions, rows, retries. Those are the business of `process`.

use chrono::TimeDelta;
pub use entity::payment_operations::Kind;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kernel::money::Money;

/// A request for an authorization.
#[derive(Clone, Debug)]
pub struct AuthorizeRequest {
    /// Our reference, and the provider's idempotency key.
    pub provider_key: String,
    /// How much.
    pub amount: Money,
    /// The provider's token for the means of payment.
    pub token: String,
}

/// What the buyer brought back from a challenge.
#[derive(Clone, Debug)]
pub struct ChallengeRequest {
    /// The key of the authorization.
    pub provider_key: String,
    /// How much.
    pub amount: Money,
    /// The token of the authorization.
    pub token: String,
    /// What the buyer brought back.
    pub response: String,
}

/// A request about an earlier authorization: to capture, void or refund.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// Our reference, and the provider's idempotency key.
    pub provider_key: String,
    /// How much.
    pub amount: Money,
    /// The provider's id of the authorization; empty where it has none.
    pub authorization: String,
    /// The token of the authorization.
    pub token: String,
    /// Counts the sendings of this request, from 1.
    pub attempt: i64,
}

/// A question after a request whose outcome we do not know.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The key that was sent with it.
    pub provider_key: String,
    /// What was asked for.
    pub kind: Kind,
    /// How much.
    pub amount: Money,
    /// The token of the authorization.
    pub token: String,
    /// What the buyer brought back from a challenge, where there was one.
    pub response: Option<String>,
    /// How often the request was sent.
    pub attempt: i64,
}

/// What a provider answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is done.
    Succeeded {
        /// The provider's id of it.
        provider_ref: String,
    },
    /// It is refused for good.
    Declined {
        /// Why, as the provider codes it.
        code: String,
    },
    /// The buyer has to do something first.
    ActionRequired {
        /// What, for the storefront.
        challenge: Value,
        /// How long there is time for it, in seconds.
        lifetime_s: i64,
    },
    /// No answer in time, or one that says nothing: it may have been done or not.
    Unknown,
}

/// What a provider knows of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// How it went.
    Answered(Answer),
    /// It has never heard of it, so nothing was done.
    Never,
}

/// A notice from a provider that something has happened to a request. It is a hint: it makes us
/// ask, and is never believed by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// The provider's id of the notice; a repeated one is dropped by it.
    pub event_id: String,
    /// Our key of the request it is about.
    pub provider_key: String,
    /// What happened, as the provider names it.
    pub event_type: String,
}

/// How long a buyer has to meet a challenge at most.
pub const CHALLENGE_MAX: TimeDelta = TimeDelta::minutes(15);

/// How long a buyer has, of the seconds that a provider gives.
pub fn challenge_lifetime(seconds: i64) -> TimeDelta {
    let given = TimeDelta::try_seconds(seconds.max(0)).unwrap_or(CHALLENGE_MAX);
    given.min(CHALLENGE_MAX)
}

/// An adapter that talks to one provider. It never fails: what it cannot tell is
/// [`Answer::Unknown`]. The caller bounds it by a deadline.
#[async_trait::async_trait]
pub trait Gateway: Send + Sync {
    /// Asks whether the money is there, and has it set aside.
    async fn authorize(&self, request: &AuthorizeRequest) -> Answer;
    /// Hands in what the buyer brought back from a challenge.
    async fn complete_challenge(&self, request: &ChallengeRequest) -> Answer;
    /// Takes authorized money.
    async fn capture(&self, request: &FollowUp) -> Answer;
    /// Gives an authorization back.
    async fn void(&self, request: &FollowUp) -> Answer;
    /// Pays captured money back.
    async fn refund(&self, request: &FollowUp) -> Answer;
    /// Asks what became of a request.
    async fn lookup(&self, request: &Lookup) -> Known;
    /// Reads a notice that has arrived, where its signature proves that the provider sent it.
    fn notice(&self, body: &[u8], signature: Option<&str>) -> Option<Notice>;
}

/// Which adapter bears which name.
pub trait Gateways: Send + Sync {
    /// The adapter of that name, as `payments.gateway` holds it.
    fn find(&self, name: &str) -> Option<&dyn Gateway>;
}
