//! The shop that samples are prepared in: nobody asks it, and nothing runs by itself, so that
//! every change is the sample's. Things that a sample uses up are made for it alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use entity::id::{
    AccountId, CartId, CustomerId, FulfillmentId, OrderId, PaymentId, PaymentOperationId,
    ProductId, VariantId,
};
use entity::payments::Method;
use entity::{carts, payment_operations, payments, processes};
use rialto::db::fuse::Fuse;
use rialto::domain::cart::commands::{
    Begun, CartAddressSet, CartComplete, CartContactSet, CartCreate, CartDeliverySet, CompleteSend,
    CompleteSettle, MethodBy, PaymentChoice,
};
use rialto::domain::cart::facts::Attribution;
use rialto::domain::cart::lines::Addition;
use rialto::domain::fulfillment::commands::FulfillmentCreate;
use rialto::domain::payment::port::Answer;
use rialto::gateway::sandbox;
use rialto::kernel::address::Address;
use rialto::kernel::caller::{Actor, Caller};
use rialto::kernel::money::Money;
use rialto::kernel::permission::Role;
use rialto::kernel::text::{Country, Email, ShortCode};
use rialto::write::lease::Claim;
use rialto::write::processes::Lease;
use rialto::write::{Command, Key};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::sample::staff;
use crate::catalog::fixture::Draft;
use crate::harness::Shop;
use crate::harness::database::{Engine, Throwaway, setup};
use crate::harness::till::Till;

/// A quiet shop with a fuse.
pub struct World {
    pub shop: Shop,
    pub fuse: Arc<Fuse>,
    pub till: Till,
    digest: String,
    database: Throwaway,
    next: AtomicU32,
}

/// A completion that has begun.
#[derive(Clone, Copy)]
pub struct Pending {
    pub cart: CartId,
    pub order: OrderId,
    pub operation: PaymentOperationId,
    pub lease: Lease,
}

impl World {
    /// A market in a database of its own.
    pub async fn open(engine: Engine) -> Self {
        let database = Throwaway::new(engine).await.expect("a database");
        let fuse = Arc::new(Fuse::default());
        let mut setup = setup(&database.url);
        setup.fuse = Some(fuse.clone());
        let shop = Shop::quiet(engine, setup).await;
        let till = Till::open(&shop).await;
        let digest = shop.digest_sql().await;
        Self {
            shop,
            fuse,
            till,
            digest,
            database,
            next: AtomicU32::new(1),
        }
    }

    /// Removes the database.
    pub async fn close(self) {
        self.shop.app.db.clone().close().await.expect("closed");
        drop(self.shop);
        self.database.remove().await;
    }

    /// All rows, a text for each table.
    pub async fn rows(&self) -> Vec<String> {
        self.shop.digest(&self.digest).await
    }

    /// A name that nothing has yet.
    pub fn name(&self, what: &str) -> String {
        format!("{what}{}", self.next.fetch_add(1, Ordering::SeqCst))
    }

    /// Carries out a command as somebody.
    pub async fn does<C: Command>(&self, caller: &Caller, command: C) -> C::Output {
        let key = Key::parse(&self.name("fixture-of-walks-")).expect("a key");
        let key = caller.identity().map(|_| key);
        let done = self.shop.app.door.execute(caller, key, command).await;
        done.unwrap_or_else(|stop| panic!("{}: {stop:?}", C::NAME))
            .output
    }

    /// The draft of a product in two sizes, ten of each in stock.
    pub fn draft(&self) -> Draft {
        let name = self.name("mug");
        self.till.market.product(&name, &["S", "M"]).stocked(10)
    }

    /// A published product with its variants.
    pub async fn product(&self) -> (ProductId, Vec<VariantId>) {
        self.till.market.sells(&self.shop, &self.draft()).await
    }

    /// A product that is not published yet.
    pub async fn hidden(&self) -> ProductId {
        let draft = self.draft().hidden();
        self.till.market.sells(&self.shop, &draft).await.0
    }

    /// A customer with an account.
    pub async fn customer(&self) -> Caller {
        let customer = self.shop.signs_up(&self.name("ann")).await;
        as_customer(customer)
    }

    /// An account of the staff.
    pub async fn hired(&self) -> (AccountId, String) {
        let email = format!("{}@shop.example", self.name("staff"));
        let role = entity::accounts::Role::Support;
        (self.shop.hires(&email, role).await, email)
    }

    /// An empty cart.
    pub async fn cart(&self, caller: &Caller) -> CartId {
        let command = CartCreate {
            channel: self.till.market.eu,
            language: None,
            accepts: None,
            attribution: Attribution::default(),
            lines: Vec::new(),
        };
        self.does(caller, command).await.cart
    }

    /// A cart with two of a variant, 29.90 with everything.
    pub async fn filled(&self, caller: &Caller) -> CartId {
        let (_, variants) = self.product().await;
        let command = CartCreate {
            channel: self.till.market.eu,
            language: None,
            accepts: None,
            attribution: Attribution::default(),
            lines: vec![Addition {
                variant: variants[0],
                quantity: 2,
            }],
        };
        let cart = self.does(caller, command).await.cart;
        self.does(caller, contact(cart)).await;
        self.does(caller, shipping(cart)).await;
        self.does(caller, delivery(cart)).await;
        cart
    }

