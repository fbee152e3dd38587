//! Delivery methods.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

const METHOD: &str = "fragment method on DeliveryMethod {
    code name kind price { amount currency } freeOver { amount } countries minDays maxDays active
    channel { code }
}";

async fn does(shop: &Shop, who: &Who, field: &str, input: Value) -> Answer {
    let name = format!("{}{}", field[..1].to_uppercase(), &field[1..]);
    let query = format!(
        "{METHOD} mutation($input: {name}Input!) {{ {field}(input: $input) {{
            deliveryMethod {{ id version ...method }} errors {{ code message path }}
        }} }}"
    );
    shop.ask(who, &query, json!({ "input": input })).await
}

async fn offered(shop: &Shop, who: &Who) -> Vec<String> {
    let query = "{ deliveryMethods { code } }";
    let answer = shop.ask(who, query, json!({})).await.ok();
    let list = answer
        .at("deliveryMethods")
        .as_array()
        .expect("a list")
        .clone();
    list.iter()
        .map(|one| one["code"].as_str().unwrap_or("?").to_owned())
        .collect()
}

fn eur(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR" })
}

/// A market in euros, what a flat rate there needs, and who sets it.
async fn ground(shop: &Shop) -> (Who, Value) {
    let channel = shop.opens_channel("eu").await;
    let class = shop.tax_class("standard").await;
    let input = json!({
        "channelId": channel, "code": "standard", "name": "Parcel", "kind": "FLAT_RATE",
        "price": eur("4.90"), "taxClassId": class,
    });
    (shop.staff(Role::Merchandiser).await, input)
}

fn with(input: &Value, changes: &Value) -> Value {
    let mut input = input.clone();
    for (field, value) in changes.as_object().expect("fields") {
        input[field] = value.clone();
    }
    input
}

