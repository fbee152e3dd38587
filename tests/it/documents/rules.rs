//! What is told about types and names, by setting and by role.

use rialto::kernel::permission::Role;
use serde_json::json;

use crate::both;
use crate::harness::Who;

fn message(answer: &crate::harness::answer::Answer) -> String {
    let message = &answer.body["errors"][0]["message"];
    message.as_str().unwrap_or_default().to_owned()
}

both! {
    async fn introspection_can_be_turned_off(shop: Shop) {
        let quiet = shop.again(|setup| setup.graph.introspection = false).await;
        let query = "{ __schema { types { name } } }";
        let refused = quiet.ask(&Who::guest(), query, json!({})).await;
        assert_eq!(refused.fault(), Some("INTROSPECTION_OFF"));
        assert_eq!(refused.body.get("data"), None);
        shop.ask(&Who::guest(), query, json!({})).await.ok();
    }

    async fn names_are_suggested_as_far_as_the_role_sees_them(shop: Shop) {
        let query = "{ taxClases { id } }";
        let admin = shop.staff(Role::Admin).await;
        let told = message(&shop.ask(&admin, query, json!({})).await);
        assert!(told.contains("\"taxClasses\""), "{told}");
        let guest = message(&shop.ask(&Who::guest(), query, json!({})).await);
        assert!(guest.contains("Unknown field") && !guest.contains("taxClasses"), "{guest}");
        let seen = message(&shop.ask(&Who::guest(), "{ chanel { id } }", json!({})).await);
        assert!(seen.contains("\"channel\""), "{seen}");
        let quiet = shop.again(|setup| setup.graph.suggestions = false).await;
        let none = message(&quiet.ask(&admin, query, json!({})).await);
        assert_eq!(none, "Unknown field \"taxClases\" on type \"Query\".");
    }
}
