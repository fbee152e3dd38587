//! Buys over HTTP, as a front end does: the operations of `examples/queries/`, one after the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, bail, ensure};
use entity::id::VariantId;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use crate::shop::Shop;

/// Variants that carts are filled from. With two lines a cart, 32 buyers seldom meet.
const VARIANTS: usize = 512;

/// Pieces of each: nobody shall go without.
const PIECES: i64 = 1_000_000;

/// Requests at once where it is only about getting things ready.
const AT_ONCE: usize = 16;

macro_rules! operation {
    ($name:literal) => {
        include_str!(concat!("../../examples/queries/", $name, ".graphql"))
    };
}

/// Where one buys.
#[derive(Clone)]
pub struct Till {
    http: reqwest::Client,
    url: String,
    variants: Arc<Vec<String>>,
    turn: Arc<AtomicU64>,
}

/// A guest's cart.
#[derive(Clone, Debug)]
pub struct Cart {
    /// Its id.
    pub id: String,
    token: String,
}

/// A cart that lacks nothing but its completion.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The cart.
    pub cart: Cart,
    version: Value,
    total: Value,
}

/// What is put into a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// Two variants of many.
    Spread,
    /// The one that everybody wants.
    Hot,
}

impl Till {
    /// Sees to it that there is enough of everything.
    pub async fn open(shop: &Shop, url: &str) -> Result<Self> {
        let sql = "SELECT v.id, k.on_hand FROM variants v \
             JOIN stock_levels k ON k.variant_id = v.id \
             JOIN stock_policies s ON s.variant_id = v.id \
             WHERE v.sku LIKE 'SYN-%-0' AND s.tracked AND s.oversell = 'deny' AND k.on_hand > 0 \
             ORDER BY v.id LIMIT 512";
        let rows = shop.rows(sql, Vec::new()).await?;
        ensure!(
            rows.len() == VARIANTS,
            "only {} variants are counted",
            rows.len()
        );
        let mut till = Self {
            http: reqwest::Client::new(),
            url: format!("{url}/graphql"),
            variants: Arc::default(),
            turn: Arc::default(),
        };
        let mut variants = Vec::new();
        let mut scarce = Vec::new();
        for row in rows {
            let id = VariantId::from_uuid(row.try_get_by_index(0)?).to_string();
            if row.try_get_by_index::<i64>(1)? < PIECES / 2 {
                scarce.push(id.clone());
            }
            variants.push(id);
        }
        if !scarce.is_empty() {
            till.receive(&scarce).await?;
        }
        till.variants = Arc::new(variants);
        Ok(till)
    }

