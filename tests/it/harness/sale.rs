//! Orders that were placed, and what is left to do about them.

use entity::id::VariantId;
use rialto::process::completer;
use serde_json::{Value, json};

use super::answer::Answer;
use super::till::{Cart, Till};
use super::{Shop, Who};

/// An order and who may see it.
#[derive(Clone, Debug)]
pub struct Sale {
    pub id: String,
    pub number: String,
    pub who: Who,
}

/// All there is to read of an order for its buyer.
pub const ORDER: &str = "fragment order on Order {
    id number version state paymentStatus fulfillmentStatus returnStatus language currency
    channel { code }
    lines {
        sku productTitle variantTitle quantity cancelledQuantity fulfilledQuantity
        shippedQuantity deliveredQuantity requiresShipping taxRate
        unitPrice { amount }
        total { net { amount } tax { amount } gross { amount } }
    }
    totals {
        subtotal { amount } shipping { amount } discount { amount } tax { amount }
        total { amount currency }
        taxes { name rate base { amount } tax { amount } }
    }
    delivery { code name price { amount } minDays maxDays }
    contact { email phone }
    shippingAddress { lastName city postalCode country }
    billingAddress { lastName }
    customer { email }
    payments {
        id version method state declineCode
        amount { amount } authorized { amount } captured { amount } refunded { amount }
    }
    availableTransitions { action to requiredFields blockedBy { guard } }
    cancelReason confirmedAt cancelledAt
}";

impl Till {
    /// A guest buys one of the variant by card; the token says how the payment goes.
    pub async fn buys(&self, shop: &Shop, variant: VariantId, token: &str) -> Sale {
        let payment = json!({ "method": "CARD", "token": token });
        self.buys_as(shop, &Who::guest(), variant, payment).await
    }

    /// A guest buys one of the variant on invoice.
    pub async fn buys_on_invoice(&self, shop: &Shop, variant: VariantId) -> Sale {
        let payment = json!({ "method": "INVOICE" });
        self.buys_as(shop, &Who::guest(), variant, payment).await
    }

    /// Somebody buys one of the variant; how far that comes is up to the payment.
    pub async fn buys_as(
        &self,
        shop: &Shop,
        who: &Who,
        variant: VariantId,
        payment: Value,
    ) -> Sale {
        let cart = Cart::create(shop, who, json!({})).await;
        cart.adds(shop, variant, 1).await.ok();
        cart.details(shop).await;
        let answer = completes(shop, &cart, payment).await;
        let token = answer.at_or_null("cartComplete.orderToken").as_str();
        Sale {
            id: answer.text("cartComplete.order.id"),
            number: answer.text("cartComplete.order.number"),
            who: token.map_or_else(|| who.clone(), |token| Who::guest().order(token)),
        }
    }
}

/// Completes a cart as it is.
pub async fn completes(shop: &Shop, cart: &Cart, payment: Value) -> Answer {
    let known = cart.read(shop).await.ok();
    let input = json!({
        "cartId": cart.id,
        "expectedVersion": known.at("cart.version"),
        "expectedTotal": {
            "amount": known.at("cart.totals.total.amount"),
            "currency": known.at("cart.totals.total.currency"),
        },
        "payment": payment,
        "idempotencyKey": format!("complete-{}", cart.id),
    });
    let query = "mutation($input: CartCompleteInput!) { cartComplete(input: $input) {
        order { id number } orderToken status errors { code message path }
    } }";
    shop.ask(&cart.who, query, json!({ "input": input })).await
}

impl Sale {
    /// What its buyer reads of it.
    pub async fn read(&self, shop: &Shop) -> Value {
        let answer = self.read_as(shop, &self.who).await.ok();
        answer.at("order").clone()
    }

    /// The same, asked by somebody else.
    pub async fn read_as(&self, shop: &Shop, who: &Who) -> Answer {
        let query =
            format!("{ORDER} query($id: ID!) {{ order(by: {{ id: $id }}) {{ ...order }} }}");
        shop.ask(who, &query, json!({ "id": self.id })).await
    }

    /// One of its mutations, by its buyer, with a key of its own.
    pub async fn does(&self, shop: &Shop, field: &str, input: Value) -> Answer {
        self.does_as(shop, &self.who, field, input).await
    }

    /// The same, by somebody else.
    pub async fn does_as(&self, shop: &Shop, who: &Who, field: &str, input: Value) -> Answer {
        let mut input = input;
        input["id"] = json!(self.id);
        if input.get("idempotencyKey").is_none() {
            input["idempotencyKey"] = json!(format!("{field}-{}", self.id));
        }
        let name = format!("{}{}", field[..1].to_uppercase(), &field[1..]);
        let query = format!(
            "mutation($input: {name}Input!) {{ {field}(input: $input) {{
                order {{ id state version }}
                errors {{
                    code message path
                    ... on VersionConflictError {{ currentVersion }}
                    ... on TransitionError {{ from allowed blockedBy {{ guard }} }}
                }}
            }} }}"
        );
        shop.ask(who, &query, json!({ "input": input })).await
    }

    /// Its buyer cancels it.
    pub async fn cancels(&self, shop: &Shop) -> Answer {
        self.does(shop, "orderCancel", json!({ "reason": "changed my mind" }))
            .await
    }

    /// The payment that counts, as somebody with the right to read payments sees it.
    pub async fn payment(&self, shop: &Shop, finance: &Who) -> Value {
        let query = "query($id: ID!) { order(by: { id: $id }) { paymentStatus payments {
            id version method state gateway declineCode
            authorized { amount } captured { amount } refunded { amount }
            operations { kind state amount { amount } declineCode attempts providerRef }
        } } }";
        let answer = shop.ask(finance, query, json!({ "id": self.id })).await;
        let answer = answer.ok();
        answer.at("order.payments.0").clone()
    }
}

impl Shop {
    /// Lets the completer work until nothing is due, and nobody works on anything.
    pub async fn settles(&self) {
        for _ in 0..1_000 {
            let worked = completer::sweep(&self.app.house).await.expect("a sweep");
            let running = self.count("processes WHERE state = 'running'").await;
            if (worked, running) == (0, 0) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("the completer finds no end");
    }

    /// Lets the completer work until `done` says so.
    pub async fn settles_until<F: Future<Output = bool>>(&self, done: impl Fn() -> F) {
        for _ in 0..500 {
            completer::sweep(&self.app.house).await.expect("a sweep");
            if done().await {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("the completer did not get there");
    }

    /// What `rialto check` finds.
    pub async fn findings(&self) -> Vec<String> {
        let found = rialto::domain::check::areas(&self.app.door.reader()).await;
        let found = found.unwrap_or_else(|fault| panic!("{fault:?}"));
        found.iter().map(ToString::to_string).collect()
    }
}
