//! Who may what: a page of ticks that anyone can review, and the proof that what a role does not
//! see it cannot call either.
//!
//! `RIALTO_BLESS=1 cargo test --test it roles` writes the page anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use rialto::kernel::permission::Role;

use crate::both;
use crate::harness::sdl::{Sdl, View, Wish};
use crate::harness::{Shop, Who};

const PAGE: &str = "tests/golden/roles.txt";

/// What a thing is a part of: the field of an argument, the type of a field. A type is whole.
fn whole(name: &str) -> &str {
    let end = name.find('(').or_else(|| name.find('.'));
    end.map_or(name, |end| &name[..end])
}

/// The page: every root field, and whatever else is not for everybody.
fn page(views: &BTreeMap<usize, View>) -> String {
    let all: BTreeSet<&String> = views.values().flatten().collect();
    let is_root = |name: &str| {
        (name.starts_with("Query.") || name.starts_with("Mutation.")) && !name.contains('(')
    };
    let (roots, rest): (Vec<&String>, Vec<&String>) = all.into_iter().partition(|one| is_root(one));
    // What goes with a hidden whole (the arguments of a field, the fields of a type) needs no line.
    let hidden_by_itself = |name: &&String| {
        let sees_whole = |view: &&View| view.contains(whole(name));
        views
            .values()
            .filter(sees_whole)
            .any(|view| !view.contains(*name))
    };
    let rest = rest.into_iter().filter(hidden_by_itself);
    let mut page = String::from(
        "Who sees and may call what. Written by RIALTO_BLESS=1 cargo test --test it roles.\n\n",
    );
    let heads: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
    let _ = writeln!(page, "{:52} {}", "", heads.join(" "));
    let mut line = |name: &String| {
        let ticks: Vec<_> = views
            .iter()
            .map(|(at, view)| {
                let tick = if view.contains(name) { "x" } else { "." };
                format!("{tick:^width$}", width = heads[*at].len())
            })
            .collect();
        let _ = writeln!(page, "{name:52} {}", ticks.join(" ").trim_end());
    };
    roots.into_iter().for_each(&mut line);
    rest.for_each(&mut line);
    page
}

async fn who(shop: &Shop, role: Role) -> Who {
    match role {
        Role::Shopper => shop.customer("roles").await,
        _ => shop.staff(role).await,
    }
}

both! {
    async fn the_page_of_roles_is_current(shop: Shop) {
        let mut views = BTreeMap::new();
        for (at, role) in Role::ALL.iter().enumerate() {
            views.insert(at, shop.view(*role).await);
        }
        let page = page(&views);
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(PAGE);
        if std::env::var("RIALTO_BLESS").is_ok() {
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(&file, &page).expect("written");
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(found == page, "{PAGE} is not current: RIALTO_BLESS=1 cargo test --test it roles");
    }

    async fn what_a_role_does_not_see_is_forbidden_and_nothing_else_is(shop: Shop) {
        shop.opens_channel("eu").await;
        let sdl = Sdl::read();
        let mut wrong = Vec::new();
        let mut calls = 0;
        for role in Role::ALL.iter().filter(|role| **role != Role::System) {
            let view = shop.view(*role).await;
            let who = who(&shop, *role).await;
            for (root, field) in ["Query", "Mutation"].into_iter().flat_map(|root| {
                sdl.fields(root).into_iter().map(move |field| (root, field))
            }) {
                let wish = Wish { id: None, view: &View::new(), depth: 0 };
                let (query, variables) = sdl.call(root, field, wish);
                let answer = shop.ask(&who, &query, variables).await;
                let forbidden = answer.fault() == Some("FORBIDDEN");
                let visible = view.contains(&format!("{root}.{}", field.name.node));
                let understood = answer.fault() != Some("BAD_REQUEST");
                if forbidden == visible || !understood {
                    wrong.push(format!("{role:?} {query}: {}", answer.body));
                }
                calls += 1;
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(calls > 100, "only {calls} calls");
    }
}
