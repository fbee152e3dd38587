//! The sandbox gateway: the token says how it goes (`docs/sandbox.md` lists them).
//!
//! It remembers nothing: every answer follows from the request alone, so that any process on any
//! node gives the same. No money moves and nobody is asked.

use std::time::Duration;

use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use crate::domain::payment::port::{
    Answer, AuthorizeRequest, ChallengeRequest, FollowUp, Gateway, Kind, Known, Lookup, Notice,
};

/// As `payments.gateway` holds it.
pub const NAME: &str = "sandbox";
/// What a buyer brings back from a challenge that was passed.
pub const CHALLENGE_PASSED: &str = "sandbox_challenge_pass";
/// How long a challenge of the sandbox lasts, in seconds.
pub const CHALLENGE_S: i64 = 600;
/// How long the slow token takes.
pub const SLOW: Duration = Duration::from_millis(1_500);

/// The adapter.
#[derive(Clone, Debug)]
pub struct Sandbox {
    secret: String,
    notices: Option<mpsc::Sender<Notice>>,
}

impl Sandbox {
    /// Notices that it sends of its own accord go to `notices`; those that arrive from outside are
    /// signed with `secret`.
    pub fn new(secret: String, notices: Option<mpsc::Sender<Notice>>) -> Self {
        Self { secret, notices }
    }

    /// The signature of a notice's body: HMAC-SHA256 in lower-case hexadecimal.
    pub fn sign(&self, body: &[u8]) -> String {
        match Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()) {
            Ok(mac) => HEXLOWER.encode(&mac.chain_update(body).finalize().into_bytes()),
            Err(never) => never.to_string(),
        }
    }

    /// Sends one notice twice, as providers do.
    fn notify_twice(&self, provider_key: &str) {
        let Some(notices) = &self.notices else { return };
        let notice = Notice {
            event_id: format!("evt_{}", reference(provider_key)),
            provider_key: provider_key.to_owned(),
            event_type: "authorization.succeeded".to_owned(),
        };
        // A notice is a hint: one that finds no room is lost, as on the way from a provider.
        let _lost = notices.try_send(notice.clone());
        let _lost = notices.try_send(notice);
    }
}

/// How a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Script {
    Approve,
    ApproveSlowly,
    ApproveAndNotifyTwice,
    Decline(String),
    Challenge,
    TimeoutBefore,
    TimeoutAfter,
}

/// The script of a token for a request of this kind.
fn script(token: &str, kind: Kind) -> Script {
    let unknown = || Script::Decline("invalid_token".to_owned());
    let Some(word) = token.strip_prefix("sandbox_") else {
        return unknown();
    };
    for follow_up in [Kind::Capture, Kind::Void, Kind::Refund] {
        let prefix = format!("{}_", follow_up.as_str());
        if let Some(how) = word.strip_prefix(&prefix) {
            let how = plain(how).unwrap_or_else(unknown);
            return if kind == follow_up {
                how
            } else {
                Script::Approve
            };
        }
    }
    match word {
        "challenge" if kind == Kind::Authorize => Script::Challenge,
        "duplicate_callback" if kind == Kind::Authorize => Script::ApproveAndNotifyTwice,
        "slow" if kind == Kind::Authorize => Script::ApproveSlowly,
        "challenge" | "duplicate_callback" | "slow" => Script::Approve,
        how if kind == Kind::Authorize => plain(how).unwrap_or_else(unknown),
        _ => Script::Approve,
    }
}

/// The scripts that every kind of request knows.
fn plain(word: &str) -> Option<Script> {
    match word {
        "approve" => Some(Script::Approve),
        "decline" => Some(Script::Decline("insufficient_funds".to_owned())),
        "timeout_before" => Some(Script::TimeoutBefore),
        "timeout_after" => Some(Script::TimeoutAfter),
        _ => {
            let code = word.strip_prefix("decline_")?;
            let letters = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            (letters && (1..=40).contains(&code.len())).then(|| Script::Decline(code.to_owned()))
        }
    }
}

fn succeeded(provider_key: &str) -> Answer {
    Answer::Succeeded {
        provider_ref: format!("sbx_{}", reference(provider_key)),
    }
}

fn declined(code: &str) -> Answer {
    Answer::Declined {
        code: code.to_owned(),
    }
}

fn challenged() -> Answer {
    Answer::ActionRequired {
        challenge: json!({
            "kind": "confirm",
            "pass": CHALLENGE_PASSED,
            "fail": "sandbox_challenge_fail",
        }),
        lifetime_s: CHALLENGE_S,
    }
}

fn after_challenge(provider_key: &str, response: &str) -> Answer {
    if response == CHALLENGE_PASSED {
        succeeded(provider_key)
    } else {
        declined("authentication_failed")
    }
}

fn follow_up(kind: Kind, request: &FollowUp) -> Answer {
    match script(&request.token, kind) {
        Script::Decline(code) => declined(&code),
        Script::TimeoutBefore | Script::TimeoutAfter if request.attempt == 1 => Answer::Unknown,
        Script::Approve
        | Script::ApproveSlowly
        | Script::ApproveAndNotifyTwice
        | Script::Challenge
        | Script::TimeoutBefore
        | Script::TimeoutAfter => succeeded(&request.provider_key),
    }
}

fn reference(provider_key: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(provider_key.as_bytes()))[..24].to_owned()
}

#[async_trait::async_trait]
impl Gateway for Sandbox {
    async fn authorize(&self, request: &AuthorizeRequest) -> Answer {
        match script(&request.token, Kind::Authorize) {
            Script::Approve => succeeded(&request.provider_key),
            Script::ApproveSlowly => {
                tokio::time::sleep(SLOW).await;
                succeeded(&request.provider_key)
            }
            Script::ApproveAndNotifyTwice => {
                self.notify_twice(&request.provider_key);
                succeeded(&request.provider_key)
            }
            Script::Decline(code) => declined(&code),
            Script::Challenge => challenged(),
            Script::TimeoutBefore | Script::TimeoutAfter => Answer::Unknown,
        }
    }

    async fn complete_challenge(&self, request: &ChallengeRequest) -> Answer {
        after_challenge(&request.provider_key, &request.response)
    }

    async fn capture(&self, request: &FollowUp) -> Answer {
        follow_up(Kind::Capture, request)
    }

    async fn void(&self, request: &FollowUp) -> Answer {
        follow_up(Kind::Void, request)
    }

    async fn refund(&self, request: &FollowUp) -> Answer {
        follow_up(Kind::Refund, request)
    }

    async fn lookup(&self, request: &Lookup) -> Known {
        let key = &request.provider_key;
        let first = request.attempt == 1 || request.kind == Kind::Authorize;
        match script(&request.token, request.kind) {
            Script::TimeoutBefore if first => Known::Never,
            Script::Decline(code) => Known::Answered(declined(&code)),
            Script::Challenge => Known::Answered(match &request.response {
                Some(response) => after_challenge(key, response),
                None => challenged(),
            }),
            Script::Approve
            | Script::ApproveSlowly
            | Script::ApproveAndNotifyTwice
            | Script::TimeoutBefore
            | Script::TimeoutAfter => Known::Answered(succeeded(key)),
        }
    }

    fn notice(&self, body: &[u8], signature: Option<&str>) -> Option<Notice> {
        let signature = HEXLOWER.decode(signature?.as_bytes()).ok()?;
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).ok()?;
        mac.chain_update(body).verify_slice(&signature).ok()?;
        serde_json::from_slice(body).ok()
    }
}

#[cfg(test)]
#[path = "sandbox_test.rs"]
mod tests;
