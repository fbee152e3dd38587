//! Personal data and secrets stand in their own tables and nowhere else.

use serde_json::json;

use crate::both;
use crate::harness::Who;
use rialto::kernel::permission::Role;

/// Where a canary may be found: the tables of personal data.
const PERSONAL: &[&str] = &["accounts", "customers", "customer_addresses"];

both! {
    async fn no_canary_leaves_its_table(shop: Shop) {
        let guest = Who::guest().cart("cart_canary-secret").key("canary-key-of-the-guest");
        let sign_up = "mutation { customerSignUp(input: { email: \"canaryMail@example.com\",
            password: \"canaryPassword\", firstName: \"canaryFirst\", lastName: \"canaryLast\",
            phone: \"+49 30 555 0199 77\" }) { errors { code } } }";
        shop.ask(&guest, sign_up, json!({})).await.ok();
        shop.signs_in("canaryMail@example.com", "canaryWrong").await;
        let session = shop.signs_in("canaryMail@example.com", "canaryPassword").await.ok();
        let refresh = session.text("signIn.refreshToken");
        let next = shop.refreshes(&refresh).await.ok();
        let access = session.text("signIn.accessToken");
        let ann = Who::guest().bearer(&access).key("canary-key-of-customer");
        let update = "mutation { customerUpdate(input: { lastName: \"canaryMarried\" }) { errors { code } } }";
        shop.ask(&ann, update, json!({})).await.ok();
        let add = "mutation { customerAddressAdd(input: { address: { lastName: \"canaryAddressee\",
            line1: \"canaryStreet\", city: \"canaryTown\", postalCode: \"C4N4RY\", country: \"DE\" } }) {
            errors { code } } }";
        shop.ask(&ann, add, json!({})).await.ok();
        let admin = shop.staff(Role::Admin).await.key("canary-key-of-the-admin");
        let hire = "mutation { staffCreate(input: { email: \"canaryStaff@example.com\", displayName: \"canaryName\",
            role: SUPPORT, password: \"canaryPassword\" }) { account { id } errors { code } } }";
        let id = shop.ask(&admin, hire, json!({})).await.ok().text("staffCreate.account.id");
        let disable = "mutation($id: ID!) { accountDisable(input: { id: $id }) { errors { code } } }";
        shop.ask(&admin.key("canary-key-of-the-admin-2"), disable, json!({ "id": id })).await.ok();

        let rows = shop.dump().await;
        let personal = ["canaryMail", "canaryFirst", "canaryLast", "canaryMarried", "canaryAddressee",
            "canaryStreet", "canaryTown", "C4N4RY", "555019977", "canaryStaff", "canaryName"];
        for (table, row) in &rows {
            let lower = row.to_lowercase();
            for canary in personal {
                let found = lower.contains(&canary.to_lowercase());
                assert!(!found || PERSONAL.contains(&table.as_str()), "{canary} in {table}: {row}");
            }
            for secret in ["canaryPassword", "canaryWrong", "cart_canary", access.as_str(), refresh.as_str(),
                next.at("sessionRefresh.refreshToken").as_str().unwrap()] {
                assert!(!row.contains(secret), "{secret} in {table}: {row}");
            }
        }
        let found = |canary: &str| rows.iter().any(|(_, row)| row.contains(canary));
        assert!(found("canaryMarried") && found("canaryStreet") && found("canaryName"));
    }
}
