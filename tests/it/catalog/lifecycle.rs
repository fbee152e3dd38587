//! The life of products, and of variants: who may do what, what stands in the way, who sees it.

use entity::id::ProductId;
use rialto::domain::check::areas;
use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use super::fixture::Market;
use crate::both;
use crate::harness::answer::Answer;
use crate::harness::{Shop, Who};

async fn act(shop: &Shop, who: &Who, action: &str, id: ProductId, more: &str) -> Answer {
    let query = format!(
        "mutation($id: ID!) {{ {action}(input: {{ id: $id {more} }}) {{
            product {{ state version }}
            errors {{ code path ... on TransitionError {{ from allowed blockedBy {{ guard }} }}
                ... on MissingFieldsError {{ fields }} }}
        }} }}"
    );
    shop.ask(who, &query, json!({ "id": id.to_string() })).await
}

async fn seen(shop: &Shop, who: &Who, slug: &str) -> bool {
    let query = "query($slug: String!) { product(by: { slug: $slug }) { title } }";
    let answer = shop.ask(who, query, json!({ "slug": slug })).await.ok();
    !answer.body["data"]["product"].is_null()
}

async fn listed(shop: &Shop) -> u64 {
    let answer = shop
        .ask(&Who::guest(), "{ products { totalCount } }", json!({}))
        .await
        .ok();
    answer.int("products.totalCount").unsigned_abs()
}

