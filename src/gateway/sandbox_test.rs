//! What each token of the sandbox scripts.

use entity::id::PaymentOperationId;

use super::*;
use crate::kernel::money::Money;

fn sandbox() -> Sandbox {
    Sandbox::new("secret".into(), None)
}

fn money() -> Money {
    Money::new(1_000, "EUR".parse().unwrap())
}

fn key() -> String {
    PaymentOperationId::from_uuid(uuid::Uuid::from_u128(7)).to_string()
}

async fn authorize(token: &str) -> (Answer, Known) {
    let request = AuthorizeRequest {
        provider_key: key(),
        amount: money(),
        token: token.to_owned(),
    };
    let answer = sandbox().authorize(&request).await;
    (answer, lookup(token, Kind::Authorize, 1, None).await)
}

async fn lookup(token: &str, kind: Kind, attempt: i64, response: Option<&str>) -> Known {
    let question = Lookup {
        provider_key: key(),
        kind,
        amount: money(),
        token: token.to_owned(),
        response: response.map(str::to_owned),
        attempt,
    };
    sandbox().lookup(&question).await
}

async fn follow(token: &str, kind: Kind, attempt: i64) -> Answer {
    let request = FollowUp {
        provider_key: key(),
        amount: money(),
        authorization: "sbx".into(),
        token: token.to_owned(),
        attempt,
    };
    let sandbox = sandbox();
    match kind {
        Kind::Capture => sandbox.capture(&request).await,
        Kind::Void => sandbox.void(&request).await,
        Kind::Refund | Kind::Authorize => sandbox.refund(&request).await,
    }
}

#[tokio::test]
async fn a_token_scripts_the_answer_and_what_a_later_question_gets() {
    let (yes, no) = (succeeded(&key()), declined("insufficient_funds"));
    for (token, answer, known) in [
        ("sandbox_approve", &yes, Known::Answered(yes.clone())),
        (
            "sandbox_duplicate_callback",
            &yes,
            Known::Answered(yes.clone()),
        ),
        (
            "sandbox_capture_decline",
            &yes,
            Known::Answered(yes.clone()),
        ),
        ("sandbox_decline", &no, Known::Answered(no.clone())),
        ("sandbox_timeout_before", &Answer::Unknown, Known::Never),
        (
            "sandbox_timeout_after",
            &Answer::Unknown,
            Known::Answered(yes.clone()),
        ),
        (
            "sandbox_challenge",
            &challenged(),
            Known::Answered(challenged()),
        ),
    ] {
        assert_eq!(authorize(token).await, (answer.clone(), known), "{token}");
    }
}

#[tokio::test]
async fn a_decline_may_name_its_code_and_a_token_of_no_script_is_declined() {
    for (token, code) in [
        ("sandbox_decline_expired_card", "expired_card"),
        ("sandbox_decline_", "invalid_token"),
        ("sandbox_nonsense", "invalid_token"),
        ("tok_live_1", "invalid_token"),
        ("", "invalid_token"),
    ] {
        assert_eq!(authorize(token).await.0, declined(code), "{token}");
    }
}

#[tokio::test]
async fn what_the_buyer_brings_back_decides_a_challenge() {
    for (response, answer) in [
        (CHALLENGE_PASSED, succeeded(&key())),
        ("sandbox_challenge_fail", declined("authentication_failed")),
        ("anything", declined("authentication_failed")),
    ] {
        let request = ChallengeRequest {
            provider_key: key(),
            amount: money(),
            token: "sandbox_challenge".into(),
            response: response.into(),
        };
        assert_eq!(sandbox().complete_challenge(&request).await, answer);
        let known = lookup("sandbox_challenge", Kind::Authorize, 1, Some(response)).await;
        assert_eq!(known, Known::Answered(answer), "{response}");
    }
}

#[tokio::test]
async fn a_follow_up_has_its_own_script_and_the_others_go_well() {
    let (yes, no) = (succeeded(&key()), declined("insufficient_funds"));
    for (token, kind, first, second) in [
        ("sandbox_approve", Kind::Capture, &yes, &yes),
        ("sandbox_challenge", Kind::Void, &yes, &yes),
        ("sandbox_timeout_after", Kind::Capture, &yes, &yes),
        ("sandbox_capture_decline", Kind::Capture, &no, &no),
        ("sandbox_capture_decline", Kind::Refund, &yes, &yes),
        (
            "sandbox_void_timeout_before",
            Kind::Void,
            &Answer::Unknown,
            &yes,
        ),
        (
            "sandbox_refund_timeout_after",
            Kind::Refund,
            &Answer::Unknown,
            &yes,
        ),
    ] {
        assert_eq!(&follow(token, kind, 1).await, first, "{token}");
        assert_eq!(&follow(token, kind, 2).await, second, "{token}");
    }
    let never = lookup("sandbox_void_timeout_before", Kind::Void, 1, None).await;
    assert_eq!(never, Known::Never);
    let done = lookup("sandbox_refund_timeout_after", Kind::Refund, 1, None).await;
    assert_eq!(done, Known::Answered(yes));
}

#[tokio::test]
async fn a_duplicate_callback_is_one_notice_twice() {
    let (sender, mut notices) = mpsc::channel(8);
    let request = AuthorizeRequest {
        provider_key: key(),
        amount: money(),
        token: "sandbox_duplicate_callback".into(),
    };
    Sandbox::new("secret".into(), Some(sender))
        .authorize(&request)
        .await;
    let (first, second) = (notices.try_recv().unwrap(), notices.try_recv().unwrap());
    assert_eq!(first, second);
    assert_eq!(first.provider_key, key());
}

#[test]
fn a_notice_is_taken_with_its_signature_only() {
    let body = br#"{"eventId":"evt_1","providerKey":"payop_1","eventType":"x"}"#;
    let sandbox = sandbox();
    let good = sandbox.sign(body);
    assert!(sandbox.notice(body, Some(&good)).is_some());
    for bad in [None, Some(""), Some("00"), Some("zz")] {
        assert!(sandbox.notice(body, bad).is_none());
    }
    assert!(sandbox.notice(b"{}", Some(&good)).is_none());
    assert!(sandbox.notice(b"{}", Some(&sandbox.sign(b"{}"))).is_none());
}
