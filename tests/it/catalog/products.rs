//! Products through the graph: what staff do with them, and what shoppers see.

use rialto::kernel::permission::Role;
use serde_json::{Value, json};

use super::fixture::Market;
use crate::both;
use crate::harness::Who;

const CREATE: &str = "mutation($input: ProductCreateInput!) { productCreate(input: $input) {
    product { id slug title state version descriptionHtml vendor
        options { name values }
        variants { id sku title options { name value } weightGrams requiresShipping }
        images { url alt position }
        taxClass { code }
        availableTransitions { action to blockedBy { guard } } }
    errors { code path message }
} }";

const PUBLISH: &str = "mutation($id: ID!) { productPublish(input: { id: $id }) {
    product { state publishedAt availableTransitions { action } }
    errors { code path message ... on TransitionError { from allowed blockedBy { guard } } }
} }";

const SET: &str = "mutation($prices: [PriceInput!]!) { pricesSet(input: { prices: $prices }) {
    variants { sku price { amount currency } compareAtPrice { amount }
        prices { channel { code } amount { amount } version } }
    errors { code path message }
} }";

fn shirt() -> Value {
    json!({ "input": {
        "title": "Crème Shirt",
        "descriptionHtml": "<p>soft</p><script>x</script>",
        "vendor": "Acme",
        "options": [{ "name": "Size", "values": ["S", "M"] }],
        "variants": [
            { "sku": "SH-S", "options": [{ "name": "Size", "value": "S" }], "weightGrams": 200 },
            { "sku": "SH-L", "options": [{ "name": "Size", "value": "L" }] },
        ],
        "images": [{ "url": "https://example.com/a.jpg", "alt": "front" }],
    } })
}

both! {
    async fn a_product_goes_from_draft_to_the_shelf(shop: Shop) {
        let market = Market::open(&shop).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let created = shop.ask(&staff, CREATE, shirt()).await.ok();
        let product = created.at("productCreate.product");
        assert_eq!(product["slug"], "creme-shirt");
        assert_eq!(product["state"], "DRAFT");
        assert_eq!(product["descriptionHtml"], "<p>soft</p>");
        assert_eq!(product["options"], json!([{ "name": "Size", "values": ["S", "M", "L"] }]));
        assert_eq!(product["variants"][1]["title"], "L");
        assert_eq!(product["variants"][1]["options"], json!([{ "name": "Size", "value": "L" }]));
        assert_eq!(product["images"][0]["position"], 1);
        assert_eq!(product["taxClass"]["code"], "standard");
        let publish = &product["availableTransitions"][1];
        assert_eq!(publish["action"], "publish");
        assert_eq!(publish["blockedBy"], json!([{ "guard": "priced" }]));

        let id = product["id"].clone();
        let refused = shop.ask(&staff, PUBLISH, json!({ "id": id })).await;
        assert_eq!(refused.codes("productPublish"), ["GUARD_FAILED"]);
        assert_eq!(
            refused.at("productPublish.errors.0.blockedBy"),
            &json!([{ "guard": "priced" }])
        );

        let by_slug = "query { product(by: { slug: \"creme-shirt\" }) {
            title vendor priceRange { min { amount } max { amount } } inStock availability
            variants { price { amount } } } }";
        let guest = Who::guest();
        let unseen = shop.ask(&guest, by_slug, json!({})).await.ok();
        assert_eq!(unseen.body["data"]["product"], Value::Null);

        let price = |at: usize, amount: &str| json!({
            "variantId": product["variants"][at]["id"],
            "channelId": market.eu.to_string(),
            "amount": { "amount": amount, "currency": "EUR" },
        });
        let prices = json!({ "prices": [price(0, "12.50"), price(1, "15")] });
        let set = shop.ask(&staff, SET, prices).await.ok();
        assert_eq!(set.text("pricesSet.variants.1.price.amount"), "15.00");
        assert_eq!(set.text("pricesSet.variants.0.prices.0.channel.code"), "eu");
        shop.ask(&staff, PUBLISH, json!({ "id": id })).await.ok();

        let seen = shop.ask(&guest, by_slug, json!({})).await.ok();
        assert_eq!(seen.text("product.priceRange.min.amount"), "12.50");
        assert_eq!(seen.text("product.priceRange.max.amount"), "15.00");
        assert_eq!(seen.text("product.availability"), "OUT_OF_STOCK");
        let elsewhere = shop.ask(&guest.channel("us"), by_slug, json!({})).await.ok();
        assert_eq!(elsewhere.body["data"]["product"], Value::Null);
    }
}

