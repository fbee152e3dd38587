//! What a payment may do.

use super::*;

fn facts(authorized: i64, captured: i64, asked: i64) -> Facts {
    Facts {
        authorized,
        captured,
        asked,
        ..Facts::default()
    }
}

#[test]
fn no_more_is_captured_than_is_authorized_counting_what_is_under_way() {
    let busy = Facts {
        capturing: 30,
        ..facts(100, 50, 21)
    };
    for (known, held) in [
        (facts(100, 0, 100), true),
        (facts(100, 0, 101), false),
        (facts(100, 50, 51), false),
        (Facts { asked: 20, ..busy }, true),
        (busy, false),
    ] {
        let step = MACHINE.step(State::Authorized, "capturePart", &known);
        assert_eq!(step.is_ok(), held, "{known:?}");
    }
}

#[test]
fn money_that_was_taken_is_not_voided() {
    for (known, held) in [(facts(100, 0, 0), true), (facts(100, 1, 0), false)] {
        let step = MACHINE.step(State::Authorized, "void", &known);
        assert_eq!(step.is_ok(), held, "{known:?}");
    }
}

#[test]
fn only_an_invoice_has_terms_to_approve() {
    let invoice = Facts {
        invoice: true,
        ..facts(0, 0, 100)
    };
    let approve = |facts| MACHINE.step(State::Created, "approveTerms", &facts);
    assert_eq!(approve(invoice), Ok(State::Authorized));
    assert!(approve(facts(0, 0, 100)).is_err());
}
