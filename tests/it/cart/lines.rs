//! `cartLinesAdd`, `cartLinesUpdate`, `cartLinesRemove`.

use entity::id::{CartLineId, TypedId, VariantId};
use rialto::domain::pricing::commands::ProductSuspend;
use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use crate::both;
use crate::harness::till::Till;

fn refusal(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

fn nowhere<T: TypedId>() -> T {
    T::from_uuid(uuid::Uuid::from_u128(7))
}

both! {
    async fn adding_a_variant_again_raises_its_quantity(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 2).await.ok();
        let answer = cart.adds(&shop, mug, 3).await.ok();
        assert_eq!(answer.at("cartLinesAdd.cart.lines.totalCount"), 1);
        let line = answer.at("cartLinesAdd.cart.lines.nodes.0");
        assert_eq!(line["quantity"], 5);
        assert_eq!(line["unitPrice"]["amount"], "12.50");
        assert_eq!(line["subtotal"]["amount"], "62.50");
        assert_eq!(line["total"]["gross"]["amount"], "62.50");
        assert_eq!(line["variant"]["product"]["title"], "mug");
        assert_eq!(line["variant"]["id"], line["variantId"]);
        assert_eq!((&line["available"], &line["availableQuantity"]), (&json!(true), &Value::Null));
        let stock = shop.loses(mug, 3).await;
        assert_eq!(stock, 2);
        let read = cart.read(&shop).await.ok();
        let line = read.at("cart.lines.nodes.0");
        assert_eq!((&line["available"], &line["availableQuantity"]), (&json!(false), &json!(2)));
        assert_eq!(read.text("cart.readiness.missing.0.code"), "OUT_OF_STOCK");
        assert_eq!(answer.int("cartLinesAdd.cart.version"), 3);
    }

    async fn each_entry_that_cannot_be_added_says_why(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let secret = till.sells_draft(&shop, &till.market.product("secret", &[]).hidden()).await;
        let local = till.sells_draft(&shop, &till.market.product("local", &[]).in_eu_only()).await;
        let cart = till.cart(&shop).await;
        let lines = json!([
            { "variantId": mug, "quantity": 0 },
            { "variantId": mug, "quantity": -1 },
            { "variantId": mug, "quantity": 1_000_000_000 },
            { "variantId": nowhere::<VariantId>() },
            { "variantId": secret },
            { "variantId": mug, "quantity": 6 },
            { "variantId": mug, "quantity": 5 },
        ]);
        let answer = cart.does(&shop, "cartLinesAdd", json!({ "lines": lines })).await;
        let expected = [
            refusal("VALIDATION", "input.lines.0.quantity"),
            refusal("VALIDATION", "input.lines.1.quantity"),
            refusal("VALIDATION", "input.lines.2.quantity"),
            refusal("NOT_FOUND", "input.lines.3.variantId"),
            refusal("NOT_SELLABLE", "input.lines.4.variantId"),
            refusal("OUT_OF_STOCK", "input.lines.5.quantity"),
        ];
        assert_eq!(answer.refusals("cartLinesAdd"), expected);
        let short = answer.at("cartLinesAdd.errors.5");
        assert_eq!(short["variantId"], json!(mug));
        assert_eq!((&short["requested"], &short["available"]), (&json!(6), &json!(5)));
        assert_eq!(answer.at("cartLinesAdd.cart.lines.nodes.0.quantity"), 5);

        let us = crate::harness::till::Cart::create(
            &shop, &crate::harness::Who::guest().channel("us"), json!({}),
        ).await;
        let answer = us.adds(&shop, local, 1).await;
        assert_eq!(answer.refusals("cartLinesAdd"), [refusal("NOT_SELLABLE", "input.lines.0.variantId")]);
    }

    async fn where_nothing_can_be_done_nothing_is_written(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        let before = shop.count("audit_entries").await;
        let answer = cart.adds(&shop, mug, 6).await;
        assert_eq!(answer.codes("cartLinesAdd"), ["OUT_OF_STOCK"]);
        assert!(answer.at_or_null("cartLinesAdd.cart").is_null());
        assert_eq!(shop.count("audit_entries").await, before);
        assert_eq!(cart.read(&shop).await.ok().int("cart.version"), 1);
    }

    async fn lists_are_bounded_and_ids_are_ids(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        let many: Vec<Value> = (0..251).map(|_| json!({ "variantId": mug })).collect();
        for (field, input, path) in [
            ("cartLinesAdd", json!({ "lines": [] }), "input.lines"),
            ("cartLinesAdd", json!({ "lines": many }), "input.lines"),
            ("cartLinesAdd", json!({ "lines": [{ "variantId": "mug" }] }), "input.lines.0.variantId"),
            ("cartLinesAdd", json!({ "lines": [{ "variantId": cart.id }] }), "input.lines.0.variantId"),
            ("cartLinesAdd", json!({ "cartId": "x", "lines": [{ "variantId": mug }] }), "input.cartId"),
            ("cartLinesUpdate", json!({ "lines": [] }), "input.lines"),
            ("cartLinesUpdate", json!({ "lines": [{ "lineId": "x", "quantity": 1 }] }), "input.lines.0.lineId"),
            ("cartLinesRemove", json!({ "lineIds": [] }), "input.lineIds"),
            ("cartLinesRemove", json!({ "lineIds": vec!["x"; 251] }), "input.lineIds"),
            ("cartLinesRemove", json!({ "lineIds": ["x"] }), "input.lineIds.0"),
        ] {
            let answer = cart.does(&shop, field, input).await;
            assert_eq!(answer.refusals(field), [refusal("VALIDATION", path)]);
        }
    }

    async fn a_cart_holds_250_lines(shop: Shop) {
        let till = Till::open(&shop).await;
        let drafts: Vec<_> = (0..251)
            .map(|number| till.market.product(&format!("p-{number}"), &[]))
            .collect();
        till.market.imports(&shop, &drafts).await;
        let variants = shop.variants().await;
        assert_eq!(variants.len(), 251);
        let cart = till.cart(&shop).await;
        let line = |id: &VariantId| json!({ "variantId": id });
        let lines: Vec<Value> = variants[..250].iter().map(line).collect();
        let answer = cart.does(&shop, "cartLinesAdd", json!({ "lines": lines })).await.ok();
        assert_eq!(answer.at("cartLinesAdd.cart.lines.totalCount"), 250);
        assert_eq!(answer.at("cartLinesAdd.cart.lines.nodes").as_array().map(Vec::len), Some(250));
        let lines = json!([line(&variants[250])]);
        let answer = cart.does(&shop, "cartLinesAdd", json!({ "lines": lines })).await;
        assert_eq!(
            answer.refusals("cartLinesAdd"),
            [refusal("LIMIT_EXCEEDED", "input.lines.0.variantId")]
        );
    }

    async fn quantities_are_set_and_zero_removes(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let pot = till.sells(&shop, "pot", 30_00, 5).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 1).await.ok();
        let answer = cart.adds(&shop, pot, 1).await.ok();
        let line = |place: usize| answer.text(&format!("cartLinesAdd.cart.lines.nodes.{place}.id"));
        let (first, second) = (line(0), line(1));
        let lines = json!([
            { "lineId": first, "quantity": 0 },
            { "lineId": second, "quantity": 3 },
            { "lineId": second, "quantity": 4 },
            { "lineId": nowhere::<CartLineId>(), "quantity": 1 },
        ]);
        let answer = cart.does(&shop, "cartLinesUpdate", json!({ "lines": lines })).await;
        let expected = [
            refusal("VALIDATION", "input.lines.2.lineId"),
            refusal("NOT_FOUND", "input.lines.3.lineId"),
        ];
        assert_eq!(answer.refusals("cartLinesUpdate"), expected);
        assert_eq!(answer.at("cartLinesUpdate.cart.lines.totalCount"), 1);
        assert_eq!(answer.at("cartLinesUpdate.cart.lines.nodes.0.quantity"), 3);
        for (quantity, code) in [(-1, "VALIDATION"), (1_000_000_000, "VALIDATION"), (6, "OUT_OF_STOCK")] {
            let lines = json!([{ "lineId": second, "quantity": quantity }]);
            let answer = cart.does(&shop, "cartLinesUpdate", json!({ "lines": lines })).await;
            assert_eq!(answer.refusals("cartLinesUpdate"), [refusal(code, "input.lines.0.quantity")]);
        }
        let gone = json!({ "lineIds": [second, first] });
        let answer = cart.does(&shop, "cartLinesRemove", gone).await;
        assert_eq!(answer.refusals("cartLinesRemove"), [refusal("NOT_FOUND", "input.lineIds.1")]);
        assert_eq!(answer.at("cartLinesRemove.cart.lines.nodes"), &json!([]));
    }

    async fn a_line_that_can_no_longer_be_bought_is_named_and_can_only_shrink(shop: Shop) {
        let till = Till::open(&shop).await;
        let draft = till.market.product("mug", &[]);
        let (product, variants) = till.market.sells(&shop, &draft).await;
        let cart = till.cart(&shop).await;
        let answer = cart.adds(&shop, variants[0], 2).await.ok();
        let line = answer.text("cartLinesAdd.cart.lines.nodes.0.id");
        let suspend = ProductSuspend { product, expected_version: None, reason: "recall".to_owned() };
        shop.done(Role::Merchandiser, suspend).await;

        let read = cart.read(&shop).await.ok();
        assert_eq!(read.at("cart.lines.nodes.0.available"), false);
        assert!(read.at_or_null("cart.lines.nodes.0.variant").is_null());
        assert_eq!(read.text("cart.lines.nodes.0.productTitle"), "mug");
        let missing = read.at("cart.readiness.missing.0");
        assert_eq!(missing["code"], "LINE_NOT_SELLABLE");
        assert_eq!(missing["lineId"], json!(line));
        assert_eq!(missing["path"], json!(["lines", "0"]));
        assert_eq!(missing["mendedBy"], "cartLinesUpdate");
        let set = |quantity| json!({ "lines": [{ "lineId": line, "quantity": quantity }] });
        let answer = cart.does(&shop, "cartLinesUpdate", set(3)).await;
        assert_eq!(answer.codes("cartLinesUpdate"), ["NOT_SELLABLE"]);
        let answer = cart.does(&shop, "cartLinesUpdate", set(1)).await.ok();
        assert_eq!(answer.at("cartLinesUpdate.cart.lines.nodes.0.quantity"), 1);
    }

    async fn what_is_not_counted_or_sold_beyond_stock_is_always_there(shop: Shop) {
        let till = Till::open(&shop).await;
        let free = till.sells_draft(&shop, &till.market.product("air", &[]).untracked()).await;
        let made = till.sells(&shop, "made", 1_00, 0).await;
        shop.oversells(made, entity::stock_policies::Oversell::Backorder).await;
        let cart = till.cart(&shop).await;
        for variant in [free, made] {
            let answer = cart.adds(&shop, variant, 1_000).await.ok();
            let place = i64::from(variant == made);
            let line = answer.at(&format!("cartLinesAdd.cart.lines.nodes.{place}"));
            assert_eq!(line["available"], true);
            assert!(line["availableQuantity"].is_null());
        }
    }

    async fn a_stale_version_is_refused_with_the_current_one(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 1).await.ok();
        let lines = json!([{ "variantId": mug }]);
        let stale = json!({ "lines": lines, "expectedVersion": 1 });
        let answer = cart.does(&shop, "cartLinesAdd", stale).await;
        assert_eq!(
            answer.refusals("cartLinesAdd"),
            [refusal("VERSION_CONFLICT", "input.expectedVersion")]
        );
        assert_eq!(answer.at("cartLinesAdd.errors.0.currentVersion"), 2);
        let fresh = json!({ "lines": lines, "expectedVersion": 2 });
        cart.does(&shop, "cartLinesAdd", fresh).await.ok();
    }

    async fn a_retry_with_the_same_key_adds_once(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        let lines = json!([{ "variantId": mug, "quantity": 2 }, { "variantId": mug, "quantity": 9 }]);
        let input = json!({ "lines": lines, "idempotencyKey": "0123456789abcdef" });
        let first = cart.does(&shop, "cartLinesAdd", input.clone()).await;
        let second = cart.does(&shop, "cartLinesAdd", input).await;
        for answer in [first, second] {
            assert_eq!(answer.refusals("cartLinesAdd"), [refusal("OUT_OF_STOCK", "input.lines.1.quantity")]);
            assert_eq!(answer.at("cartLinesAdd.cart.lines.nodes.0.quantity"), 2);
        }
    }

    async fn every_change_is_audited_without_a_person_in_it(shop: Shop) {
        let till = Till::open(&shop).await;
        till.filled(&shop).await;
        let actions = shop
            .texts("SELECT action AS text FROM audit_entries WHERE aggregate_type = 'cart' ORDER BY seq")
            .await;
        let expected = [
            "cart.create", "cart.lines_add", "cart.contact_set", "cart.address_set", "cart.delivery_set",
        ];
        assert_eq!(actions, expected);
        let events = shop
            .texts("SELECT event_type AS text FROM outbox_events WHERE aggregate_type = 'cart' ORDER BY seq")
            .await;
        let expected = [
            "cart.created", "cart.lines_changed", "cart.contact_changed", "cart.address_changed",
            "cart.delivery_changed",
        ];
        assert_eq!(events, expected);
        let changes = shop.texts("SELECT CAST(changes AS TEXT) AS text FROM audit_entries").await;
        let data = shop.texts("SELECT CAST(data AS TEXT) AS text FROM outbox_events").await;
        for text in changes.iter().chain(&data) {
            for word in ["ada@", "Lovelace", "Linden", "1234567"] {
                assert!(!text.contains(word), "{text}");
            }
        }
    }
}
