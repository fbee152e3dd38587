//! `cartCreate`.

use serde_json::json;

use crate::both;
use crate::harness::Who;
use crate::harness::till::{Cart, Till};

const CREATE: &str = "mutation($input: CartCreateInput!) {
    cartCreate(input: $input) {
        cart { id version state language channel { code } lines { nodes { quantity } }
            attribution { source medium name } }
        cartToken
        errors { code path message }
    }
}";

both! {
    async fn a_guest_gets_an_empty_cart_and_its_secret_once(shop: Shop) {
        Till::open(&shop).await;
        let answer = shop.ask(&Who::guest(), CREATE, json!({ "input": {} })).await.ok();
        assert!(answer.text("cartCreate.cart.id").starts_with("cart_"));
        assert!(answer.text("cartCreate.cartToken").starts_with("cart_"));
        assert_eq!(answer.int("cartCreate.cart.version"), 1);
        assert_eq!(answer.text("cartCreate.cart.state"), "ACTIVE");
        assert_eq!(answer.text("cartCreate.cart.channel.code"), "eu");
        assert_eq!(answer.at("cartCreate.cart.lines.nodes"), &json!([]));
        let token = answer.text("cartCreate.cartToken");
        let row = shop.texts("SELECT secret_hash AS text FROM carts").await;
        assert_ne!(row, [token.clone()]);
        assert_eq!(row[0].len(), 64);
    }

    async fn a_cart_buys_in_the_channel_of_its_request(shop: Shop) {
        Till::open(&shop).await;
        let us = Who::guest().channel("us");
        let answer = shop.ask(&us, CREATE, json!({ "input": {} })).await.ok();
        assert_eq!(answer.text("cartCreate.cart.channel.code"), "us");
    }

    async fn language_and_campaign_are_frozen_on_it(shop: Shop) {
        Till::open(&shop).await;
        let input = json!({
            "language": "en",
            "attribution": { "source": " mail ", "medium": "", "name": "spring" },
        });
        let answer = shop.ask(&Who::guest(), CREATE, json!({ "input": input })).await.ok();
        assert_eq!(answer.text("cartCreate.cart.language"), "en");
        let expected = json!({ "source": "mail", "medium": null, "name": "spring" });
        assert_eq!(answer.at("cartCreate.cart.attribution"), &expected);
        let french = Who::guest().with("accept-language", "fr-FR");
        let answer = shop.ask(&french, CREATE, json!({ "input": {} })).await.ok();
        assert_eq!(answer.text("cartCreate.cart.language"), "en");
    }

    async fn bad_texts_are_refused_with_their_paths_and_nothing_is_made(shop: Shop) {
        Till::open(&shop).await;
        let long = "a".repeat(201);
        for (input, path) in [
            (json!({ "language": "fr" }), "input.language"),
            (json!({ "language": "not a tag" }), "input.language"),
            (json!({ "attribution": { "medium": long } }), "input.attribution.medium"),
        ] {
            let answer = shop.ask(&Who::guest(), CREATE, json!({ "input": input })).await;
            let expected = ("VALIDATION".to_owned(), path.to_owned());
            assert_eq!(answer.refusals("cartCreate"), [expected]);
            assert!(answer.at_or_null("cartCreate.cart").is_null());
        }
        assert_eq!(shop.count("carts").await, 0);
        assert_eq!(shop.count("audit_entries WHERE aggregate_type = 'cart'").await, 0);
    }

    async fn first_lines_answer_for_themselves(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let pot = till.sells(&shop, "pot", 30_00, 1).await;
        let lines = json!([{ "variantId": mug, "quantity": 2 }, { "variantId": pot, "quantity": 2 }]);
        let input = json!({ "input": { "lines": lines } });
        let answer = shop.ask(&Who::guest(), CREATE, input).await;
        let expected = ("OUT_OF_STOCK".to_owned(), "input.lines.1.quantity".to_owned());
        assert_eq!(answer.refusals("cartCreate"), [expected]);
        assert_eq!(answer.at("cartCreate.cart.lines.nodes"), &json!([{ "quantity": 2 }]));

        let lines = json!([{ "variantId": pot, "quantity": 2 }]);
        let answer = shop.ask(&Who::guest(), CREATE, json!({ "input": { "lines": lines } })).await;
        assert_eq!(answer.codes("cartCreate"), ["OUT_OF_STOCK"]);
        assert!(answer.at_or_null("cartCreate.cart").is_null());
        assert!(answer.at_or_null("cartCreate.cartToken").is_null());
        assert_eq!(shop.count("carts").await, 1);
    }

    async fn a_guest_without_any_secret_has_nobody_to_bind_a_key_to(shop: Shop) {
        Till::open(&shop).await;
        let who = Who::guest().key("0123456789abcdef");
        let answer = shop.ask(&who, CREATE, json!({ "input": {} })).await;
        let expected = (
            "IDEMPOTENCY_KEY_WITHOUT_IDENTITY".to_owned(),
            "input.idempotencyKey".to_owned(),
        );
        assert_eq!(answer.refusals("cartCreate"), [expected]);
        assert_eq!(shop.count("carts").await, 0);
    }

    async fn a_retry_with_the_same_key_makes_one_cart_and_shows_its_secret_again(shop: Shop) {
        let till = Till::open(&shop).await;
        let old = till.cart(&shop).await;
        let input = json!({ "input": { "idempotencyKey": "0123456789abcdef" } });
        let first = shop.ask(&old.who, CREATE, input.clone()).await.ok();
        let second = shop.ask(&old.who, CREATE, input).await.ok();
        assert_eq!(first.text("cartCreate.cart.id"), second.text("cartCreate.cart.id"));
        assert_eq!(first.text("cartCreate.cartToken"), second.text("cartCreate.cartToken"));
        assert_eq!(first.body["extensions"]["idempotency"]["replayed"], json!(false));
        assert_eq!(second.body["extensions"]["idempotency"]["replayed"], json!(true));
        assert_eq!(shop.count("carts").await, 2);

        let other = json!({ "input": {
            "idempotencyKey": "0123456789abcdef", "attribution": { "source": "mail" },
        } });
        let answer = shop.ask(&old.who, CREATE, other).await;
        assert_eq!(answer.codes("cartCreate"), ["IDEMPOTENCY_KEY_REUSED"]);
    }

    async fn a_secret_cannot_be_tried_out(shop: Shop) {
        Till::open(&shop).await;
        let who = Who::guest().with("x-dry-run", "true");
        let answer = shop.ask(&who, CREATE, json!({ "input": {} })).await;
        assert_eq!(answer.codes("cartCreate"), ["DRY_RUN_UNSUPPORTED"]);
        assert_eq!(shop.count("carts").await, 0);
    }

    async fn what_is_tried_out_leaves_nothing(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        let dry = Cart { id: cart.id.clone(), who: cart.who.with("x-dry-run", "true") };
        let answer = dry.adds(&shop, mug, 2).await.ok();
        assert_eq!(answer.text("cartLinesAdd.cart.totals.subtotal.amount"), "25.00");
        assert_eq!(answer.body["extensions"]["dryRun"], json!(true));
        assert_eq!(shop.count("cart_lines").await, 0);
    }
}
