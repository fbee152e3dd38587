//! Where one buys: a market with tax rates and deliveries, and carts to fill.
//!
//! Channel `eu` (EUR, tax included) delivers to DE, AT and FR: `standard` at 4.90, free from 50.00;
//! `express` at 9.90; `alpine` at 3.00, to AT only. Channel `us` (USD, tax added) has `ground` at 5.00.
//! Tax in DE 19 %, in AT and FR 20 %, in the US none.

use entity::delivery_methods::Kind;
use entity::id::{ChannelId, VariantId};
use entity::{stock_levels, variants};
use rialto::domain::inventory::commands::StockAdjust;
use rialto::domain::inventory::movement::Reason;
use rialto::domain::shipping::commands::DeliveryMethodCreate;
use rialto::domain::shipping::terms::Terms;
use rialto::domain::tax::commands::TaxRateSet;
use rialto::kernel::money::Money;
use rialto::kernel::permission::Role;
use rialto::kernel::text::{Country, ShortCode};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, Statement,
};
use serde_json::{Value, json};

use super::answer::Answer;
use super::{Shop, Who};
use crate::catalog::fixture::{Draft, Market};

/// A market where one can buy.
pub struct Till {
    pub market: Market,
}

/// A cart and who fills it.
pub struct Cart {
    pub id: String,
    pub who: Who,
}

/// All there is to read of a cart.
pub const CART: &str = "fragment cart on Cart {
    id version state language
    channel { code }
    lines {
        totalCount
        nodes {
            id quantity available availableQuantity
            variantId sku productTitle variantTitle imageUrl requiresShipping
            variant { id sku price { amount } product { title } }
            unitPrice { amount currency }
            subtotal { amount }
            total { net { amount } tax { amount } gross { amount } }
        }
    }
    totals {
        subtotal { amount } shipping { amount } tax { amount } total { amount currency }
        taxes { name rate base { amount } tax { amount } }
        taxesEstimated taxCountry
    }
    readiness { ready missing { code path message lineId mendedBy } }
    contact { email phone }
    shippingAddress { firstName lastName company line1 line2 city region postalCode country phone }
    billingAddress { lastName country }
    deliveryMethod { id code name price { amount } minDays maxDays }
    availableDeliveryMethods { id code price { amount } freeFrom { amount } }
    attribution { source medium name }
}";

impl Till {
    /// Opens the market with its rates and deliveries.
    pub async fn open(shop: &Shop) -> Self {
        let market = Market::open(shop).await;
        let till = Self { market };
        for (country, percent) in [("DE", "19"), ("AT", "20"), ("FR", "20")] {
            till.taxes(shop, country, percent).await;
        }
        let (eu, us) = (till.market.eu, till.market.us);
        till.delivers(shop, eu, "standard", 4_90, Some(50_00), &[])
            .await;
        till.delivers(shop, eu, "express", 9_90, None, &[]).await;
        till.delivers(shop, eu, "alpine", 3_00, None, &["AT"]).await;
        till.delivers(shop, us, "ground", 5_00, None, &[]).await;
        till
    }

    /// Taxes the standard class in a country.
    pub async fn taxes(&self, shop: &Shop, country: &str, percent: &str) {
        let command = TaxRateSet {
            class: self.market.tax_class,
            country: Country::parse(country).expect("a country"),
            region: String::new(),
            name: "VAT".to_owned(),
            rate: percent.parse().expect("a rate"),
            expected_version: None,
        };
        shop.done(Role::Finance, command).await;
    }

    /// A delivery method; the later, the later it is offered.
    pub async fn delivers(
        &self,
        shop: &Shop,
        channel: ChannelId,
        code: &str,
        minor: i64,
        free_over: Option<i64>,
        countries: &[&str],
    ) {
        let currency = if channel == self.market.us {
            "USD"
        } else {
            "EUR"
        };
        let currency = currency.parse().expect("a currency");
        let kind = if free_over.is_some() {
            Kind::FreeOver
        } else {
            Kind::FlatRate
        };
        let command = DeliveryMethodCreate {
            channel,
            code: ShortCode::parse(code).expect("a code"),
            name: code.to_owned(),
            terms: Terms {
                kind,
                price: Money::new(minor, currency),
                free_over: free_over.map(|over| Money::new(over, currency)),
                countries: countries.iter().map(|&one| one.to_owned()).collect(),
                min_days: 1,
                max_days: 3,
                position: 0,
            },
            tax_class: self.market.tax_class,
        };
        shop.done(Role::Merchandiser, command).await;
    }

    /// A product with one variant at that price in both channels, so many in stock.
    pub async fn sells(&self, shop: &Shop, slug: &str, minor: i64, on_hand: i64) -> VariantId {
        let draft = self
            .market
            .product(slug, &[])
            .priced(minor)
            .stocked(on_hand);
        self.sells_draft(shop, &draft).await
    }

    /// The only variant of a draft.
    pub async fn sells_draft(&self, shop: &Shop, draft: &Draft) -> VariantId {
        let (_, variants) = self.market.sells(shop, draft).await;
        variants[0]
    }

    /// A guest's empty cart in `eu`.
    pub async fn cart(&self, shop: &Shop) -> Cart {
        Cart::create(shop, &Who::guest(), json!({})).await
    }

