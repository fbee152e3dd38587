//! Prices per channel: set, removed, refused, remembered.

use rialto::domain::check::areas;
use rialto::kernel::permission::Role;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};

use super::fixture::Market;
use crate::both;
use crate::harness::Who;

const SET: &str = "mutation($prices: [PriceInput!]!) { pricesSet(input: { prices: $prices }) {
    variants { sku price { amount amountMinor currency } compareAtPrice { amount }
        prices { channel { code } amount { amount } compareAt { amount } version } }
    errors { code path message ... on VersionConflictError { currentVersion } }
} }";
const REMOVE: &str = "mutation($prices: [PriceRemoveInput!]!) {
    pricesRemove(input: { prices: $prices }) {
        variants { prices { channel { code } } } errors { code path } } }";
const RANGE: &str = "query($slug: String!) { product(by: { slug: $slug }) {
    priceRange { min { amount } max { amount } } } }";

fn money(amount: &str, currency: &str) -> Value {
    json!({ "amount": amount, "currency": currency })
}

both! {
    async fn prices_are_set_together_and_remembered(shop: Shop) {
        let market = Market::open(&shop).await;
        let (_, variants) = market.sells(&shop, &market.product("mug", &["S", "L"])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let ids: Vec<_> = variants.iter().map(ToString::to_string).collect();
        let (eu, us) = (market.eu.to_string(), market.us.to_string());
        let prices = json!([
            { "variantId": ids[0], "channelId": eu, "amount": money("9.90", "EUR"),
              "compareAt": money("12", "EUR"), "expectedVersion": 1 },
            { "variantId": ids[1], "channelId": eu, "amount": money("19.9", "EUR") },
            { "variantId": ids[1], "channelId": us, "amount": money("12.50", "USD") },
        ]);
        let read = shop.app.db.reader();
        let before = entity::price_history::Entity::find().count(&read).await.expect("a count");
        let set = shop.ask(&staff, SET, json!({ "prices": prices })).await.ok();
        assert_eq!(set.at("pricesSet.variants.0.price"), &json!({
            "amount": "9.90", "amountMinor": "990", "currency": "EUR",
        }));
        assert_eq!(set.text("pricesSet.variants.0.compareAtPrice.amount"), "12.00");
        assert_eq!(set.int("pricesSet.variants.0.prices.0.version"), 2);
        // The third was so already.
        let history = entity::price_history::Entity::find();
        let rows = history.order_by_asc(entity::price_history::Column::Id).all(&read).await;
        let rows = rows.expect("a history");
        assert_eq!(rows.len() as u64, before + 2);
        assert_eq!(rows.last().map(|row| row.amount_minor), Some(Some(1_990)));
        let range = shop.ask(&Who::guest(), RANGE, json!({ "slug": "mug" })).await.ok();
        assert_eq!(range.at("product.priceRange"), &json!({
            "min": { "amount": "9.90" }, "max": { "amount": "19.90" },
        }));

        let gone = json!([{ "variantId": ids[0], "channelId": eu }]);
        let removed = shop.ask(&staff, REMOVE, json!({ "prices": gone })).await.ok();
        assert_eq!(
            removed.at("pricesRemove.variants.0.prices"),
            &json!([{ "channel": { "code": "us" } }])
        );
        let range = shop.ask(&Who::guest(), RANGE, json!({ "slug": "mug" })).await.ok();
        assert_eq!(range.text("product.priceRange.min.amount"), "19.90");
        let again = shop.ask(&staff, REMOVE, json!({ "prices": gone })).await;
        assert_eq!(again.codes("pricesRemove"), ["NOT_FOUND"]);
        let gone = json!([{ "variantId": ids[1], "channelId": eu }]);
        shop.ask(&staff, REMOVE, json!({ "prices": gone })).await.ok();
        let unlisted = shop.ask(&Who::guest(), RANGE, json!({ "slug": "mug" })).await.ok();
        assert_eq!(unlisted.body["data"]["product"], Value::Null);
        assert!(areas(&read).await.expect("a check").is_empty());
    }

    async fn a_price_that_cannot_be_is_refused_with_its_place_and_none_is_set(shop: Shop) {
        let market = Market::open(&shop).await;
        let (_, variants) = market.sells(&shop, &market.product("mug", &[])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let (id, eu) = (variants[0].to_string(), market.eu.to_string());
        let nowhere = "channel_00000000000000000000000000";
        let nobody = "variant_00000000000000000000000000";
        let good = json!({ "variantId": id, "channelId": market.us.to_string(), "amount": money("1", "USD") });
        let before = shop.dump().await;
        for (bad, code, place) in [
            (json!({ "variantId": id, "channelId": eu, "amount": money("1", "USD") }), "CURRENCY_MISMATCH", "amount"),
            (json!({ "variantId": id, "channelId": eu, "amount": money("1.005", "EUR") }), "VALIDATION", "amount.amount"),
            (json!({ "variantId": id, "channelId": eu, "amount": money("-1", "EUR") }), "VALIDATION", "amount"),
            (json!({ "variantId": id, "channelId": eu, "amount": money("1e3", "EUR") }), "VALIDATION", "amount.amount"),
            (json!({ "variantId": id, "channelId": eu, "amount": money("99999999999999999", "EUR") }), "VALIDATION", "amount.amount"),
            (json!({ "variantId": id, "channelId": eu, "amount": money("5", "EUR"), "compareAt": money("5", "EUR") }), "VALIDATION", "compareAt"),
            (json!({ "variantId": id, "channelId": eu, "amount": money("5", "EUR"), "compareAt": money("6", "USD") }), "CURRENCY_MISMATCH", "compareAt"),
            (json!({ "variantId": id, "channelId": nowhere, "amount": money("5", "EUR") }), "NOT_FOUND", "channelId"),
            (json!({ "variantId": nobody, "channelId": eu, "amount": money("5", "EUR") }), "NOT_FOUND", "variantId"),
            (json!({ "variantId": eu, "channelId": eu, "amount": money("5", "EUR") }), "VALIDATION", "variantId"),
            (json!({ "variantId": id, "channelId": eu, "amount": money("5", "EUR"), "expectedVersion": 9 }), "VERSION_CONFLICT", "expectedVersion"),
            (good.clone(), "VALIDATION", "variantId"),
        ] {
            let prices = json!([good, bad]);
            let answer = shop.ask(&staff, SET, json!({ "prices": prices })).await;
            assert_eq!(answer.codes("pricesSet"), [code], "{bad}");
            let path = answer.at("pricesSet.errors.0.path").clone();
            let mut expected = vec!["input", "prices", "1"];
            expected.extend(place.split('.'));
            assert_eq!(path, json!(expected), "{bad}");
        }
        let none = shop.ask(&staff, SET, json!({ "prices": [] })).await;
        assert_eq!(none.codes("pricesSet"), ["VALIDATION"]);
        let many: Vec<_> = (0..251).map(|_| good.clone()).collect();
        let many = shop.ask(&staff, SET, json!({ "prices": many })).await;
        assert_eq!(many.codes("pricesSet"), ["VALIDATION"]);
        for role in [Role::Guest, Role::Support, Role::Warehouse, Role::Finance] {
            let who = shop.staff(role).await;
            let answer = shop.ask(&who, SET, json!({ "prices": [good] })).await;
            assert_eq!(answer.fault(), Some("FORBIDDEN"), "{role:?}");
        }
        let after: Vec<_> = shop.dump().await;
        let kept = |rows: &[(String, String)]| -> Vec<(String, String)> {
            let own = ["accounts", "audit_entries", "audit_heads", "outbox_events", "signing_keys"];
            rows.iter().filter(|(table, _)| !own.contains(&table.as_str())).cloned().collect()
        };
        assert_eq!(kept(&after), kept(&before));
    }
}
