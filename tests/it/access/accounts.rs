//! Accounts of the staff, and disabling any.

use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::people::PASSWORD;
use crate::harness::{Shop, Who};
use rialto::kernel::permission::Role;

const CREATE: &str = "mutation($input: StaffCreateInput!) { staffCreate(input: $input) {
    account { id email displayName role kind state version } errors { code path message } } }";
const DISABLE: &str = "mutation($input: AccountDisableInput!) { accountDisable(input: $input) {
    account { state version } errors { code path ... on VersionConflictError { currentVersion } } } }";

fn newcomer() -> Value {
    json!({
        "email": "Zoe@Shop.Example", "displayName": "Zoe", "role": "FINANCE", "password": PASSWORD,
    })
}

async fn create(shop: &Shop, who: &Who, change: Value) -> Answer {
    let mut input = newcomer();
    for (name, value) in change.as_object().unwrap() {
        input[name] = value.clone();
    }
    shop.ask(who, CREATE, json!({ "input": input })).await
}

async fn disable(shop: &Shop, who: &Who, input: Value) -> Answer {
    shop.ask(who, DISABLE, json!({ "input": input })).await
}

both! {
    async fn an_admin_hires_and_the_newcomer_signs_in(shop: Shop) {
        let admin = shop.staff(Role::Admin).await;
        let answer = create(&shop, &admin, json!({})).await.ok();
        assert_eq!(answer.text("staffCreate.account.email"), "zoe@shop.example");
        assert_eq!(answer.text("staffCreate.account.kind"), "STAFF");
        let answer = shop.signs_in("zoe@shop.example", PASSWORD).await.ok();
        assert_eq!(answer.text("signIn.me.role"), "FINANCE");
        let list = "{ accounts(first: 5) { nodes { email } } account(by: { email: \"ZOE@shop.example\" }) { displayName } }";
        let answer = shop.ask(&admin, list, json!({})).await.ok();
        assert_eq!(answer.text("accounts.nodes.0.email"), "zoe@shop.example");
        assert_eq!(answer.text("account.displayName"), "Zoe");
    }

    async fn a_key_makes_hiring_happen_once(shop: Shop) {
        let admin = shop.staff(Role::Admin).await.key("hire-zoe-once-0001");
        let first = create(&shop, &admin, json!({})).await.ok();
        let again = create(&shop, &admin, json!({})).await.ok();
        assert_eq!(first.at("staffCreate"), again.at("staffCreate"));
        assert_eq!(again.body["extensions"]["idempotency"]["replayed"], true);
    }

    async fn bad_input_is_named_by_its_path(shop: Shop) {
        let admin = shop.staff(Role::Admin).await;
        for (change, code, path) in [
            (json!({ "email": "zoe" }), "VALIDATION", "email"),
            (json!({ "email": "ADMIN@shop.example" }), "ALREADY_EXISTS", "email"),
            (json!({ "displayName": "" }), "VALIDATION", "displayName"),
            (json!({ "displayName": "z".repeat(101) }), "VALIDATION", "displayName"),
            (json!({ "password": "short" }), "VALIDATION", "password"),
            (json!({ "password": "x".repeat(129) }), "VALIDATION", "password"),
        ] {
            let answer = create(&shop, &admin, change).await;
            assert_eq!(answer.codes("staffCreate"), [code]);
            assert_eq!(answer.at("staffCreate.errors.0.path"), &json!(["input", path]));
        }
        let answer = create(&shop, &admin, json!({ "role": "SHOPPER" })).await;
        assert_eq!(answer.fault(), Some("BAD_REQUEST"));
    }

    async fn nobody_but_an_admin_hires_or_disables(shop: Shop) {
        let id = shop.signs_up("ann").await.uuid();
        let id = entity::id::AccountId::from_uuid(id).to_string();
        for role in Role::ALL.iter().filter(|role| role.is_staff() && **role != Role::Admin) {
            let who = shop.staff(*role).await;
            let before = shop.dump().await;
            assert_eq!(create(&shop, &who, json!({})).await.fault(), Some("FORBIDDEN"));
            let answer = disable(&shop, &who, json!({ "id": id })).await;
            assert_eq!(answer.fault(), Some("FORBIDDEN"));
            assert_eq!(shop.dump().await, before);
        }
    }

    async fn a_disabled_account_neither_signs_in_nor_refreshes(shop: Shop) {
        let admin = shop.staff(Role::Admin).await;
        let id = entity::id::AccountId::from_uuid(shop.signs_up("ann").await.uuid()).to_string();
        let session = shop.signs_in("ann@example.com", PASSWORD).await.ok();
        let answer = disable(&shop, &admin, json!({ "id": id, "expectedVersion": 7 })).await;
        assert_eq!(answer.codes("accountDisable"), ["VERSION_CONFLICT"]);
        assert_eq!(answer.int("accountDisable.errors.0.currentVersion"), 1);
        let input = json!({ "id": id, "expectedVersion": 1, "reason": "Asked for it." });
        let answer = disable(&shop, &admin, input).await.ok();
        assert_eq!(answer.text("accountDisable.account.state"), "DISABLED");
        let answer = disable(&shop, &admin, json!({ "id": id })).await;
        assert_eq!(answer.codes("accountDisable"), ["INVALID_TRANSITION"]);
        let answer = shop.signs_in("ann@example.com", PASSWORD).await;
        assert_eq!(answer.codes("signIn"), ["INVALID_CREDENTIALS"]);
        let answer = shop.refreshes(&session.text("signIn.refreshToken")).await;
        assert_eq!(answer.codes("sessionRefresh"), ["REFRESH_TOKEN_INVALID"]);
        // What was given out before says what it says until it expires.
        let who = Who::guest().bearer(&session.text("signIn.accessToken"));
        shop.ask(&who, "{ me { email } }", json!({})).await.ok();
    }

    async fn nobody_disables_themselves_or_what_is_not_there(shop: Shop) {
        let admin = shop.staff(Role::Admin).await;
        let query = "{ account(by: { email: \"admin@shop.example\" }) { id } }";
        let own = shop.ask(&admin, query, json!({})).await.ok().text("account.id");
        let answer = disable(&shop, &admin, json!({ "id": own })).await;
        assert_eq!(answer.codes("accountDisable"), ["GUARD_FAILED"]);
        for (id, code) in [
            ("account_00000000000000000000000001", "NOT_FOUND"),
            ("customer_00000000000000000000000001", "VALIDATION"),
            ("", "VALIDATION"),
        ] {
            let answer = disable(&shop, &admin, json!({ "id": id })).await;
            assert_eq!(answer.codes("accountDisable"), [code], "{id}");
        }
    }
}