    /// The same goods, at another server.
    pub fn at(&self, url: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            url: format!("{url}/graphql"),
            ..self.clone()
        }
    }

    /// A delivery of a supplier.
    async fn receive(&self, variants: &[String]) -> Result<()> {
        let account = json!({ "email": "warehouse@demo.rialto.shop", "password": "rialto-demo" });
        let done = self
            .ask(operation!("sign_in"), json!({ "input": account }), None)
            .await?;
        let bearer = format!("Bearer {}", text(&done, "/signIn/accessToken")?);
        let document = "mutation Receive($input: StockAdjustInput!) {
            stockAdjust(input: $input) { errors { code message path } } }";
        let all = stream::iter(variants).map(|variant| {
            let input = json!({
                "variantId": variant, "delta": PIECES, "reason": "RECEIVED",
                "idempotencyKey": format!("bench-{variant}"),
            });
            self.ask(
                document,
                json!({ "input": input }),
                Some(("Authorization", &bearer)),
            )
        });
        all.buffer_unordered(AT_ONCE)
            .try_for_each(|_| async { Ok(()) })
            .await
    }

    /// A cart with goods in it, or an empty one.
    pub async fn cart(&self, goods: Option<Goods>) -> Result<Cart> {
        let lines: Vec<Value> = match goods {
            None => Vec::new(),
            Some(Goods::Hot) => vec![line(self.variants.last().context("no variants")?)],
            Some(Goods::Spread) => vec![line(self.next()?), line(self.next()?)],
        };
        let input = json!({ "input": { "lines": lines } });
        let made = self.ask(operation!("cart_create"), input, None).await?;
        Ok(Cart {
            id: text(&made, "/cartCreate/cart/id")?,
            token: text(&made, "/cartCreate/cartToken")?,
        })
    }

    /// One variant after the other, so that no cart gets the same twice.
    fn next(&self) -> Result<&String> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let others = VARIANTS - 1;
        let place = usize::try_from(turn)? % others;
        self.variants.get(place).context("no variants")
    }

    /// One more line.
    pub async fn add(&self, cart: &Cart) -> Result<()> {
        let input = json!({ "cartId": cart.id, "lines": [line(self.next()?)] });
        let document = include_str!("queries/lines_add.graphql");
        let done = self
            .ask(document, json!({ "input": input }), Some(cart.token()))
            .await;
        done.map(|_| ())
    }

    /// Who buys, where to and how: two requests.
    pub async fn describe(&self, cart: Cart) -> Result<Ready> {
        let address = json!({
            "firstName": "Ada", "lastName": "Rossi", "line1": "Torstraße 12",
            "city": "Berlin", "postalCode": "10115", "country": "DE",
        });
        let variables = json!({
            "contact": { "cartId": cart.id, "email": "ada@example.com" },
            "address": { "cartId": cart.id, "shipping": address },
        });
        let told = self
            .ask(operation!("cart_details"), variables, Some(cart.token()))
            .await?;
        let method = text(&told, "/cartAddressSet/cart/availableDeliveryMethods/0/id")?;
        let input = json!({ "cartId": cart.id, "method": { "id": method } });
        let input = json!({ "input": input });
        let told = self
            .ask(operation!("cart_delivery"), input, Some(cart.token()))
            .await?;
        let seen = &told["cartDeliverySet"]["cart"];
        ensure!(seen["readiness"]["ready"] == true, "not ready: {seen}");
        Ok(Ready {
            version: seen["version"].clone(),
            total: seen["totals"]["total"].clone(),
            cart,
        })
    }

    /// Pays and orders; gives the order's id.
    pub async fn complete(&self, ready: &Ready) -> Result<String> {
        let input = json!({
            "cartId": ready.cart.id,
            "expectedVersion": ready.version,
            "expectedTotal": ready.total,
            "payment": { "method": "CARD", "token": "sandbox_approve" },
            "idempotencyKey": ready.key(),
        });
        let input = json!({ "input": input });
        let done = self
            .ask(operation!("cart_complete"), input, Some(ready.cart.token()))
            .await?;
        let status = text(&done, "/cartComplete/status")?;
        ensure!(status == "PLACED", "the checkout is {status}");
        text(&done, "/cartComplete/order/id")
    }

    /// So many carts, ready or empty.
    pub async fn carts(&self, count: usize, goods: Option<Goods>) -> Result<Vec<Cart>> {
        let all = stream::iter(0..count).map(|_| self.cart(goods));
        all.buffer_unordered(AT_ONCE).try_collect().await
    }

    /// So many carts that lack nothing but their completion.
    pub async fn ready(&self, count: usize, goods: Goods) -> Result<Vec<Ready>> {
        let one = async |_| self.describe(self.cart(Some(goods)).await?).await;
        stream::iter(0..count)
            .map(one)
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }

    /// Sends an operation; an error at the top or in a payload is one.
    async fn ask(
        &self,
        document: &str,
        variables: Value,
        header: Option<(&str, &str)>,
    ) -> Result<Value> {
        let body = json!({ "query": document, "variables": variables });
        let mut request = self.http.post(&self.url).json(&body);
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let answer: Value = request.send().await?.json().await?;
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

impl Cart {
    fn token(&self) -> (&'static str, &str) {
        ("X-Cart-Token", &self.token)
    }
}

impl Ready {
    /// The key of its completion.
    pub fn key(&self) -> String {
        format!("complete-{}", self.cart.id)
    }
}

fn line(variant: &str) -> Value {
    json!({ "variantId": variant, "quantity": 1 })
}

fn text(value: &Value, pointer: &str) -> Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    let found = found.with_context(|| format!("no text at {pointer} in {value}"))?;
    Ok(found.to_owned())
}
