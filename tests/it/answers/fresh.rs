//! What was kept ends with what it rested on.

use std::time::{Duration, Instant};

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use super::PAGE;
use crate::both;
use crate::harness::answer::Answer;
use crate::harness::till::Till;
use crate::harness::{Shop, Who};

/// Sends a mutation that must go through.
async fn writes(shop: &Shop, who: &Who, field: &str, input: Value) -> Answer {
    let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
    let query = format!(
        "mutation($input: {kind}!) {{ {field}(input: $input) {{ errors {{ code path message }} }} }}"
    );
    shop.ask(who, &query, json!({ "input": input })).await.ok()
}

/// Keeps the page, has something done, and reads the page once more: the very next answer.
async fn after<F: Future>(shop: &Shop, act: impl FnOnce() -> F) -> (Answer, Answer) {
    let before = shop.kept(&Who::guest(), PAGE, &json!({})).await;
    act().await;
    let after = shop.ask(&Who::guest(), PAGE, json!({})).await.ok();
    assert!(!after.again, "a page from before the write");
    (before, after)
}

both! {
    async fn the_next_read_sees_what_was_written_of_products_and_prices(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 3).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let page = shop.kept(&Who::guest(), PAGE, &json!({})).await;
        let product = page.text("products.nodes.0.id");
        let (_, read) = after(&shop, || writes(&shop, &staff, "productUpdate",
            json!({ "id": product, "title": "Cup" }))).await;
        assert_eq!(read.text("products.nodes.0.title"), "Cup");
        let price = json!([{ "variantId": mug.to_string(), "channelId": till.market.eu.to_string(),
            "amount": { "amount": "9.90", "currency": "EUR" } }]);
        let (_, read) = after(&shop, || writes(&shop, &staff, "pricesSet",
            json!({ "prices": price }))).await;
        assert_eq!(read.text("products.nodes.0.priceRange.min.amount"), "9.90");
        assert_eq!(read.text("products.nodes.0.variants.0.price.amount"), "9.90");
        let (_, read) = after(&shop, || till.sells(&shop, "tea", 3_00, 1)).await;
        assert_eq!(read.at("products.nodes").as_array().map(Vec::len), Some(2));
        let (_, read) = after(&shop, || writes(&shop, &staff, "productSuspend",
            json!({ "id": product, "reason": "a crack" }))).await;
        assert_eq!(read.at("products.nodes").as_array().map(Vec::len), Some(1));
    }

    async fn the_next_read_sees_what_was_bought(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 2).await;
        till.sells(&shop, "tea", 3_00, 5).await;
        let single = "{ product(by: { slug: \"tea\" }) { title inStock } }";
        let tea = shop.kept(&Who::guest(), single, &json!({})).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 2).await.ok();
        cart.details(&shop).await;
        let (before, read) = after(&shop, || cart.completes(&shop, "sandbox_approve")).await;
        assert_eq!(before.at("products.nodes.0.inStock"), true);
        assert_eq!(read.at("products.nodes.0.inStock"), false);
        // Nobody bought tea.
        let same = shop.kept(&Who::guest(), single, &json!({})).await;
        assert_eq!(same.body, tea.body);
    }

    async fn the_next_read_sees_what_changed_about_the_channel_and_the_clock(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 2).await;
        let staff = shop.staff(Role::Admin).await;
        let channel = "{ channel { id name } deliveryMethods { name } }";
        let before = shop.kept(&Who::guest(), channel, &json!({})).await;
        let id = before.text("channel.id");
        writes(&shop, &staff, "channelUpdate", json!({ "id": id, "name": "Europe" })).await;
        let read = shop.ask(&Who::guest(), channel, json!({})).await.ok();
        assert_eq!(read.text("channel.name"), "Europe");
        shop.kept(&Who::guest(), channel, &json!({})).await;
        till.delivers(&shop, till.market.eu, "drone", 30_00, None, &[]).await;
        let read = shop.ask(&Who::guest(), channel, json!({})).await.ok();
        assert_eq!(read.at("deliveryMethods").as_array().map(Vec::len), Some(4));
        let (_, read) = after(&shop, || writes(&shop, &staff, "sandboxClockAdvance",
            json!({ "seconds": 60 }))).await;
        assert!(read.statements > Some(0));
    }

    async fn another_process_sees_a_write_soon_and_with_the_token_at_once(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 2).await;
        let other = shop.again(|_| {}).await;
        let page = other.kept(&Who::guest(), PAGE, &json!({})).await;
        let product = page.text("products.nodes.0.id");
        let staff = shop.staff(Role::Merchandiser).await;
        let titles = ["Cup", "Beaker", "Tankard", "Stein"];
        for (round, title) in titles.into_iter().enumerate() {
            other.kept(&Who::guest(), PAGE, &json!({})).await;
            let query = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) {
                product { title } errors { code } } }";
            let input = json!({ "input": { "id": product, "title": title } });
            let written = shop.ask(&staff, query, input).await.ok();
            let token = &written.body["extensions"]["consistency"]["token"];
            let token = token.as_str().expect("a token");
            if round % 2 == 0 {
                let who = Who::guest().with("x-consistency-token", token);
                let read = other.ask(&who, PAGE, json!({})).await.ok();
                assert_eq!(read.text("products.nodes.0.title"), title);
                continue;
            }
            // Without the token: as soon as its relay has heard of it. However slow the machine is,
            // who asks a second after the commit is not given what was kept before it.
            let committed = Instant::now();
            loop {
                let asked = Instant::now();
                let read = other.ask(&Who::guest(), PAGE, json!({})).await.ok();
                if read.text("products.nodes.0.title") == title {
                    break;
                }
                let late = asked.duration_since(committed);
                assert!(read.again && late < Duration::from_secs(1), "{late:?}: {}", read.body);
            }
        }
    }

    async fn a_process_that_hears_nothing_gives_nothing_again_after_a_second(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 2).await;
        let other = shop.again(|_| {}).await;
        let page = other.kept(&Who::guest(), PAGE, &json!({})).await;
        // Its relay stands still; nothing else is wrong with it.
        let other = other.at_rest();
        let staff = shop.staff(Role::Merchandiser).await;
        let input = json!({ "id": page.text("products.nodes.0.id"), "title": "Cup" });
        writes(&shop, &staff, "productUpdate", input).await;
        let feed = other.app.door.feed();
        let (committed, mut old) = (Instant::now(), 0);
        loop {
            let (lag, asked) = (feed.lag(), Instant::now());
            let read = other.ask(&Who::guest(), PAGE, json!({})).await.ok();
            if read.text("products.nodes.0.title") == "Cup" {
                break;
            }
            old += 1;
            assert!(read.again && lag < Some(Duration::from_secs(1)), "{lag:?}");
            assert!(asked.duration_since(committed) < Duration::from_secs(1), "{old} were old");
        }
        // It stays so: it knows that it knows nothing.
        for _ in 0..3 {
            assert!(!other.ask(&Who::guest(), PAGE, json!({})).await.ok().again);
        }
    }

    async fn a_token_of_somebody_else_says_nothing(shop: Shop) {
        let till = Till::open(&shop).await;
        till.sells(&shop, "mug", 12_50, 2).await;
        for token in ["", "9999999999.consistency_x", "nonsense"] {
            let who = Who::guest().with("x-consistency-token", token);
            shop.kept(&who, PAGE, &json!({})).await;
        }
    }
}