both! {
    async fn a_product_lives_and_only_those_on_sale_are_seen(shop: Shop) {
        let market = Market::open(&shop).await;
        let (id, _) = market.sells(&shop, &market.product("mug", &[])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let guest = Who::guest();
        for (action, more, state, direct, list) in [
            ("productSuspend", "reason: \"recall\"", "SUSPENDED", false, 0),
            ("productResume", "", "ACTIVE", true, 1),
            ("productDiscontinue", "", "DISCONTINUED", true, 0),
            ("productArchive", "", "ARCHIVED", false, 0),
            ("productRestore", "", "DRAFT", false, 0),
            ("productSubmit", "", "IN_REVIEW", false, 0),
            ("productReject", "reason: \"no picture\"", "DRAFT", false, 0),
            ("productPublish", "", "ACTIVE", true, 1),
        ] {
            let answer = act(&shop, &staff, action, id, more).await.ok();
            assert_eq!(answer.text(&format!("{action}.product.state")), state);
            assert_eq!(seen(&shop, &guest, "mug").await, direct, "{action}");
            assert_eq!(listed(&shop).await, list, "{action}");
            assert!(seen(&shop, &staff, "mug").await);
        }
        assert!(areas(&shop.app.db.reader()).await.expect("a check").is_empty());
    }

    async fn what_the_state_forbids_names_what_it_allows(shop: Shop) {
        let market = Market::open(&shop).await;
        let (id, _) = market.sells(&shop, &market.product("mug", &[])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let answer = act(&shop, &staff, "productPublish", id, "").await;
        assert_eq!(answer.codes("productPublish"), ["INVALID_TRANSITION"]);
        assert_eq!(answer.at("productPublish.errors.0.allowed"), &json!(["suspend", "discontinue"]));
        let answer = act(&shop, &staff, "productSuspend", id, "reason: \" \"").await;
        assert_eq!(answer.codes("productSuspend"), ["MISSING_FIELDS"]);
        let answer = act(&shop, &staff, "productDiscontinue", id, "expectedVersion: 9").await;
        assert_eq!(answer.codes("productDiscontinue"), ["VERSION_CONFLICT"]);
        let nobody = ProductId::from_uuid(uuid::Uuid::nil());
        let answer = act(&shop, &staff, "productDiscontinue", nobody, "").await;
        assert_eq!(answer.codes("productDiscontinue"), ["NOT_FOUND"]);
        let draft = market.product("bare", &[]).hidden();
        let mut unpriced = draft.clone();
        unpriced.planned.variants[0].prices.clear();
        let (bare, _) = market.sells(&shop, &unpriced).await;
        let answer = act(&shop, &staff, "productPublish", bare, "").await;
        assert_eq!(answer.codes("productPublish"), ["GUARD_FAILED"]);
        assert_eq!(
            answer.at("productPublish.errors.0.blockedBy"),
            &json!([{ "guard": "priced" }])
        );
    }

    async fn who_may_not_changes_nothing(shop: Shop) {
        let market = Market::open(&shop).await;
        let (id, _) = market.sells(&shop, &market.product("mug", &[])).await;
        let customer = shop.customer("ann").await;
        let mut whos = vec![Who::guest(), customer];
        for role in [Role::Support, Role::Warehouse, Role::Finance] {
            whos.push(shop.staff(role).await);
        }
        let before = shop.dump().await;
        for who in &whos {
            for (action, more) in [
                ("productSuspend", "reason: \"x\""),
                ("productDiscontinue", ""),
                ("productUpdate", "title: \"x\""),
            ] {
                let answer = act(&shop, who, action, id, more).await;
                assert_eq!(answer.fault(), Some("FORBIDDEN"), "{action}");
            }
        }
        assert_eq!(shop.dump().await, before);
    }

    async fn a_variant_goes_off_sale_but_never_the_last_one(shop: Shop) {
        let market = Market::open(&shop).await;
        let (_, variants) = market.sells(&shop, &market.product("mug", &["S", "L"])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let switch = async |verb: &str, at: usize| {
            let query = format!("mutation($id: ID!) {{ {verb}(input: {{ id: $id }}) {{
                variant {{ active version }} errors {{ code }} }} }}");
            shop.ask(&staff, &query, json!({ "id": variants[at].to_string() })).await
        };
        let off = switch("productVariantDeactivate", 0).await.ok();
        assert_eq!(off.at("productVariantDeactivate.variant"), &json!({ "active": false, "version": 2 }));
        let query = "{ product(by: { slug: \"mug\" }) { variants { title } }
            productVariant(by: { sku: \"mug-S\" }) { id } }";
        let guest = shop.ask(&Who::guest(), query, json!({})).await.ok();
        assert_eq!(guest.at("product.variants"), &json!([{ "title": "L" }]));
        assert_eq!(guest.body["data"]["productVariant"], Value::Null);
        let kept = shop.ask(&staff, query, json!({})).await.ok();
        assert_eq!(kept.at("product.variants").as_array().map(Vec::len), Some(2));
        let last = switch("productVariantDeactivate", 1).await;
        assert_eq!(last.codes("productVariantDeactivate"), ["GUARD_FAILED"]);
        switch("productVariantActivate", 0).await.ok();
        switch("productVariantDeactivate", 1).await.ok();
        assert!(areas(&shop.app.db.reader()).await.expect("a check").is_empty());
    }

    async fn what_may_not_be_seen_is_no_node_either(shop: Shop) {
        let market = Market::open(&shop).await;
        let category = market.category(&shop, "Home", None).await;
        let (open, open_variants) = market.sells(&shop, &market.product("mug", &[])).await;
        let hidden = market.product("secret", &[]).hidden();
        let (secret, secret_variants) = market.sells(&shop, &hidden).await;
        let ids = json!([
            open.to_string(), open_variants[0].to_string(), category.to_string(),
            secret.to_string(), secret_variants[0].to_string(), market.tax_class.to_string(),
            "product_00000000000000000000000000", "product_x", "nonsense",
        ]);
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";
        let names = |answer: &Answer| -> Vec<Value> {
            let nodes = answer.at("nodes").as_array().cloned().unwrap_or_default();
            nodes.into_iter().map(|node| node["__typename"].clone()).collect()
        };
        let guest = shop.ask(&Who::guest(), query, json!({ "ids": ids })).await.ok();
        let seen = ["Product", "ProductVariant", "Category"].map(Value::from);
        assert_eq!(names(&guest)[..3], seen);
        assert!(names(&guest)[3..].iter().all(Value::is_null), "{}", guest.body);
        let elsewhere = Who::guest().channel("us");
        let by = "query($id: ID!) { product(by: { id: $id }) { slug } }";
        for (who, sku) in [(Who::guest(), "secret-only"), (elsewhere, "secret-only")] {
            let query = "query($sku: String!) { product(by: { sku: $sku }) { slug } }";
            let answer = shop.ask(&who, query, json!({ "sku": sku })).await.ok();
            assert_eq!(answer.body["data"]["product"], Value::Null);
            let answer = shop.ask(&who, by, json!({ "id": secret.to_string() })).await.ok();
            assert_eq!(answer.body["data"]["product"], Value::Null);
        }
        let staff = shop.staff(Role::Support).await;
        let all = shop.ask(&staff, query, json!({ "ids": ids })).await.ok();
        assert_eq!(names(&all)[3..6], ["Product", "ProductVariant", "TaxClass"].map(Value::from));
        let bad = shop.ask(&staff, by, json!({ "id": "order_x" })).await;
        assert_eq!(bad.fault(), Some("VALIDATION"));
    }
}
