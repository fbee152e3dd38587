//! One completion, sent fifty times at once.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use super::naive;
use crate::both;
use crate::harness::till::Till;

const COPIES: usize = 50;

/// The work was done once, and everybody else was given what came of it.
fn once(worked: usize, replayed: usize) -> Result<(), String> {
    if (worked, replayed) == (1, COPIES - 1) {
        return Ok(());
    }
    Err(format!("done {worked} times, replayed {replayed} times"))
}

both! {
    async fn fifty_copies_of_a_completion_make_one_order(shop: Shop) {
        let cart = Till::open(&shop).await.filled(&shop).await;
        let input = cart.completion(&shop, "sandbox_approve").await;
        let key = "fifty-copies-of-it";
        let copies = (0..COPIES).map(|_| cart.asks_completion(&shop, key, input.clone()));
        let answers: Vec<_> = join_all(copies).await.into_iter().map(|one| one.ok()).collect();
        let ids: BTreeSet<_> = answers.iter().map(|one| one.text("cartComplete.order.id")).collect();
        assert_eq!(ids.len(), 1);
        let replayed = |one: &&crate::harness::answer::Answer| {
            one.body["extensions"]["idempotency"]["replayed"] == true
        };
        let replayed = answers.iter().filter(replayed).count();
        assert_eq!(once(COPIES - replayed, replayed), Ok(()));
        assert!(answers.iter().all(|one| one.text("cartComplete.status") == "PLACED"));
        assert_eq!(shop.count("orders").await, 1);
        assert_eq!(shop.count("payment_operations").await, 1);
    }

    async fn looking_before_working_would_do_it_more_than_once(shop: Shop) {
        let worked = naive::repeat(&shop, COPIES).await;
        assert!(once(worked, COPIES - worked).is_err(), "the check sees nothing");
    }
}