    /// A guest's cart with everything but the completion: two mugs at 12.50, sent to Berlin.
    pub async fn filled(&self, shop: &Shop) -> Cart {
        let mug = self.sells(shop, "mug", 12_50, 5).await;
        let cart = self.cart(shop).await;
        cart.adds(shop, mug, 2).await.ok();
        cart.details(shop).await;
        cart
    }
}

impl Cart {
    /// Makes a cart, which must succeed.
    pub async fn create(shop: &Shop, who: &Who, input: Value) -> Self {
        let query = "mutation($input: CartCreateInput!) {
            cartCreate(input: $input) { cart { id } cartToken errors { code message path } }
        }";
        let answer = shop.ask(who, query, json!({ "input": input })).await.ok();
        let token = answer
            .at_or_null("cartCreate.cartToken")
            .as_str()
            .map(str::to_owned);
        Self {
            id: answer.text("cartCreate.cart.id"),
            who: token.map_or_else(|| who.clone(), |token| who.cart(&token)),
        }
    }

    /// What there is to read of it.
    pub async fn read(&self, shop: &Shop) -> Answer {
        self.read_as(shop, &self.who).await
    }

    /// The same, asked by somebody else.
    pub async fn read_as(&self, shop: &Shop, who: &Who) -> Answer {
        let query = format!("{CART} query($id: ID!) {{ cart(id: $id) {{ ...cart }} }}");
        shop.ask(who, &query, json!({ "id": self.id })).await
    }

    /// One of its mutations; the cart's id is added to the input.
    pub async fn does(&self, shop: &Shop, field: &str, input: Value) -> Answer {
        self.does_as(shop, &self.who, field, input).await
    }

    /// The same, by somebody else.
    pub async fn does_as(&self, shop: &Shop, who: &Who, field: &str, input: Value) -> Answer {
        let mut input = input;
        if input.get("cartId").is_none() {
            input["cartId"] = json!(self.id);
        }
        let name = format!("{}{}", field[..1].to_uppercase(), &field[1..]);
        let query = format!(
            "{CART} mutation($input: {name}Input!) {{ {field}(input: $input) {{
                cart {{ ...cart }}
                errors {{
                    code message path retryable
                    ... on InsufficientStockError {{ variantId requested available }}
                    ... on VersionConflictError {{ currentVersion }}
                    ... on TransitionError {{ from allowed }}
                    ... on CartAlreadyOrderedError {{ orderId }}
                }}
            }} }}"
        );
        shop.ask(who, &query, json!({ "input": input })).await
    }

    /// Adds some of a variant.
    pub async fn adds(&self, shop: &Shop, variant: VariantId, quantity: i64) -> Answer {
        let lines = json!([{ "variantId": variant, "quantity": quantity }]);
        self.does(shop, "cartLinesAdd", json!({ "lines": lines }))
            .await
    }

    /// Sets contact, shipping address in Berlin, and standard delivery.
    pub async fn details(&self, shop: &Shop) {
        let email = json!({ "email": "ada@example.com" });
        self.does(shop, "cartContactSet", email).await.ok();
        let address = json!({ "shipping": address("DE") });
        self.does(shop, "cartAddressSet", address).await.ok();
        let method = json!({ "method": { "code": "standard" } });
        self.does(shop, "cartDeliverySet", method).await.ok();
    }
}

/// An address in a country.
pub fn address(country: &str) -> Value {
    json!({
        "firstName": "Ada",
        "lastName": "Lovelace",
        "line1": "Unter den Linden 1",
        "city": "Berlin",
        "postalCode": "10117",
        "country": country,
        "phone": "+49 30 1234567",
    })
}

impl Shop {
    /// How many rows there are of what follows `FROM`.
    pub async fn count(&self, from: &str) -> i64 {
        let rows = self
            .rows(&format!("SELECT COUNT(*) AS one FROM {from}"))
            .await;
        let count = rows.first().map(|row| row.try_get("", "one"));
        count.expect("a row").expect("a number")
    }

    /// The texts of a column that is called `text`.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql).await;
        let text = |row: &QueryResult| row.try_get("", "text").expect("a text");
        rows.iter().map(text).collect()
    }

    /// So many pieces of the variant get lost; gives how many are left.
    pub async fn loses(&self, variant: VariantId, pieces: i64) -> i64 {
        let command = StockAdjust {
            variant,
            location: None,
            delta: -pieces,
            reason: Reason::Lost,
        };
        self.done(Role::Warehouse, command).await;
        let level = stock_levels::Entity::find()
            .filter(stock_levels::Column::VariantId.eq(variant))
            .one(&self.app.door.reader())
            .await;
        level.expect("an answer").expect("a level").on_hand
    }

    /// What `rialto check` finds wrong with carts.
    pub async fn cart_findings(&self) -> Vec<String> {
        let found = rialto::domain::cart::check::check(&self.app.door.reader()).await;
        let found = found.unwrap_or_else(|fault| panic!("{fault:?}"));
        found.iter().map(ToString::to_string).collect()
    }

    /// All variants, by number.
    pub async fn variants(&self) -> Vec<VariantId> {
        let rows = variants::Entity::find().order_by_asc(variants::Column::Sku);
        let rows = rows.all(&self.app.door.reader()).await.expect("rows");
        rows.iter().map(|row| row.id).collect()
    }

    async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let read = self.app.door.reader();
        let statement = Statement::from_string(read.get_database_backend(), sql);
        read.query_all_raw(statement).await.expect("rows")
    }
}
