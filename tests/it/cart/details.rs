//! `cartContactSet`, `cartAddressSet`, `cartDeliverySet`.

use entity::id::DeliveryMethodId;
use serde_json::{Value, json};

use crate::both;
use crate::harness::till::{Till, address};

fn refusal(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

fn with(mut address: Value, field: &str, value: Value) -> Value {
    address[field] = value;
    address
}

both! {
    async fn a_contact_is_set_and_replaced_whole(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let input = json!({ "email": " Ada@Example.COM ", "phone": "0049 (30) 123-4567" });
        let answer = cart.does(&shop, "cartContactSet", input).await.ok();
        let expected = json!({ "email": "Ada@example.com", "phone": "+49301234567" });
        assert_eq!(answer.at("cartContactSet.cart.contact"), &expected);
        let answer = cart.does(&shop, "cartContactSet", json!({ "email": "b@c.de" })).await.ok();
        let expected = json!({ "email": "b@c.de", "phone": null });
        assert_eq!(answer.at("cartContactSet.cart.contact"), &expected);
    }

    async fn a_contact_that_is_none_is_refused(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let long = format!("{}@example.com", "a".repeat(5_000));
        for (input, path) in [
            (json!({ "email": "ada" }), "input.email"),
            (json!({ "email": "" }), "input.email"),
            (json!({ "email": long }), "input.email"),
            (json!({ "email": "a@b.de", "phone": "call me" }), "input.phone"),
        ] {
            let answer = cart.does(&shop, "cartContactSet", input).await;
            assert_eq!(answer.refusals("cartContactSet"), [refusal("VALIDATION", path)]);
        }
        assert_eq!(shop.count("cart_contacts").await, 0);
    }

    async fn addresses_are_set_one_by_one_or_together(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let input = json!({ "shipping": address("AT") });
        let answer = cart.does(&shop, "cartAddressSet", input).await.ok();
        let expected = json!({
            "firstName": "Ada", "lastName": "Lovelace", "company": null,
            "line1": "Unter den Linden 1", "line2": null, "city": "Berlin", "region": null,
            "postalCode": "10117", "country": "AT", "phone": "+49301234567",
        });
        assert_eq!(answer.at("cartAddressSet.cart.shippingAddress"), &expected);
        assert!(answer.at_or_null("cartAddressSet.cart.billingAddress").is_null());
        let input = json!({ "billing": address("US") });
        let answer = cart.does(&shop, "cartAddressSet", input).await.ok();
        assert_eq!(answer.text("cartAddressSet.cart.shippingAddress.country"), "AT");
        assert_eq!(answer.text("cartAddressSet.cart.billingAddress.country"), "US");
        let input = json!({ "shipping": address("DE"), "billing": address("FR") });
        let answer = cart.does(&shop, "cartAddressSet", input).await.ok();
        assert_eq!(answer.text("cartAddressSet.cart.shippingAddress.country"), "DE");
        assert_eq!(answer.text("cartAddressSet.cart.billingAddress.country"), "FR");
    }

    async fn every_bad_field_of_an_address_is_named_at_once(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let long = json!("a".repeat(5_000));
        let shipping = with(with(address("DE"), "line1", long), "city", json!(" "));
        let billing = with(with(address("DE"), "country", json!("de")), "postalCode", Value::Null);
        let input = json!({ "shipping": shipping, "billing": billing });
        let answer = cart.does(&shop, "cartAddressSet", input).await;
        let mut found = answer.refusals("cartAddressSet");
        found.sort();
        let expected = [
            refusal("VALIDATION", "input.billing.country"),
            refusal("VALIDATION", "input.billing.postalCode"),
            refusal("VALIDATION", "input.shipping.city"),
            refusal("VALIDATION", "input.shipping.line1"),
        ];
        assert_eq!(found, expected);
        let answer = cart.does(&shop, "cartAddressSet", json!({})).await;
        assert_eq!(answer.refusals("cartAddressSet"), [refusal("VALIDATION", "input")]);
        assert_eq!(shop.count("cart_addresses").await, 0);
    }

    async fn a_country_that_the_channel_does_not_deliver_to_is_refused(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let input = json!({ "shipping": address("US"), "billing": address("US") });
        let answer = cart.does(&shop, "cartAddressSet", input).await;
        assert_eq!(
            answer.refusals("cartAddressSet"),
            [refusal("VALIDATION", "input.shipping.country")]
        );
        assert_eq!(shop.count("cart_addresses").await, 0);
    }

    async fn only_deliveries_that_go_there_are_offered_and_taken(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let codes = |list: &Value| -> Vec<String> {
            let codes = list.as_array().into_iter().flatten();
            codes.map(|one| one["code"].as_str().unwrap_or("?").to_owned()).collect()
        };
        let read = cart.read(&shop).await.ok();
        let offered = codes(read.at("cart.availableDeliveryMethods"));
        assert_eq!(offered, ["standard", "express", "alpine"]);
        let answer = cart
            .does(&shop, "cartAddressSet", json!({ "shipping": address("DE") }))
            .await
            .ok();
        let offered = codes(answer.at("cartAddressSet.cart.availableDeliveryMethods"));
        assert_eq!(offered, ["standard", "express"]);

        let pick = |code: &str| json!({ "method": { "code": code } });
        let answer = cart.does(&shop, "cartDeliverySet", pick("alpine")).await;
        assert_eq!(answer.refusals("cartDeliverySet"), [refusal("VALIDATION", "input.method")]);
        let by_id = read.text("cart.availableDeliveryMethods.1.id");
        let input = json!({ "method": { "id": by_id } });
        let answer = cart.does(&shop, "cartDeliverySet", input).await.ok();
        assert_eq!(answer.text("cartDeliverySet.cart.deliveryMethod.code"), "express");
        assert_eq!(answer.text("cartDeliverySet.cart.deliveryMethod.price.amount"), "9.90");
    }

    async fn a_method_of_another_channel_does_not_exist(shop: Shop) {
        let till = Till::open(&shop).await;
        let cart = till.cart(&shop).await;
        let unknown = DeliveryMethodId::from_uuid(uuid::Uuid::from_u128(7));
        for (method, path) in [
            (json!({ "code": "ground" }), "input.method"),
            (json!({ "id": unknown }), "input.method"),
        ] {
            let answer = cart.does(&shop, "cartDeliverySet", json!({ "method": method })).await;
            assert_eq!(answer.refusals("cartDeliverySet"), [refusal("NOT_FOUND", path)]);
        }
        for (method, path) in [
            (json!({ "code": "" }), "input.method.code"),
            (json!({ "id": "x" }), "input.method.id"),
        ] {
            let answer = cart.does(&shop, "cartDeliverySet", json!({ "method": method })).await;
            assert_eq!(answer.refusals("cartDeliverySet"), [refusal("VALIDATION", path)]);
        }
    }

    async fn moving_abroad_keeps_the_delivery_and_says_that_it_does_not_go_there(shop: Shop) {
        let till = Till::open(&shop).await;
        let mug = till.sells(&shop, "mug", 12_50, 5).await;
        let cart = till.cart(&shop).await;
        cart.adds(&shop, mug, 1).await.ok();
        cart.does(&shop, "cartAddressSet", json!({ "shipping": address("AT") })).await.ok();
        let pick = json!({ "method": { "code": "alpine" } });
        cart.does(&shop, "cartDeliverySet", pick).await.ok();
        let input = json!({ "shipping": address("DE") });
        let answer = cart.does(&shop, "cartAddressSet", input).await.ok();
        assert_eq!(answer.text("cartAddressSet.cart.deliveryMethod.code"), "alpine");
        let missing = answer.at("cartAddressSet.cart.readiness.missing");
        let codes: Vec<_> = missing.as_array().into_iter().flatten().map(|one| &one["code"]).collect();
        assert_eq!(codes, ["CONTACT", "DELIVERY_UNAVAILABLE"]);
    }
}
