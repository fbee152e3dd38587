//! Imports: what comes again changes nothing, what differs is brought up to date.

use rialto::domain::catalog::store;
use rialto::domain::pricing::import_plan::{Outcome, PlannedImage, PlannedOption};
use rialto::domain::pricing::store::{listings, prices};
use sea_orm::{EntityTrait, PaginatorTrait};

use super::fixture::{Draft, Market};
use crate::both;
use crate::harness::Shop;

async fn outcome(market: &Market, shop: &Shop, draft: &Draft) -> Outcome {
    let imported = market.imports(shop, std::slice::from_ref(draft)).await;
    imported.products.into_iter().next().expect("one").outcome
}

fn fields(outcome: Outcome) -> Vec<String> {
    match outcome {
        Outcome::Updated(_, fields) => fields,
        other => panic!("updated: {other:?}"),
    }
}

/// Rows that an import writes.
async fn rows(shop: &Shop) -> Vec<u64> {
    let read = shop.app.db.reader();
    let mut counts = Vec::new();
    macro_rules! count {
        ($($table:ident)+) => {$(
            counts.push(entity::$table::Entity::find().count(&read).await.expect("a count"));
        )+};
    }
    count!(products product_options product_option_values variants variant_option_values
        product_images product_terms prices price_history product_listings stock_policies
        stock_levels stock_movements audit_entries outbox_events);
    counts
}