both! {
    async fn a_channel_offers_its_methods_in_their_order(shop: Shop) {
        let (who, flat) = ground(&shop).await;
        let first = does(&shop, &who, "deliveryMethodCreate", flat.clone()).await.ok();
        let free = with(&flat, &json!({
            "code": "free", "kind": "FREE_OVER", "freeOver": eur("50"), "countries": ["DE", "AT"],
            "minDays": 2, "maxDays": 4, "position": -0,
        }));
        let free = does(&shop, &who, "deliveryMethodCreate", free).await.ok();
        let method = free.at("deliveryMethodCreate.deliveryMethod");
        assert_eq!(method["freeOver"], json!({ "amount": "50.00" }));
        assert_eq!(method["countries"], json!(["AT", "DE"]));
        let early = with(&flat, &json!({ "code": "late", "position": 9 }));
        does(&shop, &who, "deliveryMethodCreate", early).await.ok();
        assert_eq!(offered(&shop, &Who::guest()).await, ["standard", "free", "late"]);
        let id = first.text("deliveryMethodCreate.deliveryMethod.id");
        let off = json!({ "id": id, "active": false, "expectedVersion": 1 });
        let off = does(&shop, &who, "deliveryMethodUpdate", off).await.ok();
        assert_eq!(off.at("deliveryMethodUpdate.deliveryMethod.active"), &json!(false));
        assert_eq!(offered(&shop, &Who::guest()).await, ["free", "late"]);
        assert_eq!(offered(&shop, &who).await, ["standard", "free", "late"]);
        let node = "query($id: ID!) { node(id: $id) { id } }";
        let hidden = shop.ask(&Who::guest(), node, json!({ "id": id })).await.ok();
        assert!(hidden.at_or_null("node").is_null());
    }

    async fn what_a_channel_cannot_offer_is_refused(shop: Shop) {
        let (who, flat) = ground(&shop).await;
        does(&shop, &who, "deliveryMethodCreate", flat.clone()).await.ok();
        let usd = json!({ "amount": "4.90", "currency": "USD" });
        let fine = json!({ "amount": "4.901", "currency": "EUR" });
        let nothing = "taxclass_00000000000000000000000000";
        let nowhere = "channel_00000000000000000000000000";
        for (changes, code, path) in [
            (json!({}), "ALREADY_EXISTS", "input.code"),
            (json!({ "price": usd }), "CURRENCY_MISMATCH", "input.price"),
            (json!({ "price": fine }), "VALIDATION", "input.price.amount"),
            (json!({ "price": eur("-1") }), "VALIDATION", "input.price"),
            (json!({ "kind": "FREE_OVER" }), "MISSING_FIELDS", "input.freeOver"),
            (json!({ "kind": "FREE_OVER", "freeOver": usd }), "CURRENCY_MISMATCH", "input.freeOver"),
            (json!({ "countries": ["US"] }), "VALIDATION", "input.countries"),
            (json!({ "countries": ["DE", "xx"] }), "VALIDATION", "input.countries.1"),
            (json!({ "minDays": 6 }), "VALIDATION", "input.minDays"),
            (json!({ "taxClassId": nothing }), "NOT_FOUND", "input.taxClassId"),
            (json!({ "channelId": nowhere }), "NOT_FOUND", "input.channelId"),
        ] {
            let input = with(&flat, &changes);
            let answer = does(&shop, &who, "deliveryMethodCreate", input).await;
            let refused = answer.refusals("deliveryMethodCreate");
            assert_eq!(refused, [(code.into(), path.into())], "{changes}");
        }
        assert_eq!(offered(&shop, &who).await, ["standard"]);
    }

    async fn an_update_is_checked_as_a_whole(shop: Shop) {
        let (who, flat) = ground(&shop).await;
        let made = does(&shop, &who, "deliveryMethodCreate", flat).await.ok();
        let id = made.text("deliveryMethodCreate.deliveryMethod.id");
        let half = json!({ "id": id, "kind": "FREE_OVER" });
        let half = does(&shop, &who, "deliveryMethodUpdate", half).await;
        assert_eq!(half.codes("deliveryMethodUpdate"), ["MISSING_FIELDS"]);
        let whole = json!({ "id": id, "kind": "FREE_OVER", "freeOver": eur("30"), "name": "Post" });
        let whole = does(&shop, &who, "deliveryMethodUpdate", whole).await.ok();
        assert_eq!(whole.text("deliveryMethodUpdate.deliveryMethod.freeOver.amount"), "30.00");
        assert_eq!(whole.int("deliveryMethodUpdate.deliveryMethod.version"), 2);
        let stale = json!({ "id": id, "expectedVersion": 1, "name": "x" });
        let stale = does(&shop, &who, "deliveryMethodUpdate", stale).await;
        assert_eq!(stale.codes("deliveryMethodUpdate"), ["VERSION_CONFLICT"]);
        let flat = json!({ "id": id, "kind": "FLAT_RATE" });
        let flat = does(&shop, &who, "deliveryMethodUpdate", flat).await.ok();
        assert!(flat.at_or_null("deliveryMethodUpdate.deliveryMethod.freeOver").is_null());
    }

    async fn only_who_sells_changes_deliveries(shop: Shop) {
        let (_, flat) = ground(&shop).await;
        for role in [Role::Guest, Role::Support, Role::Warehouse, Role::Finance] {
            let who = shop.staff(role).await;
            let denied = does(&shop, &who, "deliveryMethodCreate", flat.clone()).await;
            assert_eq!(denied.fault(), Some("FORBIDDEN"), "{}", role.as_str());
        }
        assert_eq!(offered(&shop, &Who::guest()).await, [""; 0]);
        let staff_only = "{ deliveryMethods { taxClass { code } } }";
        let answer = shop.ask(&Who::guest(), staff_only, json!({})).await;
        assert!(answer.fault().is_some() || answer.at("deliveryMethods") == &json!([]));
    }
}
