//! The address book.

use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

const BOOK: &str = "{ me { customer { version addresses {
    id line1 isDefault version lastName city postalCode country phone } } } }";
const ADD: &str = "mutation($input: CustomerAddressAddInput!) { customerAddressAdd(input: $input) {
    address { id line1 isDefault version } errors { code path } } }";
const UPDATE: &str = "mutation($input: CustomerAddressUpdateInput!) { customerAddressUpdate(input: $input) {
    address { id line1 isDefault version } errors { code path ... on VersionConflictError { currentVersion } } } }";
const REMOVE: &str =
    "mutation($input: CustomerAddressRemoveInput!) { customerAddressRemove(input: $input) {
    removedId customer { addresses { line1 } } errors { code path } } }";

fn address(line1: &str) -> Value {
    json!({ "lastName": "Lee", "line1": line1, "city": "Berlin", "postalCode": "10115", "country": "DE" })
}

async fn add(shop: &Shop, who: &Who, line1: &str, make_default: bool) -> String {
    let input = json!({ "input": { "address": address(line1), "makeDefault": make_default } });
    let answer = shop.ask(who, ADD, input).await.ok();
    answer.text("customerAddressAdd.address.id")
}

async fn update(shop: &Shop, who: &Who, input: Value) -> Answer {
    shop.ask(who, UPDATE, json!({ "input": input })).await
}

async fn remove(shop: &Shop, who: &Who, input: Value) -> Answer {
    shop.ask(who, REMOVE, json!({ "input": input })).await
}

/// First lines of the book, the default marked.
async fn book(shop: &Shop, who: &Who) -> String {
    let answer = shop.ask(who, BOOK, json!({})).await.ok();
    let addresses = answer.at("me.customer.addresses").as_array().unwrap();
    let lines: Vec<_> = addresses
        .iter()
        .map(|one| {
            let mark = if one["isDefault"] == true { "*" } else { "" };
            format!("{}{mark}", one["line1"].as_str().unwrap())
        })
        .collect();
    lines.join(" ")
}

both! {
    async fn one_address_is_the_default_at_any_time(shop: Shop) {
        let ann = shop.customer("ann").await;
        let a = add(&shop, &ann, "A", false).await;
        let b = add(&shop, &ann, "B", false).await;
        assert_eq!(book(&shop, &ann).await, "A* B");
        add(&shop, &ann, "C", true).await;
        assert_eq!(book(&shop, &ann).await, "A B C*");
        update(&shop, &ann, json!({ "id": b, "makeDefault": true })).await.ok();
        assert_eq!(book(&shop, &ann).await, "A B* C");
        remove(&shop, &ann, json!({ "id": b })).await.ok();
        assert_eq!(book(&shop, &ann).await, "A* C");
        let answer = remove(&shop, &ann, json!({ "id": a })).await.ok();
        assert_eq!(answer.text("customerAddressRemove.removedId"), a);
        assert_eq!(book(&shop, &ann).await, "C*");
        let found = rialto::domain::customer::check::check(&shop.app.door.reader()).await;
        assert_eq!(found.expect("a check"), []);
    }

    async fn an_address_is_replaced_whole_and_counts_its_own_version(shop: Shop) {
        let ann = shop.customer("ann").await;
        let id = add(&shop, &ann, "A", false).await;
        let input = json!({ "id": id, "expectedVersion": 1, "address": {
            "lastName": "Lee", "line1": "B", "city": "Hong Kong", "country": "HK", "phone": "12345678",
        } });
        let answer = update(&shop, &ann, input.clone()).await.ok();
        assert_eq!(answer.int("customerAddressUpdate.address.version"), 2);
        let answer = update(&shop, &ann, input).await;
        assert_eq!(answer.codes("customerAddressUpdate"), ["VERSION_CONFLICT"]);
        assert_eq!(answer.int("customerAddressUpdate.errors.0.currentVersion"), 2);
        let answer = shop.ask(&ann, BOOK, json!({})).await.ok();
        assert_eq!(answer.at("me.customer.version"), 1);
        assert_eq!(answer.at("me.customer.addresses.0"), &json!({
            "id": id, "line1": "B", "isDefault": true, "version": 2, "lastName": "Lee",
            "city": "Hong Kong", "postalCode": "", "country": "HK", "phone": "12345678",
        }));
    }

    async fn every_bad_field_is_named(shop: Shop) {
        let ann = shop.customer("ann").await;
        let input = json!({ "input": { "address": {
            "lastName": " ", "line1": "x".repeat(201), "city": "Berlin", "country": "DE", "phone": "x",
        } } });
        let answer = shop.ask(&ann, ADD, input).await;
        let errors = answer.at("customerAddressAdd.errors").as_array().unwrap();
        let mut fields: Vec<_> = errors.iter().map(|error| error["path"][2].as_str().unwrap()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["lastName", "line1", "phone", "postalCode"]);
        assert_eq!(book(&shop, &ann).await, "");
    }

    async fn an_address_of_somebody_else_does_not_exist(shop: Shop) {
        let ann = shop.customer("ann").await;
        let bob = shop.customer("bob").await;
        let id = add(&shop, &ann, "A", false).await;
        let before = shop.dump().await;
        for id in [id.as_str(), "address_00000000000000000000000001"] {
            let answer = update(&shop, &bob, json!({ "id": id, "makeDefault": true })).await;
            assert_eq!(answer.codes("customerAddressUpdate"), ["NOT_FOUND"]);
            let answer = remove(&shop, &bob, json!({ "id": id })).await;
            assert_eq!(answer.codes("customerAddressRemove"), ["NOT_FOUND"]);
        }
        let answer = remove(&shop, &ann, json!({ "id": "customer_00000000000000000000000001" })).await;
        assert_eq!(answer.codes("customerAddressRemove"), ["VALIDATION"]);
        assert_eq!(shop.dump().await, before);
    }

    async fn a_book_has_room_for_fifty(shop: Shop) {
        let ann = shop.customer("ann").await;
        let adds = (0..60).map(|number| {
            let input = json!({ "input": { "address": address(&format!("{number}")) } });
            shop.ask(&ann, ADD, input)
        });
        let mut refused = Vec::new();
        for chunk in adds.collect::<Vec<_>>().into_iter().collect::<Vec<_>>() {
            refused.extend(chunk.await.codes("customerAddressAdd"));
        }
        assert_eq!(refused, vec!["LIMIT_EXCEEDED"; 10]);
    }

    async fn adding_at_once_leaves_one_default(shop: Shop) {
        let ann = shop.customer("ann").await;
        let adds = (0..8).map(|number| add(&shop, &ann, if number < 4 { "A" } else { "B" }, number % 2 == 0));
        futures_util::future::join_all(adds.collect::<Vec<_>>()).await;
        let lines = book(&shop, &ann).await;
        assert_eq!(lines.matches('*').count(), 1, "{lines}");
    }

    async fn a_key_adds_once(shop: Shop) {
        let ann = shop.customer("ann").await.key("add-an-address-0001");
        let first = add(&shop, &ann, "A", false).await;
        assert_eq!(add(&shop, &ann, "A", false).await, first);
        assert_eq!(book(&shop, &ann).await, "A*");
    }
}
