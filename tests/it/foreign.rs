//! What is somebody else's does not exist: every field that takes an id is asked with ids of
//! somebody else's things, and with ids of nothing.

use entity::id::AccountId;
use rialto::kernel::permission::Role;
use sea_orm::EntityTrait;
use serde_json::json;

use crate::both;
use crate::harness::sdl::{Sdl, Wish};
use crate::harness::till::{Cart, Till, address};
use crate::harness::{Shop, Who};

/// Words that stand in Ann's things and nowhere else.
const CANARIES: &[&str] = &["canary", "Lovelace", "Unter den Linden", "R1001"];

/// Codes that say that something is wrong on our side, or with the question itself.
const BROKEN: &[&str] = &["INTERNAL", "BAD_REQUEST", "LIMIT_EXCEEDED", "FORBIDDEN"];

/// Ann's things: an address, a cart, an order with all that hangs on it.
struct Ann {
    who: Who,
    ids: Vec<String>,
}

async fn ann(shop: &Shop, till: &Till) -> Ann {
    let customer = shop.signs_up("canary").await;
    let account = AccountId::from_uuid(customer.uuid());
    let who = shop.token(account, Role::Shopper).await;
    let add =
        "mutation($address: AddressInput!) { customerAddressAdd(input: { address: $address }) {
        errors { code } } }";
    shop.ask(&who, add, json!({ "address": address("DE") }))
        .await
        .ok();
    let mug = till.sells(shop, "mug", 12_50, 50).await;
    for completes in [true, false] {
        let cart = Cart::create(shop, &who, json!({})).await;
        cart.adds(shop, mug, 2).await.ok();
        cart.details(shop).await;
        if completes {
            cart.completes(shop, "sandbox_approve").await.ok();
        }
    }
    let mut ids = vec![customer.to_string(), account.to_string()];
    let read = shop.app.door.reader();
    macro_rules! all {
        ($($table:ident),+) => {$(
            let rows = entity::$table::Entity::find().all(&read).await.expect("rows");
            assert!(!rows.is_empty(), "nothing in {}", stringify!($table));
            ids.extend(rows.iter().map(|row| row.id.to_string()));
        )+};
    }
    all!(
        customer_addresses,
        carts,
        cart_lines,
        orders,
        order_lines,
        payments,
        payment_operations
    );
    Ann { who, ids }
}

/// The id of nothing, of the same type.
fn unknown(id: &str) -> String {
    let (prefix, _) = id.split_once('_').expect("a prefix");
    format!("{prefix}_0000000000000000000000000z")
}

/// What came of asking.
#[derive(Default)]
struct Asked {
    calls: usize,
    /// Answers that show something of Ann.
    shown: Vec<String>,
    /// Answers that no client should ever get.
    broken: Vec<String>,
}

/// Asks every field of the roots that takes an id, with each of these.
async fn asks(shop: &Shop, who: &Who, role: Role, roots: &[&str], ids: &[String]) -> Asked {
    let sdl = Sdl::read();
    let view = &shop.view(role).await;
    let mut asked = Asked::default();
    for root in roots {
        for field in sdl.fields(root) {
            let name = format!("{root}.{}", field.name.node);
            if !view.contains(&name) || !sdl.takes_id(field) {
                continue;
            }
            for id in ids {
                let wish = Wish {
                    id: Some(id),
                    view,
                    depth: 2,
                };
                let (query, variables) = sdl.call(root, field, wish);
                asked.calls += 1;
                let who = who.key(&format!("foreign-ids-{root}-{:08}", asked.calls));
                let answer = shop.ask(&who, &query, variables).await;
                let told = format!("{role:?} {name} with {id}: {}", answer.body);
                if CANARIES.iter().any(|canary| told.contains(canary)) {
                    asked.shown.push(told.clone());
                }
                if BROKEN.contains(&answer.fault().unwrap_or_default()) {
                    asked.broken.push(told);
                }
            }
        }
    }
    asked
}

/// Nothing has changed since.
async fn unchanged(shop: &Shop, before: &[(String, String)]) {
    let after = shop.dump().await;
    let changed: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    assert!(
        changed.is_empty() && after.len() == before.len(),
        "{changed:#?}"
    );
}

both! {
    async fn nobody_reads_or_changes_what_is_somebody_elses(shop: Shop) {
        let till = Till::open(&shop).await;
        let ann = ann(&shop, &till).await;
        let bob = shop.customer("bob").await;
        let own = till.cart(&shop).await;
        let before = shop.dump().await;
        for (who, role) in [
            (bob, Role::Shopper),
            (Who::guest(), Role::Guest),
            (own.who.order("order_unknown"), Role::Guest),
        ] {
            let asked = asks(&shop, &who, role, &["Query", "Mutation"], &ann.ids).await;
            assert!(asked.calls > 50, "only {} calls", asked.calls);
            assert!(asked.shown.is_empty(), "{:#?}", asked.shown);
            assert!(asked.broken.is_empty(), "{:#?}", asked.broken);
        }
        unchanged(&shop, &before).await;
        // The same questions, asked by Ann, show what they were after.
        let asked = asks(&shop, &ann.who, Role::Shopper, &["Query"], &ann.ids).await;
        assert!(asked.shown.len() >= 5, "{:#?}", asked.shown);
    }

    async fn ids_of_nothing_are_answered_and_change_nothing(shop: Shop) {
        let till = Till::open(&shop).await;
        let ann = ann(&shop, &till).await;
        let mut ids: Vec<String> = ann.ids.iter().map(|id| unknown(id)).collect();
        ids.sort();
        ids.dedup();
        ids.extend(["", "x", "order_", "\u{0}", "order_7zzzzzzzzzzzzzzzzzzzzzzzzzz"].map(str::to_owned));
        let mut askers = vec![(ann.who, Role::Shopper)];
        for role in [Role::Admin, Role::Warehouse] {
            askers.push((shop.staff(role).await, role));
        }
        let before = shop.dump().await;
        for (who, role) in askers {
            let asked = asks(&shop, &who, role, &["Query", "Mutation"], &ids).await;
            assert!(asked.broken.is_empty(), "{:#?}", asked.broken);
        }
        unchanged(&shop, &before).await;
    }
}
