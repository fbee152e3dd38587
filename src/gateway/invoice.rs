//! Invoices: there is no provider, so whatever is asked for is a matter of our own books.
//!
//! To void an invoice needs nobody; to refund a paid one, the finance staff pays it back by hand.

use crate::domain::payment::port::{
    Answer, AuthorizeRequest, ChallengeRequest, FollowUp, Gateway, Known, Lookup, Notice,
};

/// As `payments.gateway` holds it.
pub const NAME: &str = "invoice";

/// The adapter.
#[derive(Clone, Copy, Debug)]
pub struct Invoice;

fn booked(key: &str) -> Answer {
    Answer::Succeeded {
        provider_ref: format!("invoice:{key}"),
    }
}

#[async_trait::async_trait]
impl Gateway for Invoice {
    async fn authorize(&self, request: &AuthorizeRequest) -> Answer {
        booked(&request.provider_key)
    }

    async fn complete_challenge(&self, request: &ChallengeRequest) -> Answer {
        booked(&request.provider_key)
    }

    async fn capture(&self, request: &FollowUp) -> Answer {
        booked(&request.provider_key)
    }

    async fn void(&self, request: &FollowUp) -> Answer {
        booked(&request.provider_key)
    }

    async fn refund(&self, request: &FollowUp) -> Answer {
        booked(&request.provider_key)
    }

    async fn lookup(&self, request: &Lookup) -> Known {
        Known::Answered(booked(&request.provider_key))
    }

    fn notice(&self, _: &[u8], _: Option<&str>) -> Option<Notice> {
        None
    }
}