    /// What completes a filled cart.
    pub async fn completion(&self, cart: CartId, method: Method) -> CartComplete {
        let read = self.shop.app.door.reader();
        let row = carts::Entity::find_by_id(cart).one(&read).await;
        let row = row.expect("an answer").expect("the cart");
        CartComplete {
            cart,
            expected_version: row.version,
            expected_total: Money::new(29_90, "EUR".parse().expect("a currency")),
            payment: PaymentChoice {
                method,
                gateway: sandbox::NAME.to_owned(),
                token: match method {
                    Method::Card => "sandbox_approve".to_owned(),
                    Method::Invoice => String::new(),
                },
            },
            lease: TimeDelta::minutes(5),
            hold: TimeDelta::minutes(15),
        }
    }

    /// A completion by card that has begun, changed as told.
    pub async fn begun_with(
        &self,
        caller: &Caller,
        change: impl FnOnce(&mut CartComplete),
    ) -> Pending {
        let cart = self.filled(caller).await;
        let mut command = self.completion(cart, Method::Card).await;
        change(&mut command);
        let begun: Begun = self.does(caller, command).await;
        let operation = self.operation(begun.order).await;
        Pending {
            cart,
            order: begun.order,
            operation: operation.id,
            lease: Lease {
                process: begun.process.expect("a process"),
                token: begun.token.expect("a token"),
            },
        }
    }

    /// A completion by card about which the provider may have been asked.
    pub async fn sent(&self, caller: &Caller) -> Pending {
        let pending = self.begun_with(caller, |_| ()).await;
        let command = CompleteSend {
            order: pending.order,
            operation: pending.operation,
            lease: pending.lease,
            lasts: TimeDelta::minutes(5),
        };
        assert!(self.does(&staff(Role::System), command).await.go);
        pending
    }

    /// Settles a completion.
    pub async fn settled(&self, pending: Pending, answer: Answer) {
        let command = settle(self, pending, answer);
        self.does(&staff(Role::System), command).await;
    }

    /// A confirmed order, authorized by card.
    pub async fn confirmed(&self) -> OrderId {
        let pending = self.sent(&staff(Role::Admin)).await;
        self.settled(pending, succeeded()).await;
        pending.order
    }

    /// An order on invoice that waits for finance.
    pub async fn invoiced(&self) -> OrderId {
        let admin = staff(Role::Admin);
        let cart = self.filled(&admin).await;
        let command = self.completion(cart, Method::Invoice).await;
        self.does(&admin, command).await.order
    }

    /// The payment of an order.
    pub async fn payment(&self, order: OrderId) -> PaymentId {
        let of = payments::Entity::find().filter(payments::Column::OrderId.eq(order));
        let row = of.one(&self.shop.app.door.reader()).await;
        row.expect("an answer").expect("a payment").id
    }

    /// The first operation of an order's payment.
    pub async fn operation(&self, order: OrderId) -> payment_operations::Model {
        let payment = self.payment(order).await;
        let of = payment_operations::Entity::find()
            .filter(payment_operations::Column::PaymentId.eq(payment));
        let row = of.one(&self.shop.app.door.reader()).await;
        row.expect("an answer").expect("an operation")
    }

    /// Takes over the process about something.
    pub async fn claimed(&self, subject: Uuid) -> Lease {
        let about = processes::Entity::find().filter(processes::Column::Subject.eq(subject));
        let row = about.one(&self.shop.app.door.reader()).await;
        let command = Claim {
            process: row.expect("an answer").expect("a process").id,
            lasts: TimeDelta::minutes(5),
        };
        let lease = self.does(&staff(Role::System), command).await;
        lease.expect("nobody holds it")
    }

    /// A fulfillment of all of a confirmed order.
    pub async fn fulfillment(&self) -> FulfillmentId {
        let command = FulfillmentCreate {
            order: self.confirmed().await,
            lines: None,
            location: None,
        };
        self.does(&staff(Role::Warehouse), command)
            .await
            .fulfillment
    }
}

/// A signed-in customer.
fn as_customer(customer: CustomerId) -> Caller {
    Caller {
        actor: Actor::Customer(customer),
        role: Role::Shopper,
        ..Caller::guest("walk")
    }
}

/// Settles a completion with an answer.
pub fn settle(world: &World, pending: Pending, answer: Answer) -> CompleteSettle {
    CompleteSettle {
        cart: pending.cart,
        order: pending.order,
        operation: pending.operation,
        answer,
        next_check: world.shop.app.door.clock().real() + TimeDelta::minutes(1),
        lease: pending.lease,
    }
}

/// The provider says yes.
pub fn succeeded() -> Answer {
    Answer::Succeeded {
        provider_ref: "walked".to_owned(),
    }
}

/// Sets the contact of a cart.
pub fn contact(cart: CartId) -> CartContactSet {
    CartContactSet {
        cart,
        email: Email::parse("ada@example.com").expect("an email"),
        phone: None,
        expected_version: None,
    }
}

/// Has a cart sent to Berlin.
pub fn shipping(cart: CartId) -> CartAddressSet {
    CartAddressSet {
        cart,
        shipping: Some(address()),
        billing: None,
        expected_version: None,
    }
}

/// Has a cart sent the usual way.
pub fn delivery(cart: CartId) -> CartDeliverySet {
    CartDeliverySet {
        cart,
        method: MethodBy::Code(ShortCode::parse("standard").expect("a code")),
        expected_version: None,
    }
}

/// An address in Berlin.
pub fn address() -> Address {
    Address {
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
        company: None,
        line1: "Unter den Linden 1".to_owned(),
        line2: None,
        city: "Berlin".to_owned(),
        region: None,
        postal_code: "10117".to_owned(),
        country: Country::parse("DE").expect("a country"),
        phone: None,
    }
}
