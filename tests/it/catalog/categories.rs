//! The tree of categories: breadcrumbs, moves, and what is refused.

use rialto::domain::check::areas;
use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use super::fixture::Market;
use crate::both;
use crate::harness::{Shop, Who};

const CREATE: &str = "mutation($input: CategoryCreateInput!) { categoryCreate(input: $input) {
    category { id slug depth position version breadcrumbs { slug } ancestors { slug } }
    errors { code path }
} }";
const MOVE: &str = "mutation($input: CategoryMoveInput!) { categoryMove(input: $input) {
    category { depth position parent { slug } breadcrumbs { slug } }
    errors { code path ... on VersionConflictError { currentVersion } }
} }";
const UPDATE: &str = "mutation($input: CategoryUpdateInput!) { categoryUpdate(input: $input) {
    category { slug name description position version } errors { code path }
} }";
const DELETE: &str = "mutation($input: CategoryDeleteInput!) { categoryDelete(input: $input) {
    deletedId errors { code path }
} }";
const TREE: &str =
    "{ categories { totalCount nodes { slug children { slug children { slug } } } } }";

/// Adds a category and gives its id.
async fn add(shop: &Shop, staff: &Who, name: &str, parent: Option<&str>) -> String {
    let input = json!({ "name": name, "parentId": parent });
    let answer = shop
        .ask(staff, CREATE, json!({ "input": input }))
        .await
        .ok();
    answer.text("categoryCreate.category.id")
}

async fn sound(shop: &Shop) {
    let findings = areas(&shop.app.db.reader()).await.expect("a check");
    assert!(findings.is_empty(), "{findings:?}");
}

fn path(errors: &Value) -> String {
    let path = errors[0]["path"].as_array().cloned().unwrap_or_default();
    let path: Vec<_> = path
        .iter()
        .map(|step| step.as_str().unwrap_or("?"))
        .collect();
    path.join(".")
}

