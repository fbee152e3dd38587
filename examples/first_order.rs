//! Buys from a running shop over HTTP, twice, and follows both orders to their end.
//!
//! 1. A guest fills a cart, pays with the sandbox's card and gets an order; the warehouse packs,
//!    ships and delivers it. The order is completed and paid.
//! 2. A customer signs up, signs in and buys the same way, then cancels. The order is cancelled and
//!    the money that was set aside is given back.
//!
//! ```text
//! cargo run -- serve
//! cargo run --example first_order
//! ```
//!
//! The shop is the first argument, or `RIALTO_URL`, or <http://127.0.0.1:8080>; who fulfills is
//! `RIALTO_STAFF_EMAIL` with `RIALTO_STAFF_PASSWORD`, or the demo's warehouse. Every operation
//! stands in `examples/queries/`; every step prints a line, and the first one that goes wrong ends it.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::time::sleep;

const PASSWORD: &str = "a password for the example";

/// How often, and how many times, an order is looked at until it is as it shall be.
const LOOK_EVERY: Duration = Duration::from_millis(250);
const LOOKS: usize = 120;

macro_rules! operation {
    ($name:literal) => {
        include_str!(concat!("queries/", $name, ".graphql"))
    };
}

#[tokio::main]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1);
    let url = url.unwrap_or_else(|| setting("RIALTO_URL", "http://127.0.0.1:8080"));
    let guest = Client::new(&url);
    println!("the shop is at {url}");
    let bought = guest_buys(&guest).await?;
    customer_cancels(&guest, &bought).await?;
    println!("both orders are where they should be");
    Ok(())
}

/// A guest's order, delivered; gives its id.
async fn guest_buys(guest: &Client) -> Result<String> {
    println!("\n1. a guest buys, the warehouse delivers");
    let variants = choose(guest).await?;
    let order = buy(guest, &variants, "guest@example.com").await?;
    let staff = sign_in(
        guest,
        &setting("RIALTO_STAFF_EMAIL", "warehouse@demo.rialto.shop"),
        &setting("RIALTO_STAFF_PASSWORD", "rialto-demo"),
    )
    .await?;
    deliver(&staff, &order.id).await?;
    let seen = until(&order, "state", "COMPLETED").await?;
    ensure!(text(&seen, "/paymentStatus")? == "PAID", "not paid: {seen}");
    println!("   order {} is completed and paid", text(&seen, "/number")?);
    Ok(order.id)
}

/// A customer's order, cancelled. The mark makes the email one that nobody has used.
async fn customer_cancels(guest: &Client, mark: &str) -> Result<()> {
    println!("\n2. a customer buys and cancels");
    let email = format!("{mark}@example.com");
    let account = json!({ "email": email, "password": PASSWORD, "firstName": "Ada" });
    guest
        .ask(operation!("sign_up"), json!({ "input": account }))
        .await?;
    println!("   signed up as {email}");
    let customer = sign_in(guest, &email, PASSWORD).await?;
    let order = buy(&customer, &choose(guest).await?, &email).await?;
    let before = order.look().await?;
    ensure!(
        text(&before, "/paymentStatus")? == "AUTHORIZED",
        "the money is not set aside: {before}"
    );
    let input = json!({
        "id": order.id,
        "expectedVersion": before["version"],
        "reason": "It was an example.",
        "idempotencyKey": format!("cancel-{}", order.id),
    });
    let done = customer
        .ask(operation!("order_cancel"), json!({ "input": input }))
        .await?;
    let state = text(&done, "/orderCancel/order/state")?;
    ensure!(state == "CANCELLED", "it is {state}");
    println!("   cancelled");
    let seen = until(&order, "paymentStatus", "VOIDED").await?;
    println!(
        "   order {} is cancelled, its authorization voided",
        text(&seen, "/number")?
    );
    Ok(())
}

/// The first variants of two products that can be bought now and sent in a parcel.
async fn choose(guest: &Client) -> Result<Vec<String>> {
    let found = guest
        .ask(operation!("products"), json!({ "first": 20 }))
        .await?;
    let products = list(&found, "/products/nodes")?;
    let mut chosen = Vec::new();
    for product in products {
        let mut variants = list(product, "/variants")?.iter();
        let good = variants.find(|one| {
            one["inStock"] == true && one["requiresShipping"] == true && !one["price"].is_null()
        });
        if let Some(variant) = good {
            println!(
                "   chosen: {} ({}, {})",
                text(product, "/title")?,
                text(variant, "/sku")?,
                money(&variant["price"])?
            );
            chosen.push(text(variant, "/id")?);
        }
        if chosen.len() == 2 {
            break;
        }
    }
    ensure!(!chosen.is_empty(), "nothing can be bought here");
    Ok(chosen)
}

