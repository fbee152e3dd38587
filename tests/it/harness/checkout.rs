//! Completing carts.

use serde_json::{Value, json};

use super::answer::Answer;
use super::shop::{Shop, Who};
use super::till::Cart;

/// What a completion answers.
pub const COMPLETE: &str = "mutation($input: CartCompleteInput!) { cartComplete(input: $input) {
    status orderToken
    order { id number state paymentStatus version totals { total { amount } } }
    cart { id state version }
    challenge { kind url expiresAt }
    errors {
        code message path retryable
        ... on InsufficientStockError { variantId requested available }
        ... on PriceChangedError { expected { amount } actual { amount } }
        ... on MissingFieldsError { fields }
        ... on CartAlreadyOrderedError { orderId }
        ... on VersionConflictError { currentVersion }
    }
    warnings { code message }
} }";

impl Cart {
    /// The input of a completion of the cart as it is now, paid with a card's token.
    pub async fn completion(&self, shop: &Shop, token: &str) -> Value {
        let now = self.read(shop).await.ok();
        json!({
            "cartId": self.id,
            "expectedVersion": now.at("cart.version"),
            "expectedTotal": {
                "amount": now.text("cart.totals.total.amount"),
                "currency": now.text("cart.totals.total.currency"),
            },
            "payment": { "method": "CARD", "token": token },
        })
    }

    /// Completes the cart as it is now; the key is made of the cart and the token.
    pub async fn completes(&self, shop: &Shop, token: &str) -> Answer {
        let input = self.completion(shop, token).await;
        let key = format!("{}-{token}", self.id);
        self.asks_completion(shop, &key, input).await
    }

    /// Asks for a completion with this key and input.
    pub async fn asks_completion(&self, shop: &Shop, key: &str, input: Value) -> Answer {
        shop.ask(&self.who.key(key), COMPLETE, json!({ "input": input }))
            .await
    }
}

impl Shop {
    /// What a guest with the order's token sees of it.
    pub async fn order(&self, completed: &Answer) -> Answer {
        let id = completed.text("cartComplete.order.id");
        self.order_as(&opener(completed), &id).await
    }

    /// What somebody sees of an order.
    pub async fn order_as(&self, who: &Who, id: &str) -> Answer {
        let query = "query($id: ID!) { order(by: { id: $id }) {
            id number state paymentStatus fulfillmentStatus version
            totals { total { amount currency } }
            lines { sku quantity }
            payments { id state method }
        } }";
        self.ask(who, query, json!({ "id": id })).await
    }
}

/// A guest with the token of the order that was completed.
pub fn opener(completed: &Answer) -> Who {
    Who::guest().order(&completed.text("cartComplete.orderToken"))
}
