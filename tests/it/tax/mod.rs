//! Tax rates.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

const LIST: &str = "query($country: String, $first: Int, $after: String) {
    taxRates(country: $country, first: $first, after: $after) {
        nodes { country region percent name } pageInfo { hasNextPage endCursor }
    }
}";

async fn sets(shop: &Shop, who: &Who, input: Value) -> Answer {
    let query = "mutation($input: TaxRateSetInput!) { taxRateSet(input: $input) {
        taxRate { id taxClass { code } country region name percent version } errors { code path }
    } }";
    shop.ask(who, query, json!({ "input": input })).await
}

async fn removes(shop: &Shop, who: &Who, input: Value) -> Answer {
    let query = "mutation($input: TaxRateRemoveInput!) { taxRateRemove(input: $input) {
        removedId errors { code path }
    } }";
    shop.ask(who, query, json!({ "input": input })).await
}

fn rate(class: &str, country: &str, percent: &str) -> Value {
    json!({ "taxClassId": class, "country": country, "name": "VAT", "percent": percent })
}

both! {
    async fn a_rate_is_set_replaced_and_removed(shop: Shop) {
        let class = shop.tax_class("standard").await.to_string();
        let who = shop.staff(Role::Finance).await;
        let first = sets(&shop, &who, rate(&class, "DE", "19")).await.ok();
        let id = first.text("taxRateSet.taxRate.id");
        assert_eq!(first.at("taxRateSet.taxRate"), &json!({
            "id": id, "taxClass": { "code": "standard" }, "country": "DE", "region": null, "name": "VAT",
            "percent": "19", "version": 1,
        }));
        let mut second = rate(&class, "DE", "16.5");
        second["expectedVersion"] = json!(1);
        let second = sets(&shop, &who, second).await.ok();
        assert_eq!(second.text("taxRateSet.taxRate.id"), id);
        assert_eq!(second.text("taxRateSet.taxRate.percent"), "16.5");
        assert_eq!(second.int("taxRateSet.taxRate.version"), 2);
        let stale = removes(&shop, &who, json!({ "id": id, "expectedVersion": 1 })).await;
        assert_eq!(stale.codes("taxRateRemove"), ["VERSION_CONFLICT"]);
        let gone = removes(&shop, &who, json!({ "id": id, "expectedVersion": 2 })).await.ok();
        assert_eq!(gone.text("taxRateRemove.removedId"), id);
        let again = removes(&shop, &who, json!({ "id": id })).await;
        assert_eq!(again.refusals("taxRateRemove"), [("NOT_FOUND".into(), "input.id".into())]);
        let none = shop.ask(&who, LIST, json!({})).await.ok();
        assert_eq!(none.at("taxRates.nodes"), &json!([]));
    }

    async fn rates_are_listed_by_place_page_by_page(shop: Shop) {
        let class = shop.tax_class("standard").await.to_string();
        let who = shop.staff(Role::Finance).await;
        sets(&shop, &who, rate(&class, "US", "0")).await.ok();
        sets(&shop, &who, rate(&class, "DE", "19")).await.ok();
        for (region, percent) in [("ny", "8.875"), ("CA", "7.25")] {
            let mut input = rate(&class, "US", percent);
            input["region"] = json!(region);
            sets(&shop, &who, input).await.ok();
        }
        let all = shop.ask(&who, LIST, json!({})).await.ok();
        let flat = |answer: &Answer| -> Vec<String> {
            let nodes = answer.at("taxRates.nodes").as_array().expect("a list").clone();
            nodes.iter().map(|node| {
                let region = node["region"].as_str().unwrap_or("-");
                format!("{} {region} {}", node["country"].as_str().unwrap_or("?"), node["percent"].as_str().unwrap_or("?"))
            }).collect()
        };
        assert_eq!(flat(&all), ["DE - 19", "US - 0", "US CA 7.25", "US NY 8.875"]);
        let mut seen = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = json!({ "country": "US", "first": 1, "after": after });
            let page = shop.ask(&who, LIST, page).await.ok();
            seen.extend(flat(&page));
            if page.at("taxRates.pageInfo.hasNextPage") == &json!(false) {
                break;
            }
            after = page.at("taxRates.pageInfo.endCursor").clone();
        }
        assert_eq!(seen, ["US - 0", "US CA 7.25", "US NY 8.875"]);
        let foreign = shop.ask(&who, LIST, json!({ "country": "DE", "after": after })).await;
        assert_eq!(foreign.fault(), Some("INVALID_CURSOR"));
    }

    async fn what_is_no_rate_is_refused(shop: Shop) {
        let class = shop.tax_class("standard").await.to_string();
        let who = shop.staff(Role::Finance).await;
        let nothing = "taxclass_00000000000000000000000000";
        for (input, code, path) in [
            (rate(&class, "DE", "-1"), "VALIDATION", "input.percent"),
            (rate(&class, "DE", "101"), "VALIDATION", "input.percent"),
            (rate(&class, "DE", "1.23456"), "VALIDATION", "input.percent"),
            (rate(&class, "DE", "nineteen"), "VALIDATION", "input.percent"),
            (rate(&class, "de", "19"), "VALIDATION", "input.country"),
            (rate(nothing, "DE", "19"), "NOT_FOUND", "input.taxClassId"),
            (rate("x", "DE", "19"), "VALIDATION", "input.taxClassId"),
        ] {
            let answer = sets(&shop, &who, input.clone()).await;
            assert_eq!(answer.refusals("taxRateSet"), [(code.into(), path.into())], "{input}");
        }
        let none = shop.ask(&who, LIST, json!({})).await.ok();
        assert_eq!(none.at("taxRates.nodes"), &json!([]));
    }

    async fn only_who_keeps_the_books_sets_rates(shop: Shop) {
        let class = shop.tax_class("standard").await.to_string();
        for (role, reads) in [
            (Role::Guest, false),
            (Role::Warehouse, false),
            (Role::Merchandiser, true),
            (Role::Support, true),
        ] {
            let who = shop.staff(role).await;
            let denied = sets(&shop, &who, rate(&class, "DE", "19")).await;
            assert_eq!(denied.fault(), Some("FORBIDDEN"), "{}", role.as_str());
            let list = shop.ask(&who, LIST, json!({})).await;
            assert_eq!(list.fault().is_none(), reads, "{}", role.as_str());
        }
    }

    async fn two_who_set_one_rate_at_once_leave_one(shop: Shop) {
        let class = shop.tax_class("standard").await.to_string();
        let who = shop.staff(Role::Finance).await;
        let set = |percent| sets(&shop, &who, rate(&class, "DE", percent));
        let (one, other) = tokio::join!(set("19"), set("7"));
        let (one, other) = (one.ok(), other.ok());
        let id = |answer: &Answer| answer.text("taxRateSet.taxRate.id");
        assert_eq!(id(&one), id(&other));
        assert_eq!(shop.count("tax_rates").await, 1);
    }
}
