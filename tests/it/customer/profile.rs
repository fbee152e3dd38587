//! `customerUpdate`, and what staff sees of customers.

use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};
use rialto::kernel::permission::Role;

const UPDATE: &str = "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) {
    customer { firstName lastName phone language version }
    errors { code path ... on VersionConflictError { currentVersion } } } }";
const LIST: &str = "query($first: Int, $after: String, $last: Int, $before: String) {
    customers(first: $first, after: $after, last: $last, before: $before) {
        nodes { firstName addresses { id } } pageInfo { endCursor hasNextPage startCursor } } }";

async fn update(shop: &Shop, who: &Who, input: Value) -> Answer {
    shop.ask(who, UPDATE, json!({ "input": input })).await
}

fn names(answer: &Answer) -> Vec<&str> {
    let nodes = answer.at("customers.nodes").as_array().unwrap();
    nodes
        .iter()
        .map(|node| node["firstName"].as_str().unwrap())
        .collect()
}

both! {
    async fn what_is_left_out_stays_and_null_empties(shop: Shop) {
        let ann = shop.customer("ann").await;
        let input = json!({ "lastName": "Lee", "phone": "030 123456", "language": "en" });
        let answer = update(&shop, &ann, input).await.ok();
        assert_eq!(answer.at("customerUpdate.customer"), &json!({
            "firstName": "ann", "lastName": "Lee", "phone": "030123456", "language": "en", "version": 2,
        }));
        let input = json!({ "lastName": null, "phone": null, "expectedVersion": 2 });
        let answer = update(&shop, &ann, input).await.ok();
        assert_eq!(answer.at("customerUpdate.customer"), &json!({
            "firstName": "ann", "lastName": "", "phone": null, "language": "en", "version": 3,
        }));
    }

    async fn a_change_that_changes_nothing_leaves_no_trace(shop: Shop) {
        let ann = shop.customer("ann").await;
        let before = shop.dump().await;
        let answer = update(&shop, &ann, json!({ "firstName": "ann" })).await.ok();
        assert_eq!(answer.int("customerUpdate.customer.version"), 1);
        assert_eq!(shop.dump().await, before);
    }

    async fn an_older_version_is_refused_with_the_present_one(shop: Shop) {
        let ann = shop.customer("ann").await;
        let answer = update(&shop, &ann, json!({ "firstName": "x", "expectedVersion": 9 })).await;
        assert_eq!(answer.codes("customerUpdate"), ["VERSION_CONFLICT"]);
        assert_eq!(answer.int("customerUpdate.errors.0.currentVersion"), 1);
    }

    async fn of_ten_changes_of_one_version_one_is_made(shop: Shop) {
        let ann = shop.customer("ann").await;
        let changes = (0..10).map(|number| {
            update(&shop, &ann, json!({ "firstName": format!("a{number}"), "expectedVersion": 1 }))
        });
        let answers = futures_util::future::join_all(changes).await;
        let codes: Vec<_> = answers.iter().flat_map(|answer| answer.codes("customerUpdate")).collect();
        assert_eq!(codes, vec!["VERSION_CONFLICT"; 9]);
    }

    async fn only_customers_have_a_profile(shop: Shop) {
        let support = shop.staff(Role::Support).await;
        for who in [Who::guest(), support] {
            let answer = update(&shop, &who, json!({ "firstName": "x" })).await;
            assert_eq!(answer.fault(), Some("FORBIDDEN"));
        }
    }

    async fn support_finds_customers_and_pages_through_them(shop: Shop) {
        for name in ["ann", "bob", "cid"] {
            shop.signs_up(name).await;
        }
        let support = shop.staff(Role::Support).await;
        let first = shop.ask(&support, LIST, json!({ "first": 2 })).await.ok();
        assert_eq!(names(&first), ["cid", "bob"]);
        let cursor = first.text("customers.pageInfo.endCursor");
        let second = shop.ask(&support, LIST, json!({ "first": 2, "after": cursor })).await.ok();
        assert_eq!(names(&second), ["ann"]);
        let cursor = second.text("customers.pageInfo.startCursor");
        let back = shop.ask(&support, LIST, json!({ "last": 5, "before": cursor })).await.ok();
        assert_eq!(names(&back), ["cid", "bob"]);
        assert_eq!(first.statements, second.statements);
        let query = "{ customer(by: { email: \"ANN@example.com\" }) { id firstName } }";
        let found = shop.ask(&support, query, json!({})).await.ok();
        assert_eq!(found.text("customer.firstName"), "ann");
        let query = "query($id: ID!) { node(id: $id) { id ... on Customer { firstName } } }";
        let node = shop.ask(&support, query, json!({ "id": found.text("customer.id") })).await.ok();
        assert_eq!(node.text("node.firstName"), "ann");
    }

    async fn a_cursor_of_another_list_is_refused(shop: Shop) {
        shop.signs_up("ann").await;
        let admin = shop.staff(Role::Admin).await;
        let query = "{ accounts(first: 1) { pageInfo { endCursor } } }";
        let cursor = shop.ask(&admin, query, json!({})).await.ok();
        let cursor = cursor.text("accounts.pageInfo.endCursor");
        for after in [cursor.as_str(), "x", ""] {
            let answer = shop.ask(&admin, LIST, json!({ "after": after })).await;
            assert_eq!(answer.fault(), Some("INVALID_CURSOR"), "{after}");
        }
        for first in [0, -1, 101] {
            let answer = shop.ask(&admin, LIST, json!({ "first": first })).await;
            assert_eq!(answer.fault(), Some("VALIDATION"), "{first}");
        }
    }

    async fn a_customer_is_found_by_themselves_and_by_who_may_read_customers(shop: Shop) {
        let id = shop.signs_up("ann").await.to_string();
        let account = entity::id::AccountId::from_uuid(id.parse::<entity::id::CustomerId>().unwrap().uuid());
        let ann = shop.token(account, Role::Shopper).await;
        let bob = shop.customer("bob").await;
        let query = "query($id: ID!) { node(id: $id) { id } }";
        let mut seen = Vec::new();
        for (who, sees) in [
            (ann, true),
            (bob, false),
            (Who::guest(), false),
            (shop.staff(Role::Support).await, true),
            (shop.staff(Role::Warehouse).await, false),
        ] {
            let answer = shop.ask(&who, query, json!({ "id": id })).await.ok();
            seen.push(answer.body["data"]["node"].is_null() != sees);
        }
        assert_eq!(seen, [true; 5]);
        let answer = shop.ask(&Who::guest(), query, json!({ "id": "customer_x" })).await.ok();
        assert_eq!(answer.body["data"]["node"], Value::Null);
    }
}
