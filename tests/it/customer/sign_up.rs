//! `customerSignUp`.

use serde_json::{Value, json};

use crate::both;
use crate::harness::answer::Answer;
use crate::harness::people::PASSWORD;
use crate::harness::{Shop, Who};

const SIGN_UP: &str = "mutation($input: CustomerSignUpInput!) { customerSignUp(input: $input) {
    customer { id email firstName lastName phone language version addresses { id } }
    errors { code path message } } }";

async fn sign_up(shop: &Shop, who: &Who, change: Value) -> Answer {
    let mut input = json!({ "email": "Ann@Example.com", "password": PASSWORD });
    for (name, value) in change.as_object().unwrap() {
        input[name] = value.clone();
    }
    shop.ask(who, SIGN_UP, json!({ "input": input })).await
}

both! {
    async fn somebody_signs_up_and_in(shop: Shop) {
        let change = json!({ "firstName": " Ann ", "phone": "+49 30 123456", "language": "de" });
        let answer = sign_up(&shop, &Who::guest(), change).await.ok();
        let customer = answer.at("customerSignUp.customer");
        assert_eq!(customer["email"], "Ann@example.com");
        assert_eq!((&customer["firstName"], &customer["lastName"]), (&json!("Ann"), &json!("")));
        assert_eq!((&customer["phone"], &customer["addresses"]), (&json!("+4930123456"), &json!([])));
        shop.signs_in("ann@example.com", PASSWORD).await.ok();
    }

    async fn an_email_is_taken_however_it_is_spelled(shop: Shop) {
        sign_up(&shop, &Who::guest(), json!({})).await.ok();
        shop.hires("zoe@shop.example", entity::accounts::Role::Admin).await;
        for email in ["Ann@example.com", "aNN@EXAMPLE.COM", " ann@example.com ", "Zoe@shop.example"] {
            let answer = sign_up(&shop, &Who::guest(), json!({ "email": email })).await;
            assert_eq!(answer.codes("customerSignUp"), ["ALREADY_EXISTS"]);
            assert_eq!(answer.at("customerSignUp.errors.0.path"), &json!(["input", "email"]));
        }
    }

    async fn of_ten_at_once_with_one_email_one_signs_up(shop: Shop) {
        let guest = Who::guest();
        let tries = (0..10).map(|_| sign_up(&shop, &guest, json!({})));
        let answers = futures_util::future::join_all(tries).await;
        let codes: Vec<_> = answers.iter().flat_map(|answer| answer.codes("customerSignUp")).collect();
        assert_eq!(codes, vec!["ALREADY_EXISTS"; 9]);
    }

    async fn bad_input_is_named_by_its_path_and_opens_nothing(shop: Shop) {
        let before = shop.dump().await;
        for (change, path) in [
            (json!({ "email": "ann" }), "email"),
            (json!({ "email": format!("{}@example.com", "a".repeat(300)) }), "email"),
            (json!({ "password": "1234567" }), "password"),
            (json!({ "password": "x".repeat(129) }), "password"),
            (json!({ "firstName": "x".repeat(101) }), "firstName"),
            (json!({ "lastName": "a\u{0}b" }), "lastName"),
            (json!({ "phone": "call me" }), "phone"),
            (json!({ "language": "english" }), "language"),
        ] {
            let answer = sign_up(&shop, &Who::guest(), change).await;
            assert_eq!(answer.codes("customerSignUp"), ["VALIDATION"]);
            assert_eq!(answer.at("customerSignUp.errors.0.path"), &json!(["input", path]));
        }
        assert_eq!(shop.dump().await, before);
    }

    async fn a_key_needs_somebody_and_then_signs_up_once(shop: Shop) {
        let keyed = Who::guest().key("sign-up-once-00001");
        let answer = sign_up(&shop, &keyed, json!({})).await;
        assert_eq!(answer.codes("customerSignUp"), ["IDEMPOTENCY_KEY_WITHOUT_IDENTITY"]);
        let keyed = keyed.cart("cart_any-secret");
        let first = sign_up(&shop, &keyed, json!({})).await.ok();
        let again = sign_up(&shop, &keyed, json!({})).await.ok();
        assert_eq!(first.at("customerSignUp"), again.at("customerSignUp"));
        let other = sign_up(&shop, &keyed, json!({ "email": "bob@example.com" })).await;
        assert_eq!(other.codes("customerSignUp"), ["IDEMPOTENCY_KEY_REUSED"]);
    }

    async fn a_dry_run_opens_nothing(shop: Shop) {
        let before = shop.dump().await;
        let dry = Who::guest().with("x-dry-run", "true");
        let answer = sign_up(&shop, &dry, json!({})).await.ok();
        assert_eq!(answer.text("customerSignUp.customer.email"), "Ann@example.com");
        assert_eq!(answer.body["extensions"]["dryRun"], true);
        assert_eq!(shop.dump().await, before);
    }
}
