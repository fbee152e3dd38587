//! Channels.

use serde_json::{Value, json};

use crate::both;
use crate::harness::Who;

const CHANNELS: &str = "query($first: Int, $after: String) {
    channels(first: $first, after: $after) {
        nodes { id code currency taxMode countries languages isDefault }
        pageInfo { hasNextPage endCursor }
    }
}";

both! {
    async fn a_request_without_a_channel_means_the_default_one(shop: Shop) {
        shop.opens_channel("us").await;
        shop.opens_channel("eu").await;
        let query = "{ channel { code } }";
        let answer = shop.ask(&Who::guest(), query, json!({})).await.ok();
        assert_eq!(answer.text("channel.code"), "eu");
        assert_eq!(answer.body["extensions"]["context"]["channel"], "eu");
        let answer = shop.ask(&Who::guest().channel("us"), query, json!({})).await.ok();
        assert_eq!(answer.text("channel.code"), "us");
    }

    async fn an_unknown_channel_is_not_found(shop: Shop) {
        let answer = shop.ask(&Who::guest().channel("mars"), "{ channel { code } }", json!({})).await;
        assert_eq!(answer.fault(), Some("NOT_FOUND"));
        assert_eq!(answer.body.get("data"), None);
    }

    async fn channels_are_read_page_by_page_in_as_many_statements(shop: Shop) {
        shop.opens_channel("us").await;
        shop.opens_channel("eu").await;
        let first = shop.ask(&Who::guest(), CHANNELS, json!({ "first": 1 })).await.ok();
        assert_eq!(first.text("channels.nodes.0.code"), "eu");
        assert_eq!(first.at("channels.nodes.0.countries"), &json!(["AT", "DE", "FR"]));
        assert_eq!(first.at("channels.pageInfo.hasNextPage"), &Value::Bool(true));
        let cursor = first.text("channels.pageInfo.endCursor");
        let second = shop.ask(&Who::guest(), CHANNELS, json!({ "after": cursor })).await.ok();
        assert_eq!(second.text("channels.nodes.0.code"), "us");
        let both = shop.ask(&Who::guest(), CHANNELS, json!({})).await.ok();
        assert_eq!(both.at("channels.nodes").as_array().map(Vec::len), Some(2));
        assert_eq!(both.statements, first.statements);
    }

    async fn a_guest_neither_sees_nor_calls_channel_create(shop: Shop) {
        let query = "mutation { channelCreate(input: { code: \"x\", name: \"X\", currency: \"EUR\",
            taxMode: INCLUSIVE, countries: [\"DE\"], languages: [\"en\"] }) { channel { id } } }";
        let answer = shop.ask(&Who::guest(), query, json!({})).await;
        assert_eq!(answer.fault(), Some("FORBIDDEN"));
        let query = "{ __type(name: \"Mutation\") { fields { name } } }";
        let answer = shop.ask(&Who::guest(), query, json!({})).await.ok();
        assert!(!answer.body.to_string().contains("channelCreate"), "{}", answer.body);
        let nothing = shop.ask(&Who::guest(), CHANNELS, json!({})).await.ok();
        assert_eq!(nothing.at("channels.nodes"), &json!([]));
    }
}
