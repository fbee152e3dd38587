//! `locations`, `locationCreate`, `locationUpdate`.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

const CREATE: &str = "mutation($input: LocationCreateInput!) { locationCreate(input: $input) {
    location { id code name kind country active isDefault version } errors { code path }
} }";

const UPDATE: &str = "mutation($input: LocationUpdateInput!) { locationUpdate(input: $input) {
    location { code name kind active isDefault version }
    errors { code path ... on VersionConflictError { currentVersion } }
} }";

const LIST: &str = "query($first: Int, $after: String) { locations(first: $first, after: $after) {
    nodes { code isDefault } pageInfo { hasNextPage endCursor }
} }";

async fn creates(shop: &Shop, who: &Who, code: &str, is_default: bool) -> Answer {
    let input = json!({ "code": code, "name": code, "country": "DE", "isDefault": is_default });
    shop.ask(who, CREATE, json!({ "input": input })).await
}

async fn updates(shop: &Shop, who: &Who, input: Value) -> Answer {
    shop.ask(who, UPDATE, json!({ "input": input })).await
}

both! {
    async fn the_first_location_is_the_default_until_another_is_made_so(shop: Shop) {
        let who = shop.staff(Role::Warehouse).await;
        let main = creates(&shop, &who, "main", false).await.ok();
        assert_eq!(main.at("locationCreate.location.isDefault"), &json!(true));
        assert_eq!(main.text("locationCreate.location.kind"), "WAREHOUSE");
        creates(&shop, &who, "north", false).await.ok();
        creates(&shop, &who, "south", true).await.ok();
        let all = shop.ask(&who, LIST, json!({})).await.ok();
        assert_eq!(all.at("locations.nodes"), &json!([
            { "code": "main", "isDefault": false },
            { "code": "north", "isDefault": false },
            { "code": "south", "isDefault": true },
        ]));
        let id = main.text("locationCreate.location.id");
        let input = json!({ "id": id, "makeDefault": true, "name": "Main house" });
        let answer = updates(&shop, &who, input).await.ok();
        assert_eq!(answer.text("locationUpdate.location.name"), "Main house");
        let one = "query($code: String!) { location(by: { code: $code }) { isDefault } }";
        let south = shop.ask(&who, one, json!({ "code": "south" })).await.ok();
        assert_eq!(south.at("location.isDefault"), &json!(false));
    }

    async fn locations_are_read_page_by_page_in_as_many_statements(shop: Shop) {
        let who = shop.staff(Role::Warehouse).await;
        for code in ["a", "b", "c"] {
            creates(&shop, &who, code, false).await.ok();
        }
        let first = shop.ask(&who, LIST, json!({ "first": 2 })).await.ok();
        assert_eq!(first.at("locations.pageInfo.hasNextPage"), &json!(true));
        let cursor = first.text("locations.pageInfo.endCursor");
        let rest = shop.ask(&who, LIST, json!({ "after": cursor })).await.ok();
        assert_eq!(rest.at("locations.nodes"), &json!([{ "code": "c", "isDefault": false }]));
        assert_eq!(first.statements, rest.statements);
    }

    async fn what_a_location_cannot_be_is_refused(shop: Shop) {
        let who = shop.staff(Role::Warehouse).await;
        let main = creates(&shop, &who, "main", false).await.ok();
        let id = main.text("locationCreate.location.id");
        let twice = creates(&shop, &who, "main", false).await;
        assert_eq!(twice.refusals("locationCreate"), [("ALREADY_EXISTS".into(), "input.code".into())]);
        for (code, country, path) in [
            ("a b", "DE", "input.code"),
            ("", "DE", "input.code"),
            ("ok", "XX", "input.country"),
        ] {
            let input = json!({ "code": code, "name": "n", "country": country });
            let answer = shop.ask(&who, CREATE, json!({ "input": input })).await;
            assert_eq!(answer.refusals("locationCreate"), [("VALIDATION".into(), path.into())]);
        }
        let off = updates(&shop, &who, json!({ "id": id, "active": false })).await;
        assert_eq!(off.refusals("locationUpdate"), [("GUARD_FAILED".into(), "input.active".into())]);
        let stale = json!({ "id": id, "expectedVersion": 9, "name": "x" });
        let stale = updates(&shop, &who, stale).await;
        assert_eq!(stale.codes("locationUpdate"), ["VERSION_CONFLICT"]);
        assert_eq!(stale.int("locationUpdate.errors.0.currentVersion"), 1);
        let unknown = json!({ "id": "loc_00000000000000000000000000", "name": "x" });
        let unknown = updates(&shop, &who, unknown).await;
        assert_eq!(unknown.refusals("locationUpdate"), [("NOT_FOUND".into(), "input.id".into())]);
        let wrong = updates(&shop, &who, json!({ "id": "channel_1", "name": "x" })).await;
        assert_eq!(wrong.refusals("locationUpdate"), [("VALIDATION".into(), "input.id".into())]);
    }

    async fn who_may_not_keep_stock_neither_sees_nor_changes_locations(shop: Shop) {
        let warehouse = shop.staff(Role::Warehouse).await;
        let main = creates(&shop, &warehouse, "main", false).await.ok();
        let id = main.text("locationCreate.location.id");
        for role in [Role::Guest, Role::Finance] {
            let who = shop.staff(role).await;
            assert_eq!(shop.ask(&who, LIST, json!({})).await.fault(), Some("FORBIDDEN"));
            let denied = creates(&shop, &who, "mine", false).await;
            assert_eq!(denied.fault(), Some("FORBIDDEN"));
            let node = "query($id: ID!) { node(id: $id) { id } }";
            let node = shop.ask(&who, node, json!({ "id": id })).await.ok();
            assert!(node.at_or_null("node").is_null());
        }
        let support = shop.staff(Role::Support).await;
        assert_eq!(creates(&shop, &support, "mine", false).await.fault(), Some("FORBIDDEN"));
        let seen = shop.ask(&support, LIST, json!({})).await.ok();
        assert_eq!(seen.at("locations.nodes"), &json!([{ "code": "main", "isDefault": true }]));
    }
}