/// From an empty cart to an order that is confirmed.
async fn buy(buyer: &Client, variants: &[String], email: &str) -> Result<Order> {
    let lines: Vec<_> = variants
        .iter()
        .map(|id| json!({ "variantId": id, "quantity": 1 }))
        .collect();
    let made = buyer
        .ask(
            operation!("cart_create"),
            json!({ "input": { "lines": lines } }),
        )
        .await?;
    let cart = text(&made, "/cartCreate/cart/id")?;
    let count = made.pointer("/cartCreate/cart/lines/totalCount");
    ensure!(
        count == Some(&json!(variants.len())),
        "not all went in: {made}"
    );
    println!("   cart {cart} with {} lines", variants.len());
    let buyer = match made
        .pointer("/cartCreate/cartToken")
        .and_then(Value::as_str)
    {
        Some(token) => buyer.with("X-Cart-Token", token),
        None => buyer.clone(),
    };
    let (version, total) = describe(&buyer, &cart, email).await?;
    complete(&buyer, &cart, &version, &total).await
}

/// Says who, where to and how; gives the version of the cart and what it comes to.
async fn describe(buyer: &Client, cart: &str, email: &str) -> Result<(Value, Value)> {
    let address = json!({
        "firstName": "Ada", "lastName": "Rossi", "line1": "Torstraße 12",
        "city": "Berlin", "postalCode": "10115", "country": "DE",
    });
    let variables = json!({
        "contact": { "cartId": cart, "email": email },
        "address": { "cartId": cart, "shipping": address },
    });
    let told = buyer.ask(operation!("cart_details"), variables).await?;
    let method = "/cartAddressSet/cart/availableDeliveryMethods/0";
    let name = text(&told, &format!("{method}/name")).context("nobody delivers there")?;
    let id = text(&told, &format!("{method}/id"))?;
    let input = json!({ "cartId": cart, "method": { "id": id } });
    let told = buyer
        .ask(operation!("cart_delivery"), json!({ "input": input }))
        .await?;
    let cart = &told["cartDeliverySet"]["cart"];
    let readiness = &cart["readiness"];
    ensure!(
        readiness["ready"] == true,
        "something is missing: {readiness}"
    );
    let total = cart["totals"]["total"].clone();
    println!("   to Berlin by {name}: {} in all", money(&total)?);
    Ok((cart["version"].clone(), total))
}

/// Pays and places the order.
async fn complete(buyer: &Client, cart: &str, version: &Value, total: &Value) -> Result<Order> {
    let input = json!({
        "cartId": cart,
        "expectedVersion": version,
        "expectedTotal": total,
        "payment": { "method": "CARD", "token": "sandbox_approve" },
        "idempotencyKey": format!("complete-{cart}"),
    });
    let variables = json!({ "input": input });
    let done = buyer
        .ask(operation!("cart_complete"), variables.clone())
        .await?;
    let id = text(&done, "/cartComplete/order/id")?;
    let status = text(&done, "/cartComplete/status")?;
    ensure!(status == "PLACED", "the checkout is {status}");
    let again = buyer.ask(operation!("cart_complete"), variables).await?;
    ensure!(
        text(&again, "/cartComplete/order/id")? == id,
        "asking twice made two orders"
    );
    let number = text(&done, "/cartComplete/order/number")?;
    println!("   order {number}, once although it was asked for twice");
    let token = done.pointer("/cartComplete/orderToken");
    let by = match token.and_then(Value::as_str) {
        Some(token) => buyer.with("X-Order-Token", token),
        None => buyer.clone(),
    };
    let order = Order { id, by };
    let seen = order.look().await?;
    ensure!(seen["state"] == "CONFIRMED", "not confirmed: {seen}");
    ensure!(&seen["totals"]["total"] == total, "another total: {seen}");
    Ok(order)
}