const UPDATE: &str = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) {
    product { slug title vendor descriptionHtml category { slug } externalId version }
    errors { code path }
} }";
const VARIANTS: &str = "mutation($input: ProductVariantsCreateInput!) {
    productVariantsCreate(input: $input) {
        variants { sku title position }
        product { version options { name values } variants { sku } }
        errors { code path }
} }";
const VARIANT: &str = "mutation($input: ProductVariantUpdateInput!) {
    productVariantUpdate(input: $input) {
        variant { sku barcode weightGrams requiresShipping version } errors { code path }
} }";

fn place(errors: &Value) -> String {
    let path = errors[0]["path"].as_array().cloned().unwrap_or_default();
    let path: Vec<_> = path
        .iter()
        .map(|step| step.as_str().unwrap_or("?"))
        .collect();
    path.join(".")
}

both! {
    async fn a_product_that_cannot_be_is_refused_with_its_place_and_nothing_is_made(shop: Shop) {
        let market = Market::open(&shop).await;
        market.sells(&shop, &market.product("mug", &[])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let nobody = "category_00000000000000000000000000";
        let sized = |variants: Value| json!({
            "title": "X",
            "options": [{ "name": "Size", "values": ["S"] }],
            "variants": variants,
        });
        let size = |value: &str| json!([{ "name": "Size", "value": value }]);
        let many: Vec<_> = (0..251).map(|n| json!({ "sku": format!("m-{n}") })).collect();
        let before = shop.dump().await;
        for (input, code, at) in [
            (json!({ "title": " " }), "VALIDATION", "input.title"),
            (json!({ "title": "a".repeat(256) }), "VALIDATION", "input.title"),
            (json!({ "title": "a\u{0}b" }), "VALIDATION", "input.title"),
            (json!({ "title": "!" }), "VALIDATION", "input.slug"),
            (json!({ "title": "Mug" }), "ALREADY_EXISTS", "input.slug"),
            (json!({ "title": "X", "slug": "Not a slug" }), "VALIDATION", "input.slug"),
            (json!({ "title": "X", "externalId": "mug" }), "ALREADY_EXISTS", "input.externalId"),
            (json!({ "title": "X", "categoryId": nobody }), "NOT_FOUND", "input.categoryId"),
            (json!({ "title": "X", "categoryId": "x" }), "VALIDATION", "input.categoryId"),
            (json!({ "title": "X", "taxClassId": "taxclass_00000000000000000000000000" }), "NOT_FOUND", "input.taxClassId"),
            (json!({ "title": "X", "descriptionHtml": "a".repeat(300_000) }), "VALIDATION", "input.descriptionHtml"),
            (json!({ "title": "X", "images": [{ "url": "javascript:x" }] }), "VALIDATION", "input.images.0.url"),
            (json!({ "title": "X", "images": [{ "url": "/a" }, { "url": "/a" }] }), "ALREADY_EXISTS", "input.images.1.url"),
            (json!({ "title": "X", "variants": [{ "sku": "" }] }), "VALIDATION", "input.variants.0.sku"),
            (json!({ "title": "X", "variants": [{ "sku": "mug-only" }] }), "ALREADY_EXISTS", "input.variants.0.sku"),
            (json!({ "title": "X", "variants": [{ "sku": "a" }, { "sku": "a" }] }), "ALREADY_EXISTS", "input.variants.1.sku"),
            (json!({ "title": "X", "variants": [{ "sku": "a" }, { "sku": "b" }] }), "VALIDATION", "input.variants.1.options"),
            (json!({ "title": "X", "variants": [{ "sku": "a", "weightGrams": -1 }] }), "VALIDATION", "input.variants.0.weightGrams"),
            (json!({ "title": "X", "variants": many }), "VALIDATION", "input.variants"),
            (sized(json!([{ "sku": "a" }])), "VALIDATION", "input.variants.0.options"),
            (sized(json!([{ "sku": "a", "options": [{ "name": "Cut", "value": "S" }] }])), "VALIDATION", "input.variants.0.options"),
            (sized(json!([{ "sku": "a", "options": size("S") }, { "sku": "b", "options": size("S") }])), "ALREADY_EXISTS", "input.variants.1.options"),
            (json!({ "title": "X", "options": [{ "name": "A" }, { "name": "A" }] }), "ALREADY_EXISTS", "input.options.1.name"),
        ] {
            let answer = shop.ask(&staff, CREATE, json!({ "input": input })).await;
            assert_eq!(answer.codes("productCreate"), [code], "{at}");
            assert_eq!(place(&answer.at("productCreate")["errors"]), at);
        }
        assert_eq!(shop.dump().await, before);
    }

    async fn a_product_changes_field_by_field(shop: Shop) {
        let market = Market::open(&shop).await;
        let home = market.category(&shop, "Home", None).await;
        let (id, _) = market.sells(&shop, &market.product("mug", &[])).await;
        market.sells(&shop, &market.product("cup", &[])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let id = id.to_string();
        let input = json!({
            "id": id, "expectedVersion": 1, "title": "Blue Mug", "slug": "blue-mug",
            "vendor": null, "categoryId": home.to_string(), "descriptionHtml": "<b>blue</b>",
        });
        let changed = shop.ask(&staff, UPDATE, json!({ "input": input })).await.ok();
        assert_eq!(changed.at("productUpdate.product"), &json!({
            "slug": "blue-mug", "title": "Blue Mug", "vendor": null, "descriptionHtml": "<b>blue</b>",
            "category": { "slug": "home" }, "externalId": "mug", "version": 2,
        }));
        let search = "query($text: String!) { products(filter: { text: $text }) { totalCount } }";
        for (text, found) in [("blue", 1), ("acme", 1), ("mug-only", 1)] {
            let answer = shop.ask(&Who::guest(), search, json!({ "text": text })).await.ok();
            assert_eq!(answer.int("products.totalCount"), found, "{text}");
        }
        for (input, code, at) in [
            (json!({ "id": id, "expectedVersion": 1, "title": "X" }), "VERSION_CONFLICT", "input.expectedVersion"),
            (json!({ "id": id, "slug": "cup" }), "ALREADY_EXISTS", "input.slug"),
            (json!({ "id": id, "externalId": "cup" }), "ALREADY_EXISTS", "input.externalId"),
            (json!({ "id": id }), "VALIDATION", ""),
            (json!({ "id": "product_00000000000000000000000000", "title": "X" }), "NOT_FOUND", "input.id"),
        ] {
            let answer = shop.ask(&staff, UPDATE, json!({ "input": input })).await;
            assert_eq!(answer.codes("productUpdate"), [code], "{input}");
            assert_eq!(place(&answer.at("productUpdate")["errors"]), at, "{input}");
        }
        let input = json!({ "id": id, "categoryId": null, "vendor": "Potter" });
        let cleared = shop.ask(&staff, UPDATE, json!({ "input": input })).await.ok();
        assert_eq!(cleared.at("productUpdate.product")["category"], Value::Null);
    }

    async fn variants_are_added_and_changed(shop: Shop) {
        let market = Market::open(&shop).await;
        let (id, variants) = market.sells(&shop, &market.product("mug", &["S"])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let id = id.to_string();
        let size = |value: &str| json!([{ "name": "Size", "value": value }]);
        let input = json!({ "productId": id, "expectedVersion": 1, "variants": [
            { "sku": "M-M", "options": size("M") }, { "sku": "M-L", "options": size("L") },
        ] });
        let added = shop.ask(&staff, VARIANTS, json!({ "input": input })).await.ok();
        assert_eq!(added.at("productVariantsCreate.variants"), &json!([
            { "sku": "M-M", "title": "M", "position": 2 },
            { "sku": "M-L", "title": "L", "position": 3 },
        ]));
        assert_eq!(
            added.at("productVariantsCreate.product.options"),
            &json!([{ "name": "Size", "values": ["S", "M", "L"] }])
        );
        for (variant, code, at) in [
            (json!({ "sku": "new", "options": size("S") }), "ALREADY_EXISTS", "input.variants.0.options"),
            (json!({ "sku": "new" }), "VALIDATION", "input.variants.0.options"),
            (json!({ "sku": "M-L", "options": size("XL") }), "ALREADY_EXISTS", "input.variants.0.sku"),
        ] {
            let input = json!({ "productId": id, "variants": [variant] });
            let answer = shop.ask(&staff, VARIANTS, json!({ "input": input })).await;
            assert_eq!(answer.codes("productVariantsCreate"), [code]);
            assert_eq!(place(&answer.at("productVariantsCreate")["errors"]), at);
        }
        let none = shop.ask(&staff, VARIANTS, json!({ "input": { "productId": id, "variants": [] } })).await;
        assert_eq!(none.codes("productVariantsCreate"), ["VALIDATION"]);

        let variant = variants[0].to_string();
        let input = json!({ "id": variant, "expectedVersion": 1, "sku": "M-S", "barcode": "4006381333931",
            "weightGrams": null, "requiresShipping": false });
        let changed = shop.ask(&staff, VARIANT, json!({ "input": input })).await.ok();
        assert_eq!(changed.at("productVariantUpdate.variant"), &json!({
            "sku": "M-S", "barcode": "4006381333931", "weightGrams": null,
            "requiresShipping": false, "version": 2,
        }));
        for (input, code, at) in [
            (json!({ "id": variant, "sku": "M-L" }), "ALREADY_EXISTS", "input.sku"),
            (json!({ "id": variant, "expectedVersion": 1, "position": 1 }), "VERSION_CONFLICT", "input.expectedVersion"),
            (json!({ "id": variant }), "VALIDATION", ""),
            (json!({ "id": id, "sku": "x" }), "VALIDATION", "input.id"),
        ] {
            let answer = shop.ask(&staff, VARIANT, json!({ "input": input })).await;
            assert_eq!(answer.codes("productVariantUpdate"), [code], "{input}");
            assert_eq!(place(&answer.at("productVariantUpdate")["errors"]), at, "{input}");
        }
    }

    async fn images_are_added_described_ordered_and_removed(shop: Shop) {
        let market = Market::open(&shop).await;
        let (product, variants) = market.sells(&shop, &market.product("mug", &[])).await;
        let (_, foreign) = market.sells(&shop, &market.product("cup", &[])).await;
        let staff = shop.staff(Role::Merchandiser).await;
        let id = product.to_string();
        let run = async |field: &str, kind: &str, input: Value| {
            let query = format!("mutation($input: {kind}!) {{ {field}(input: $input) {{
                product {{ images {{ id url alt position variant {{ sku }} }} featuredImage {{ url }} }}
                errors {{ code path }} }} }}");
            shop.ask(&staff, &query, json!({ "input": input })).await
        };
        let images = json!([{ "url": "/a.png", "alt": "a" }, { "url": "/b.png" }, { "url": "/c.png" }]);
        let input = json!({ "productId": id, "images": images });
        let added = run("productImagesAdd", "ProductImagesAddInput", input).await.ok();
        let image = |at: usize| added.text(&format!("productImagesAdd.product.images.{at}.id"));
        let (a, b, c) = (image(0), image(1), image(2));

        let input = json!({ "productId": id, "images": [{ "url": "/d.png" }, { "url": "/b.png" }] });
        let twice = run("productImagesAdd", "ProductImagesAddInput", input).await;
        assert_eq!(twice.codes("productImagesAdd"), ["ALREADY_EXISTS"]);
        assert_eq!(place(&twice.at("productImagesAdd")["errors"]), "input.images.1.url");

        let input = json!({ "id": b, "alt": "bee", "variantId": variants[0].to_string() });
        let told = run("productImageUpdate", "ProductImageUpdateInput", input).await.ok();
        assert_eq!(told.text("productImageUpdate.product.images.1.variant.sku"), "mug-only");
        let input = json!({ "id": b, "variantId": foreign[0].to_string() });
        let refused = run("productImageUpdate", "ProductImageUpdateInput", input).await;
        assert_eq!(refused.codes("productImageUpdate"), ["NOT_FOUND"]);

        let input = json!({ "productId": id, "imageIds": [c, a, b] });
        let ordered = run("productImagesReorder", "ProductImagesReorderInput", input).await.ok();
        assert_eq!(ordered.text("productImagesReorder.product.featuredImage.url"), "/c.png");
        for wrong in [json!([c, a]), json!([c, a, a]), json!([])] {
            let input = json!({ "productId": id, "imageIds": wrong });
            let answer = run("productImagesReorder", "ProductImagesReorderInput", input).await;
            assert_eq!(answer.codes("productImagesReorder"), ["VALIDATION"]);
        }
        let removed = run("productImageRemove", "ProductImageRemoveInput", json!({ "id": a })).await.ok();
        let left = removed.at("productImageRemove.product.images");
        let left: Vec<_> = left.as_array().into_iter().flatten()
            .map(|image| (image["url"].clone(), image["position"].clone())).collect();
        assert_eq!(left, [(json!("/c.png"), json!(1)), (json!("/b.png"), json!(2))]);
        let again = run("productImageRemove", "ProductImageRemoveInput", json!({ "id": a })).await;
        assert_eq!(again.codes("productImageRemove"), ["NOT_FOUND"]);
    }

    async fn of_two_products_with_one_slug_at_once_one_is_made(shop: Shop) {
        Market::open(&shop).await;
        let staff = shop.staff(Role::Merchandiser).await;
        for round in 0..5 {
            let input = |sku: &str| json!({ "input": {
                "title": format!("Mug {round}"), "variants": [{ "sku": format!("{sku}-{round}") }],
            } });
            let (first, second) = tokio::join!(
                shop.ask(&staff, CREATE, input("a")),
                shop.ask(&staff, CREATE, input("b"))
            );
            let mut codes = first.codes("productCreate");
            codes.extend(second.codes("productCreate"));
            assert_eq!(codes, ["ALREADY_EXISTS"]);
        }
    }

    async fn tax_classes_are_for_those_who_set_taxes(shop: Shop) {
        let finance = shop.staff(Role::Finance).await;
        let create = "mutation($input: TaxClassCreateInput!) { taxClassCreate(input: $input) {
            taxClass { id code isDefault version } errors { code path } } }";
        let first = json!({ "code": "standard", "name": "Standard", "isDefault": true });
        let made = shop.ask(&finance, create, json!({ "input": first })).await.ok();
        let twice = shop.ask(&finance, create, json!({ "input": first })).await;
        assert_eq!(twice.codes("taxClassCreate"), ["ALREADY_EXISTS"]);
        let second = json!({ "code": "reduced", "name": "Reduced" });
        let reduced = shop.ask(&finance, create, json!({ "input": second })).await.ok();
        let update = "mutation($input: TaxClassUpdateInput!) { taxClassUpdate(input: $input) {
            taxClass { name isDefault } errors { code path } } }";
        let input = json!({ "id": reduced.text("taxClassCreate.taxClass.id"), "makeDefault": true });
        shop.ask(&finance, update, json!({ "input": input })).await.ok();
        let input = json!({ "id": made.text("taxClassCreate.taxClass.id"), "expectedVersion": 1, "name": "X" });
        let stale = shop.ask(&finance, update, json!({ "input": input })).await;
        assert_eq!(stale.codes("taxClassUpdate"), ["VERSION_CONFLICT"]);
        let query = "{ taxClasses { code isDefault } }";
        let all = shop.ask(&finance, query, json!({})).await.ok();
        assert_eq!(all.at("taxClasses"), &json!([
            { "code": "reduced", "isDefault": true }, { "code": "standard", "isDefault": false },
        ]));
        let denied = shop.ask(&Who::guest(), query, json!({})).await;
        assert_eq!(denied.fault(), Some("FORBIDDEN"));
        let merchandiser = shop.staff(Role::Merchandiser).await;
        let denied = shop.ask(&merchandiser, create, json!({ "input": second })).await;
        assert_eq!(denied.fault(), Some("FORBIDDEN"));
    }
}
