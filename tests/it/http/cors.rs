//! Which pages may call the API from a browser.

use super::wire::{Sent, get, operation};
use crate::both;

const SHOP: &str = "https://shop.example";

/// What a browser asks before a page may send our headers.
fn preflight(origin: &str) -> Sent {
    get("/graphql")
        .by("OPTIONS")
        .with("origin", origin)
        .with("access-control-request-method", "POST")
        .with(
            "access-control-request-headers",
            "content-type,x-channel,x-cart-token",
        )
}

both! {
    async fn no_page_may_call_unless_a_setting_says_so(shop: Shop) {
        let got = preflight(SHOP).to(&shop).await;
        assert_eq!((got.status, got.header("access-control-allow-origin")), (405, None));
        let got = operation("{ __typename }").with("origin", SHOP).to(&shop).await;
        assert_eq!(got.header("access-control-allow-origin"), None);
    }

    async fn a_page_of_a_named_origin_may_call(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.origins = vec![SHOP.to_owned()]).await;
        let got = preflight(SHOP).to(&shop).await;
        assert_eq!((got.status, got.header("access-control-allow-origin")), (200, Some(SHOP)));
        let allowed = got.header("access-control-allow-headers").expect("headers").to_lowercase();
        for name in ["authorization", "accept-language", "cache-control", "content-type", "idempotency-key",
            "x-cart-token", "x-channel", "x-dry-run", "x-order-token"] {
            assert!(allowed.split(',').any(|one| one.trim() == name), "{name} in {allowed}");
        }
        assert_eq!(got.header("access-control-allow-credentials"), None);
        let got = operation("{ __typename }").with("origin", SHOP).to(&shop).await;
        assert_eq!(got.header("access-control-allow-origin"), Some(SHOP));
        let shown = got.header("access-control-expose-headers").expect("headers").to_lowercase();
        assert!(["etag", "x-request-id", "server-timing"].iter().all(|one| shown.contains(one)), "{shown}");
        let vary = got.all("vary");
        assert!(vary.contains("origin") && vary.contains("accept"), "{vary}");
        for asked in [preflight("https://evil.example"), operation("{ __typename }").with("origin", "null")] {
            assert_eq!(asked.to(&shop).await.header("access-control-allow-origin"), None);
        }
    }

    async fn a_star_lets_every_page_call(shop: Shop) {
        let shop = shop.again(|setup| setup.bounds.origins = vec!["*".to_owned()]).await;
        let got = preflight("https://anybody.example").to(&shop).await;
        assert_eq!((got.status, got.header("access-control-allow-origin")), (200, Some("*")));
    }
}