both! {
    async fn an_import_that_comes_again_changes_nothing(shop: Shop) {
        let market = Market::open(&shop).await;
        let drafts = [
            market.product("shirt", &["S", "M", "L"]),
            market.product("mug", &[]).untracked(),
            market.product("secret", &[]).hidden(),
        ];
        let first = market.imports(&shop, &drafts).await;
        assert!(first.products.iter().all(|one| matches!(one.outcome, Outcome::Created(_))));
        let before = rows(&shop).await;
        let second = market.imports(&shop, &drafts).await;
        assert!(
            second.products.iter().all(|one| matches!(one.outcome, Outcome::Unchanged(_))),
            "{second:?}"
        );
        assert_eq!(rows(&shop).await, before);
        let read = shop.app.db.reader();
        let states: Vec<_> = entity::products::Entity::find().all(&read).await.expect("products");
        let mut states: Vec<_> = states.iter().map(|row| (row.slug.as_str(), row.state.as_str())).collect();
        states.sort_unstable();
        assert_eq!(states, [("mug", "active"), ("secret", "draft"), ("shirt", "active")]);
    }

    async fn what_differs_is_brought_up_to_date_and_named(shop: Shop) {
        let market = Market::open(&shop).await;
        let mut draft = market.product("shirt", &["S", "M"]);
        let (product, variants) = market.sells(&shop, &draft).await;
        draft.planned.title = "A better shirt".into();
        draft.planned.variants[0].prices[0].amount.minor = 999;
        draft.planned.images.push(PlannedImage {
            url: "https://example.com/a.jpg".into(),
            alt: String::new(),
            variant: Some(draft.planned.variants[1].sku.clone()),
        });
        let changed = fields(outcome(&market, &shop, &draft).await);
        assert_eq!(changed, ["title", "variants.shirt-S.price", "images"]);
        let read = shop.app.db.reader();
        let listing = listings::in_channel(&read, market.eu, &[product]).await.expect("listings");
        assert_eq!((listing[&product].price_from_minor, listing[&product].price_to_minor), (999, 1_250));
        let terms = entity::product_terms::Entity::find().all(&read).await.expect("terms");
        assert!(terms.iter().any(|row| row.term == "better"));

        let stocked = draft.stocked(7);
        let changed = fields(outcome(&market, &shop, &stocked).await);
        assert_eq!(changed, ["variants.shirt-S.stock", "variants.shirt-M.stock"]);
        let hidden = stocked.hidden();
        assert_eq!(fields(outcome(&market, &shop, &hidden).await), ["state"]);
        let row = store::products::by_ids(&read, &[product]).await.expect("it").remove(&product);
        assert_eq!(row.map(|row| row.state.as_str()), Some("suspended"));
        let current = prices::in_channel(&read, market.eu, &variants).await.expect("prices");
        assert_eq!(current[&variants[0]].amount_minor, 999);
    }

    async fn a_variant_is_known_by_its_sku_or_else_by_its_values(shop: Shop) {
        let market = Market::open(&shop).await;
        let draft = market.product("shirt", &["S", "M"]);
        let (product, variants) = market.sells(&shop, &draft).await;

        let mut renamed = draft.clone();
        renamed.planned.variants[0].sku = "NEW-S".parse_sku();
        assert_eq!(fields(outcome(&market, &shop, &renamed).await), ["variants.NEW-S.sku"]);

        let mut revalued = renamed.clone();
        revalued.planned.variants[0].values = vec!["XS".into()];
        revalued.planned.options[0].values = vec!["XS".into(), "M".into()];
        assert_eq!(fields(outcome(&market, &shop, &revalued).await), ["variants.NEW-S.values"]);

        let mut swapped = revalued.clone();
        swapped.planned.variants[0].values = vec!["M".into()];
        swapped.planned.variants[1].values = vec!["XS".into()];
        assert_eq!(
            fields(outcome(&market, &shop, &swapped).await),
            ["variants.NEW-S.values", "variants.shirt-M.values"]
        );

        let mut grown = market.product("shirt", &["L"]);
        grown.planned.variants[0].sku = "L-1".parse_sku();
        let changed = fields(outcome(&market, &shop, &grown).await);
        assert_eq!(changed[0], "variants.L-1.created");
        let read = shop.app.db.reader();
        let now = store::variants::of_products(&read, &[product]).await.expect("variants");
        let ids: Vec<_> = now[&product].iter().map(|row| row.id).collect();
        assert_eq!((ids.len(), &ids[..2]), (3, &variants[..]));
        assert_eq!(now[&product][0].title, "M");
    }

    async fn what_cannot_be_is_refused_alone(shop: Shop) {
        let market = Market::open(&shop).await;
        market.sells(&shop, &market.product("mug", &[])).await;
        let mut thief = market.product("thief", &[]);
        thief.planned.variants[0].sku = "mug-only".parse_sku();
        market.sells(&shop, &market.product("cup", &[])).await;
        let mut changed_options = market.product("cup", &[]);
        changed_options.planned.options = vec![PlannedOption {
            name: "Color".into(),
            values: vec!["red".into()],
        }];
        changed_options.planned.variants[0].values = vec!["red".into()];
        let good = market.product("good", &[]);
        let imported = market.imports(&shop, &[thief, changed_options, good]).await;
        let refused: Vec<_> = imported
            .products
            .iter()
            .map(|one| match &one.outcome {
                Outcome::Refused(refused) => Some(refused[0].path.join(".")),
                Outcome::Created(_) => None,
                other => panic!("{other:?}"),
            })
            .collect();
        let path = |path: &str| Some(path.to_owned());
        assert_eq!(refused, [
            path("input.products.0.variants.0.sku"),
            path("input.products.1.options"),
            None,
        ]);
    }

    async fn a_product_without_a_price_stays_a_draft_until_it_has_one(shop: Shop) {
        let market = Market::open(&shop).await;
        let priced = market.product("mug", &[]);
        let mut draft = priced.clone();
        draft.planned.variants[0].prices.clear();
        let (product, _) = market.sells(&shop, &draft).await;
        let read = shop.app.db.reader();
        let state = async || {
            let mut rows = store::products::by_ids(&read, &[product]).await.expect("it");
            rows.remove(&product).map(|row| row.state.as_str())
        };
        assert_eq!(state().await, Some("draft"));
        assert_eq!(fields(outcome(&market, &shop, &priced).await), ["variants.mug-only.price", "state"]);
        assert_eq!(state().await, Some("active"));
    }
}

trait ParseSku {
    fn parse_sku(&self) -> rialto::kernel::text::Sku;
}

impl ParseSku for str {
    fn parse_sku(&self) -> rialto::kernel::text::Sku {
        rialto::kernel::text::Sku::parse(self).expect("a SKU")
    }
}