both! {
    async fn a_category_moves_with_all_below_it(shop: Shop) {
        let staff = shop.staff(Role::Merchandiser).await;
        let home = add(&shop, &staff, "Home", None).await;
        let kitchen = add(&shop, &staff, "Kitchen", Some(&home)).await;
        let mugs = add(&shop, &staff, "Mugs", Some(&kitchen)).await;
        let garden = add(&shop, &staff, "Garden", None).await;
        let sheds = add(&shop, &staff, "Sheds", Some(&garden)).await;
        sound(&shop).await;
        let query = "query($id: ID!) { category(by: { id: $id }) {
            depth parent { slug } ancestors { slug } breadcrumbs { slug } } }";
        let answer = shop.ask(&Who::guest(), query, json!({ "id": mugs })).await.ok();
        assert_eq!(answer.at("category.ancestors"), &json!([{ "slug": "home" }, { "slug": "kitchen" }]));

        let input = json!({ "id": kitchen, "parentId": sheds });
        let moved = shop.ask(&staff, MOVE, json!({ "input": input })).await.ok();
        assert_eq!(moved.int("categoryMove.category.depth"), 2);
        let answer = shop.ask(&Who::guest(), query, json!({ "id": mugs })).await.ok();
        assert_eq!(
            answer.at("category.breadcrumbs"),
            &json!([{ "slug": "garden" }, { "slug": "sheds" }, { "slug": "kitchen" }, { "slug": "mugs" }])
        );
        assert_eq!(answer.int("category.depth"), 3);
        sound(&shop).await;

        let input = json!({ "id": kitchen, "position": 0 });
        let moved = shop.ask(&staff, MOVE, json!({ "input": input })).await.ok();
        assert_eq!(moved.int("categoryMove.category.depth"), 0);
        assert_eq!(moved.at("categoryMove.category")["parent"], Value::Null);
        sound(&shop).await;
        let tree = shop.ask(&Who::guest(), TREE, json!({})).await.ok();
        assert_eq!(tree.at("categories.nodes"), &json!([
            { "slug": "kitchen", "children": [{ "slug": "mugs", "children": [] }] },
            { "slug": "home", "children": [] },
            { "slug": "garden", "children": [{ "slug": "sheds", "children": [] }] },
        ]));
        assert_eq!(tree.int("categories.totalCount"), 3);
    }

    async fn a_category_is_never_below_itself_or_too_deep(shop: Shop) {
        let staff = shop.staff(Role::Merchandiser).await;
        let mut way = vec![add(&shop, &staff, "L0", None).await];
        for level in 1..10 {
            let parent = way.last().cloned();
            way.push(add(&shop, &staff, &format!("L{level}"), parent.as_deref()).await);
        }
        let other = add(&shop, &staff, "Other", None).await;
        let before = shop.dump().await;
        for (id, parent, code) in [
            (&way[0], &way[0], "GUARD_FAILED"),
            (&way[0], &way[5], "GUARD_FAILED"),
            (&other, &way[9], "LIMIT_EXCEEDED"),
            (&way[1], &way[1], "GUARD_FAILED"),
        ] {
            let input = json!({ "id": id, "parentId": parent });
            let answer = shop.ask(&staff, MOVE, json!({ "input": input })).await;
            assert_eq!(answer.codes("categoryMove"), [code]);
            assert_eq!(path(&answer.at("categoryMove")["errors"]), "input.parentId");
        }
        let input = json!({ "name": "L10", "parentId": way[9] });
        let answer = shop.ask(&staff, CREATE, json!({ "input": input })).await;
        assert_eq!(answer.codes("categoryCreate"), ["LIMIT_EXCEEDED"]);
        assert_eq!(shop.dump().await, before);
        sound(&shop).await;
    }

    async fn two_moves_at_once_make_no_circle(shop: Shop) {
        let staff = shop.staff(Role::Merchandiser).await;
        for round in 0..8 {
            let a = add(&shop, &staff, &format!("A{round}"), None).await;
            let below_a = add(&shop, &staff, &format!("AA{round}"), Some(&a)).await;
            let b = add(&shop, &staff, &format!("B{round}"), None).await;
            let below_b = add(&shop, &staff, &format!("BB{round}"), Some(&b)).await;
            let first = json!({ "input": { "id": a, "parentId": below_b } });
            let second = json!({ "input": { "id": b, "parentId": below_a } });
            let (first, second) =
                tokio::join!(shop.ask(&staff, MOVE, first), shop.ask(&staff, MOVE, second));
            let mut codes = first.codes("categoryMove");
            codes.extend(second.codes("categoryMove"));
            assert_eq!(codes, ["GUARD_FAILED"], "round {round}");
        }
        sound(&shop).await;
    }

    async fn what_is_still_in_use_is_not_deleted(shop: Shop) {
        let market = Market::open(&shop).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let home = market.category(&shop, "Home", None).await;
        let kitchen = market.category(&shop, "Kitchen", Some(home)).await;
        market.sells(&shop, &market.product("mug", &[]).in_category(kitchen)).await;
        for id in [home, kitchen] {
            let input = json!({ "id": id.to_string() });
            let answer = shop.ask(&staff, DELETE, json!({ "input": input })).await;
            assert_eq!(answer.codes("categoryDelete"), ["IN_USE"]);
        }
        let empty = market.category(&shop, "Empty", Some(home)).await;
        let stale = json!({ "id": empty.to_string(), "expectedVersion": 7 });
        let answer = shop.ask(&staff, DELETE, json!({ "input": stale })).await;
        assert_eq!(answer.codes("categoryDelete"), ["VERSION_CONFLICT"]);
        let input = json!({ "id": empty.to_string(), "expectedVersion": 1 });
        let answer = shop.ask(&staff, DELETE, json!({ "input": input })).await.ok();
        assert_eq!(answer.text("categoryDelete.deletedId"), empty.to_string());
        let again = shop.ask(&staff, DELETE, json!({ "input": input })).await;
        assert_eq!(again.codes("categoryDelete"), ["NOT_FOUND"]);
        sound(&shop).await;
    }

    async fn bad_input_is_refused_where_it_is(shop: Shop) {
        let staff = shop.staff(Role::Merchandiser).await;
        let home = add(&shop, &staff, "Home", None).await;
        let nobody = "category_00000000000000000000000000";
        for (query, field, input, code, at) in [
            (CREATE, "categoryCreate", json!({ "name": "Home" }), "ALREADY_EXISTS", "input.slug"),
            (CREATE, "categoryCreate", json!({ "name": "--" }), "VALIDATION", "input.slug"),
            (CREATE, "categoryCreate", json!({ "name": "" }), "VALIDATION", "input.name"),
            (CREATE, "categoryCreate", json!({ "name": "a".repeat(256) }), "VALIDATION", "input.name"),
            (CREATE, "categoryCreate", json!({ "name": "X", "slug": "A b" }), "VALIDATION", "input.slug"),
            (CREATE, "categoryCreate", json!({ "name": "X", "parentId": nobody }), "NOT_FOUND", "input.parentId"),
            (CREATE, "categoryCreate", json!({ "name": "X", "parentId": "order_x" }), "VALIDATION", "input.parentId"),
            (CREATE, "categoryCreate", json!({ "name": "X", "position": -1 }), "VALIDATION", "input.position"),
            (UPDATE, "categoryUpdate", json!({ "id": nobody, "name": "X" }), "NOT_FOUND", "input.id"),
            (UPDATE, "categoryUpdate", json!({ "id": home }), "VALIDATION", ""),
            (UPDATE, "categoryUpdate", json!({ "id": home, "name": "X", "expectedVersion": 2 }), "VERSION_CONFLICT", "input.expectedVersion"),
            (MOVE, "categoryMove", json!({ "id": home, "parentId": nobody }), "NOT_FOUND", "input.parentId"),
        ] {
            let answer = shop.ask(&staff, query, json!({ "input": input })).await;
            assert_eq!(answer.codes(field), [code], "{input}");
            assert_eq!(path(&answer.at(field)["errors"]), at, "{input}");
        }
        let input = json!({ "id": home, "name": "House", "description": "All of it", "slug": "house" });
        let answer = shop.ask(&staff, UPDATE, json!({ "input": input })).await.ok();
        assert_eq!(answer.at("categoryUpdate.category"), &json!({
            "slug": "house", "name": "House", "description": "All of it", "position": 1, "version": 2,
        }));
    }
}
