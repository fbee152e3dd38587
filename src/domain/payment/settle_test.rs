//! What an answer of a provider comes to.

use super::*;

fn known(kind: Kind, amount: i64, payment: State, facts: Facts) -> SettleFacts {
    SettleFacts {
        kind,
        amount,
        operation: OperationState::Sent,
        payment,
        facts: Facts {
            asked: amount,
            ..facts
        },
    }
}

fn figures(authorized: i64, captured: i64, refunded: i64) -> Facts {
    Facts {
        authorized,
        captured,
        refunded,
        ..Facts::default()
    }
}

fn yes() -> Answer {
    Answer::Succeeded {
        provider_ref: "ref".into(),
    }
}

fn no() -> Answer {
    Answer::Declined {
        code: "insufficient_funds".into(),
    }
}

fn check(known: &SettleFacts, answer: &Answer, payment: State, movement: Option<Movement>) {
    let plan = plan(known, answer).unwrap().unwrap();
    assert_eq!(
        (plan.payment, plan.movement),
        (payment, movement),
        "{known:?}"
    );
}

#[test]
fn a_yes_to_an_authorization_is_taken_whatever_was_thought_of_it() {
    for from in [State::Authorizing, State::ActionRequired, State::Unknown] {
        let asked = known(Kind::Authorize, 100, from, figures(0, 0, 0));
        check(&asked, &yes(), State::Authorized, Some(Movement::Authorize));
    }
}

#[test]
fn a_yes_moves_the_payment_as_far_as_the_amount_goes() {
    let full = figures(100, 0, 0);
    let part = figures(100, 40, 0);
    for (amount, from, facts, to) in [
        (40, State::Authorized, full, State::PartiallyCaptured),
        (100, State::Authorized, full, State::Captured),
        (60, State::PartiallyCaptured, part, State::Captured),
    ] {
        let asked = known(Kind::Capture, amount, from, facts);
        check(&asked, &yes(), to, Some(Movement::Capture));
    }
    let paid = figures(100, 100, 0);
    let back = figures(100, 100, 30);
    for (amount, from, facts, to) in [
        (30, State::Captured, paid, State::PartiallyRefunded),
        (70, State::PartiallyRefunded, back, State::Refunded),
        (40, State::PartiallyCaptured, part, State::Refunded),
    ] {
        let asked = known(Kind::Refund, amount, from, facts);
        check(&asked, &yes(), to, Some(Movement::Refund));
    }
    let asked = known(Kind::Void, 100, State::Authorized, full);
    check(&asked, &yes(), State::Voided, Some(Movement::Void));
}

#[test]
fn giving_back_what_was_never_authorized_moves_no_money() {
    let never = known(Kind::Void, 0, State::Created, figures(0, 0, 0));
    check(&never, &yes(), State::Voided, None);
}

#[test]
fn a_no_ends_an_authorization_and_leaves_the_payment_of_any_other_operation_as_it_is() {
    let asked = known(Kind::Authorize, 100, State::Authorizing, figures(0, 0, 0));
    check(&asked, &no(), State::Failed, None);
    for (kind, from) in [
        (Kind::Capture, State::Authorized),
        (Kind::Void, State::Authorized),
        (Kind::Refund, State::Captured),
    ] {
        check(
            &known(kind, 100, from, figures(100, 100, 0)),
            &no(),
            from,
            None,
        );
    }
}

#[test]
fn no_answer_makes_an_authorization_unknown_and_asking_again_is_noted() {
    let sent = known(Kind::Authorize, 100, State::Authorizing, figures(0, 0, 0));
    let again = SettleFacts {
        payment: State::Unknown,
        ..sent
    };
    let asked = SettleFacts {
        operation: OperationState::Unknown,
        ..again
    };
    for (known, action) in [
        (sent, "payment.timeout"),
        (again, "payment.timeout"),
        (asked, "payment.check"),
    ] {
        check(&known, &Answer::Unknown, State::Unknown, None);
        let plan = plan(&known, &Answer::Unknown).unwrap().unwrap();
        assert_eq!(plan.action, action);
    }
}

#[test]
fn what_is_resolved_stays_as_it_is_whatever_comes_later() {
    for operation in [OperationState::Succeeded, OperationState::Failed] {
        for answer in [yes(), no(), Answer::Unknown] {
            let resolved = SettleFacts {
                operation,
                ..known(Kind::Authorize, 100, State::Authorized, figures(100, 0, 0))
            };
            assert_eq!(plan(&resolved, &answer), Ok(None));
        }
    }
}

#[test]
fn a_challenge_is_told_once_and_only_of_an_authorization() {
    let challenge = Answer::ActionRequired {
        challenge: serde_json::json!({}),
        lifetime_s: 60,
    };
    let sent = known(Kind::Authorize, 100, State::Authorizing, figures(0, 0, 0));
    check(&sent, &challenge, State::ActionRequired, None);
    let waiting = SettleFacts {
        operation: OperationState::ActionRequired,
        payment: State::ActionRequired,
        ..sent
    };
    assert_eq!(plan(&waiting, &challenge), Ok(None));
    let capture = known(Kind::Capture, 100, State::Authorized, figures(100, 0, 0));
    assert_eq!(plan(&capture, &challenge), Ok(None));
}
