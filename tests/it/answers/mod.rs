//! Whole answers that are given again: to whom, for how long, and what may never be.

mod closed;
mod fresh;
mod given;

use serde_json::Value;

use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

/// A page of a shop: products with prices and what is in stock.
pub const PAGE: &str = "query Page($first: Int) { products(first: $first, sort: TITLE) { nodes {
    id title availability inStock options { name values } images { url }
    category { name breadcrumbs { name } }
    priceRange { min { amount currency } max { amount } }
    variants { sku price { amount currency } }
} } }";

impl Shop {
    /// Asks until the answer is one that was given before: it is kept.
    pub async fn kept(&self, who: &Who, query: &str, variables: &Value) -> Answer {
        for _ in 0..2_000 {
            let answer = self.ask(who, query, variables.clone()).await.ok();
            if answer.again {
                return answer;
            }
            tokio::task::yield_now().await;
        }
        panic!("the answer is never kept: {query}");
    }
}