/// Takes everything in the order from the shelf to the door.
async fn deliver(staff: &Client, order: &str) -> Result<()> {
    let input = json!({ "orderId": order, "idempotencyKey": format!("parcel-{order}") });
    let made = staff
        .ask(operation!("fulfillment_create"), json!({ "input": input }))
        .await?;
    let id = text(&made, "/fulfillmentCreate/fulfillment/id")?;
    println!("   fulfillment {id}");
    let tracking = json!({ "carrier": "DHL", "number": "JD0146000001" });
    let steps = [
        (
            "fulfillmentPack",
            "PACKED",
            operation!("fulfillment_pack"),
            json!({}),
        ),
        (
            "fulfillmentShip",
            "SHIPPED",
            operation!("fulfillment_ship"),
            json!({ "tracking": tracking }),
        ),
        (
            "fulfillmentDeliver",
            "DELIVERED",
            operation!("fulfillment_deliver"),
            json!({}),
        ),
    ];
    for (field, wanted, document, mut input) in steps {
        input["id"] = json!(id);
        input["idempotencyKey"] = json!(format!("{field}-{id}"));
        let done = staff.ask(document, json!({ "input": input })).await?;
        let state = text(&done, &format!("/{field}/fulfillment/state"))?;
        ensure!(state == wanted, "{field} left it {state}");
        println!("   {}", wanted.to_lowercase());
    }
    Ok(())
}

async fn sign_in(guest: &Client, email: &str, password: &str) -> Result<Client> {
    let input = json!({ "email": email, "password": password });
    let done = guest
        .ask(operation!("sign_in"), json!({ "input": input }))
        .await?;
    let token = text(&done, "/signIn/accessToken")?;
    let role = text(&done, "/signIn/me/role")?;
    println!("   signed in as {email}, {}", role.to_lowercase());
    Ok(guest.with("Authorization", &format!("Bearer {token}")))
}

/// Looks at the order until a field says what is wanted: payments are settled behind the scenes.
async fn until(order: &Order, field: &str, wanted: &str) -> Result<Value> {
    let mut seen = Value::Null;
    for _ in 0..LOOKS {
        seen = order.look().await?;
        if seen[field] == wanted {
            return Ok(seen);
        }
        sleep(LOOK_EVERY).await;
    }
    bail!("{field} does not come to {wanted}: {seen}")
}

/// An order, and somebody who may see it.
struct Order {
    id: String,
    by: Client,
}

impl Order {
    async fn look(&self) -> Result<Value> {
        let seen = self
            .by
            .ask(operation!("order"), json!({ "id": self.id }))
            .await?;
        let order = seen["order"].clone();
        ensure!(!order.is_null(), "{} cannot be seen", self.id);
        Ok(order)
    }
}

/// Somebody who asks the shop: its address, and headers that say who it is.
#[derive(Clone)]
struct Client {
    http: reqwest::Client,
    url: String,
    headers: Vec<(&'static str, String)>,
}

impl Client {
    fn new(url: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            url: format!("{}/graphql", url.trim_end_matches('/')),
            headers: Vec::new(),
        }
    }

    fn with(&self, name: &'static str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name, value.to_owned()));
        client
    }

    /// Sends an operation; gives its data. An error at the top or in a payload ends it.
    async fn ask(&self, document: &str, variables: Value) -> Result<Value> {
        let body = json!({ "query": document, "variables": variables });
        let mut request = self.http.post(&self.url).json(&body);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.context("the shop does not answer")?;
        let answer: Value = response.json().await.context("the answer is not JSON")?;
        if let Some(errors) = answer.get("errors") {
            bail!("{errors}");
        }
        let fields = answer["data"].as_object().context("no data")?;
        for (field, payload) in fields {
            if let Some(errors) = payload.get("errors").filter(|all| **all != json!([])) {
                bail!("{field}: {errors}");
            }
        }
        Ok(answer["data"].clone())
    }
}

fn text(value: &Value, pointer: &str) -> Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    let found = found.with_context(|| format!("no text at {pointer} in {value}"))?;
    Ok(found.to_owned())
}

fn list<'a>(value: &'a Value, pointer: &str) -> Result<&'a Vec<Value>> {
    let found = value.pointer(pointer).and_then(Value::as_array);
    found.with_context(|| format!("no list at {pointer} in {value}"))
}

fn money(value: &Value) -> Result<String> {
    Ok(format!(
        "{} {}",
        text(value, "/amount")?,
        text(value, "/currency")?
    ))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a client has no settings of the server"
)]
fn setting(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.to_owned())
}
