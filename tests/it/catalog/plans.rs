//! How the databases carry out the lists: through indexes, in the order of the list.

use entity::products::State;
use rialto::domain::search::filter::{
    Audience, Filter, OptionFilter, Sort, Stocked, View, list_name,
};
use rialto::domain::search::store::statement;
use rialto::kernel::page::{Page, PageArgs};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};

use super::fixture::Market;
use crate::both;
use crate::harness::Shop;
use crate::harness::database::Engine;

/// The plan of a statement, line by line.
async fn plan(shop: &Shop, statement: Statement) -> Vec<String> {
    let (explain, column) = match shop.engine {
        Engine::Sqlite => ("EXPLAIN QUERY PLAN ", "detail"),
        Engine::Postgres => ("EXPLAIN ", "QUERY PLAN"),
    };
    let transaction = shop
        .app
        .db
        .for_migrations()
        .begin()
        .await
        .expect("a transaction");
    if shop.engine == Engine::Postgres {
        // Tables of tests are small; what counts is whether an index serves.
        let off = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off";
        transaction.execute_unprepared(off).await.expect("set");
    }
    let explained = Statement {
        sql: format!("{explain}{}", statement.sql),
        ..statement
    };
    let rows = transaction.query_all_raw(explained).await.expect("a plan");
    rows.iter()
        .map(|row| row.try_get("", column).expect("a line"))
        .collect()
}

fn filters(category: entity::id::CategoryId) -> Vec<(&'static str, Filter)> {
    let with = |change: fn(&mut Filter)| {
        let mut filter = Filter::default();
        change(&mut filter);
        filter
    };
    vec![
        ("all", Filter::default()),
        (
            "category",
            Filter {
                category: Some(category),
                ..Filter::default()
            },
        ),
        (
            "price",
            with(|f| (f.price_min, f.price_max) = (Some(1), Some(9_999))),
        ),
        ("in stock", with(|f| f.stocked = Some(Stocked::In))),
        ("out of stock", with(|f| f.stocked = Some(Stocked::Out))),
        ("text", with(|f| f.words = vec!["mu".into(), "re".into()])),
        (
            "option",
            with(|f| {
                f.options = vec![OptionFilter {
                    name: "Size".into(),
                    values: vec!["S".into()],
                }];
            }),
        ),
        ("slugs", with(|f| f.slugs = Some(vec!["mug".into()]))),
        ("ids", with(|f| f.ids = Some(Vec::new()))),
    ]
}

both! {
    async fn every_list_goes_through_an_index(shop: Shop) {
        let market = Market::open(&shop).await;
        let category = market.category(&shop, "Mugs", None).await;
        let draft = market.product("mug", &["S"]).in_category(category);
        market.sells(&shop, &draft).await;
        let mut bad = Vec::new();
        for audience in [Audience::Shoppers, Audience::Staff] {
            let view = View { channel: Some(market.eu), audience };
            for (name, mut filter) in filters(category) {
                if audience == Audience::Staff && name == "slugs" {
                    filter.states = Some(vec![State::Draft, State::Active]);
                }
                for sort in [Sort::Newest, Sort::Title, Sort::PriceAsc, Sort::PriceDesc] {
                    let list = list_name(view, &filter, sort);
                    let first = Page::new(&list, &PageArgs::default()).expect("a page");
                    let engine = shop.app.db.engine();
                    let statement = statement(engine, view, &filter, sort, &first);
                    let statement = statement.expect("good").expect("a list");
                    let lines = plan(&shop, statement).await;
                    let scans = |line: &String| {
                        let bare = line.starts_with("SCAN") && !line.contains("USING");
                        bare || line.contains("Seq Scan")
                    };
                    if lines.iter().any(scans) {
                        bad.push((audience, name, sort, lines));
                    }
                }
            }
        }
        assert!(bad.is_empty(), "{bad:#?}");
    }
}
