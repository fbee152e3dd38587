//! The last pieces: 64 buyers, 10 pieces.

use futures_util::future::join_all;

use super::naive;
use crate::both;
use crate::harness::answer::Answer;
use crate::harness::shop::Shop;
use crate::harness::till::{Cart, Till};

const BUYERS: usize = 64;
const PIECES: i64 = 10;

/// Exactly what there is was sold, and everybody else was told so.
fn sold_out(sold: usize, refused: usize) -> Result<(), String> {
    let pieces = usize::try_from(PIECES).unwrap_or_default();
    if (sold, refused) == (pieces, BUYERS - pieces) {
        return Ok(());
    }
    Err(format!(
        "{sold} sold and {refused} refused of {PIECES} pieces"
    ))
}

async fn ready(shop: &Shop, till: &Till, mug: entity::id::VariantId) -> Cart {
    let cart = till.cart(shop).await;
    cart.adds(shop, mug, 1).await.ok();
    cart.details(shop).await;
    cart
}

fn is_placed(answer: &Answer) -> bool {
    answer.body["data"]["cartComplete"]["status"] == "PLACED"
}

both! {
    async fn the_last_pieces_are_sold_once(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, PIECES).await;
        let mut carts = Vec::new();
        for _ in 0..BUYERS {
            carts.push(ready(&shop, &till, mug).await);
        }
        let buys = carts.iter().map(|cart| cart.completes(&shop, "sandbox_approve"));
        let answers = join_all(buys).await;
        let sold = answers.iter().filter(|answer| is_placed(answer)).count();
        let refused = answers
            .iter()
            .filter(|answer| !is_placed(answer))
            .filter(|answer| answer.codes("cartComplete") == ["OUT_OF_STOCK"])
            .count();
        assert_eq!(sold_out(sold, refused), Ok(()));
        assert_eq!(shop.stock_findings().await, Vec::<String>::new());
    }

    async fn reading_before_writing_would_sell_more_than_there_is(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, PIECES).await;
        let sold = naive::sell(&shop, BUYERS).await;
        assert!(sold_out(sold, BUYERS - sold).is_err(), "the check sees nothing: {sold} sold");
    }
}
