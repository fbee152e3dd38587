//! The bare SQL of a write: what a competent hand-written transaction would send to leave the rows
//! that ours leaves.
//!
//! A model is made through the API first, and its rows are read. The bare transaction inserts the
//! same rows with ids of its own, one statement for each table, texts built once: no rules, no
//! checks, no reading, no provider between, one commit where the API needs three. Then the cart is
//! updated, and last the hot rows as ours does it: stock by a guarded statement for each variant,
//! the counter of the order numbers, the number.

use std::collections::HashMap;

use anyhow::{Result, ensure};
use entity::id::{CartId, OrderId, PaymentId};
use entity::{
    audit_entries, audit_heads, cart_lines, carts, idempotency_keys, money_entries,
    order_addresses, order_contacts, order_deliveries, order_lines, order_taxes, orders,
    outbox_events, payment_operations, payments, price_steps, processes, reservations,
    stock_movements,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, Condition, ConnectionTrait, DatabaseConnection,
    DatabaseTransaction, DbBackend, EntityTrait, Iden, IntoActiveModel, Iterable, QueryFilter,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value, Values,
};
use uuid::Uuid;

use crate::shop::Shop;

/// Columns whose ids name what was there before.
const GIVEN: &[&str] = &[
    "channel_id",
    "customer_id",
    "delivery_method_id",
    "location_id",
    "product_id",
    "rule_id",
    "tax_class_id",
    "variant_id",
];

/// Columns whose texts no two rows share.
const UNIQUE: &[&str] = &["number", "secret_hash", "key", "provider_key"];

/// What the engine numbers by itself.
const NUMBERED: &[&str] = &["position"];

/// What differs from one transaction to the next.
enum Slot {
    /// The n-th id that it mints; the cart's is the first.
    Id(usize),
    /// A text of its own.
    Text,
}

/// A statement that inserts rows, to be filled in.
struct Insert {
    sql: String,
    values: Vec<Value>,
    slots: Vec<(usize, Slot)>,
}

/// Stock that an order takes.
struct Taken {
    variant: Uuid,
    location: Uuid,
    pieces: i64,
}

/// A bare transaction.
pub struct Bare {
    inserts: Vec<Insert>,
    /// The state that the cart comes to.
    cart_state: Value,
    order: Option<Order>,
    cart: Insert,
    ids: HashMap<Uuid, usize>,
}

struct Order {
    id: usize,
    taken: Vec<Taken>,
}

impl Bare {
    /// As the order of this cart was written, which was completed with this key.
    pub async fn order(shop: &Shop, cart: CartId, order: OrderId, key: &str) -> Result<Self> {
        let mut bare = Self::begin(shop, cart).await?;
        let (id, of) = (order.uuid(), shop.db.for_migrations());
        let payment = payments::Entity::find().filter(payments::Column::OrderId.eq(id));
        let payments: Vec<PaymentId> = payment.all(of).await?.iter().map(|one| one.id).collect();
        let paid: Vec<Uuid> = payments.iter().map(|one| one.uuid()).collect();
        let began = orders::Entity::find_by_id(order).one(of).await?;
        let began = began.map(|order| order.placed_at);
        let key = idempotency_keys::Column::Key.eq(key);
        bare.add::<idempotency_keys::Entity>(of, key).await?;
        bare.add::<orders::Entity>(of, orders::Column::Id.eq(id))
            .await?;
        bare.add::<order_contacts::Entity>(of, order_contacts::Column::OrderId.eq(id))
            .await?;
        bare.add::<order_addresses::Entity>(of, order_addresses::Column::OrderId.eq(id))
            .await?;
        bare.add::<order_lines::Entity>(of, order_lines::Column::OrderId.eq(id))
            .await?;
        bare.add::<order_taxes::Entity>(of, order_taxes::Column::OrderId.eq(id))
            .await?;
        bare.add::<order_deliveries::Entity>(of, order_deliveries::Column::OrderId.eq(id))
            .await?;
        bare.add::<price_steps::Entity>(of, price_steps::Column::OwnerId.eq(id))
            .await?;
        bare.add::<payments::Entity>(of, payments::Column::OrderId.eq(id))
            .await?;
        let operations = payment_operations::Column::PaymentId.is_in(payments);
        bare.add::<payment_operations::Entity>(of, operations)
            .await?;
        bare.add::<money_entries::Entity>(of, money_entries::Column::OrderId.eq(id))
            .await?;
        bare.add::<reservations::Entity>(of, reservations::Column::OwnerId.eq(id))
            .await?;
        bare.add::<stock_movements::Entity>(of, stock_movements::Column::RefId.eq(id))
            .await?;
        bare.add::<processes::Entity>(of, processes::Column::OrderId.eq(id))
            .await?;
        let about: Vec<Uuid> = paid.into_iter().chain([id, cart.uuid()]).collect();
        let since = |column: SimpleExpr| began.map_or(Expr::val(true), |began| column.gte(began));
        bare.evidence(of, &about, since).await?;
        let taken = reservations::Entity::find().filter(reservations::Column::OwnerId.eq(id));
        let mut taken: Vec<Taken> = taken.all(of).await?.iter().map(Taken::from).collect();
        taken.sort_by_key(|one| (one.variant, one.location));
        let id = bare.id(id);
        bare.order = Some(Order { id, taken });
        Ok(bare)
    }

    /// As the last line of this cart was written.
    pub async fn line(shop: &Shop, cart: CartId) -> Result<Self> {
        let mut bare = Self::begin(shop, cart).await?;
        let of = shop.db.for_migrations();
        bare.add::<cart_lines::Entity>(of, cart_lines::Column::CartId.eq(cart))
            .await?;
        let last = carts::Entity::find_by_id(cart).one(of).await?;
        let last = last.map(|cart| cart.updated_at);
        let since = |column: SimpleExpr| last.map_or(Expr::val(true), |last| column.gte(last));
        bare.evidence(of, &[cart.uuid()], since).await?;
        Ok(bare)
    }

    async fn begin(shop: &Shop, cart: CartId) -> Result<Self> {
        let of = shop.db.for_migrations();
        let row = carts::Entity::find_by_id(cart).one(of).await?;
        let cart_state = row.map(|row| row.into_active_model().get(carts::Column::State));
        let mut bare = Self {
            inserts: Vec::new(),
            cart_state: cart_state
                .and_then(ActiveValue::into_value)
                .unwrap_or("active".into()),
            order: None,
            cart: Insert {
                sql: String::new(),
                values: Vec::new(),
                slots: Vec::new(),
            },
            ids: HashMap::from([(cart.uuid(), 0)]),
        };
        bare.add::<carts::Entity>(of, carts::Column::Id.eq(cart))
            .await?;
        if let Some(cart) = bare.inserts.pop() {
            bare.cart = cart;
        }
        Ok(bare)
    }

    /// Audit entries, their heads and events of these aggregates, from an instant on.
    async fn evidence(
        &mut self,
        of: &DatabaseConnection,
        about: &[Uuid],
        since: impl Fn(SimpleExpr) -> SimpleExpr,
    ) -> Result<()> {
        use audit_entries::Column as Entry;
        use outbox_events::Column as Event;
        let ids = || about.iter().copied();
        let entries = Entry::AggregateId.is_in(ids());
        let entries = entries.and(since(Expr::col(Entry::OccurredAt)));
        self.add::<audit_entries::Entity>(of, entries).await?;
        let heads = audit_heads::Column::AggregateId.is_in(ids());
        self.add::<audit_heads::Entity>(of, heads).await?;
        let events = Event::AggregateId.is_in(ids());
        let events = events.and(since(Expr::col(Event::OccurredAt)));
        self.add::<outbox_events::Entity>(of, events).await
    }

    fn id(&mut self, id: Uuid) -> usize {
        let next = self.ids.len();
        *self.ids.entry(id).or_insert(next)
    }

    /// One statement for all rows of a table that the model left there.
    async fn add<E>(&mut self, of: &DatabaseConnection, which: SimpleExpr) -> Result<()>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
    {
        let rows = E::find()
            .filter(Condition::all().add(which))
            .all(of)
            .await?;
        let table = E::default().to_string();
        ensure!(!rows.is_empty(), "the model has no {table}");
        let is_numbered = |name: &str| table == "outbox_events" && NUMBERED.contains(&name);
        let columns: Vec<_> = E::Column::iter()
            .filter(|column| !is_numbered(&column.to_string()))
            .collect();
        let mut insert = Query::insert();
        insert.into_table(E::default()).columns(columns.clone());
        let mut slots = Vec::new();
        for (row, model) in rows.into_iter().enumerate() {
            let active = model.into_active_model();
            let mut values = Vec::with_capacity(columns.len());
            for (place, column) in columns.iter().enumerate() {
                let value = active.get(*column).into_value();
                let value = value.expect("a row that was read has every column");
                if let Some(slot) = self.slot(&column.to_string(), &value) {
                    slots.push((row * columns.len() + place, slot));
                }
                values.push(Expr::val(value));
            }
            insert.values(values)?;
        }
        let statement = of.get_database_backend().build(&insert);
        self.inserts.push(Insert {
            sql: statement.sql,
            values: statement.values.map(|all| all.0).unwrap_or_default(),
            slots,
        });
        Ok(())
    }

    fn slot(&mut self, column: &str, value: &Value) -> Option<Slot> {
        match value {
            Value::Uuid(Some(id)) if !GIVEN.contains(&column) => Some(Slot::Id(self.id(*id))),
            Value::String(Some(_)) if UNIQUE.contains(&column) => Some(Slot::Text),
            _ => None,
        }
    }

    /// Makes so many carts for [`Self::write`].
    pub async fn carts(&self, of: &DatabaseConnection, count: usize) -> Result<Vec<Uuid>> {
        let backend = of.get_database_backend();
        let places = self.cart.values.len();
        // In the middle of a completion the cart is being checked out.
        let state = carts::Column::iter().position(|one| matches!(one, carts::Column::State));
        let mut made = Vec::with_capacity(count);
        while made.len() < count {
            let mut values = Vec::new();
            for _ in 0..100 {
                let ids = self.mint(fresh());
                made.push(ids[0]);
                let mut row = self.cart.filled(&ids);
                if let (Some(state), Some(_)) = (state, &self.order) {
                    row[state] = "checking_out".into();
                }
                values.extend(row);
            }
            let (head, _) = self.cart.sql.split_once(" VALUES ").unwrap_or_default();
            let row = |nth: usize| places_of(backend, nth * places, places);
            let rows: Vec<_> = (0..100).map(row).collect();
            let sql = format!("{head} VALUES {}", rows.join(", "));
            let statement = Statement::from_sql_and_values(backend, sql, values);
            of.execute_raw(statement).await?;
        }
        Ok(made)
    }

    fn mint(&self, cart: Uuid) -> Vec<Uuid> {
        let others = (1..self.ids.len()).map(|_| fresh());
        std::iter::once(cart).chain(others).collect()
    }

    /// The transaction, for a cart that was made for it.
    pub async fn write(&self, of: &DatabaseConnection, cart: Uuid) -> Result<()> {
        let ids = self.mint(cart);
        let tx = begin(of).await?;
        for insert in &self.inserts {
            send(&tx, &insert.sql, insert.filled(&ids)).await?;
        }
        let sql = "UPDATE carts SET state = $1, version = version + 1, updated_at = $2 \
             WHERE id = $3";
        let values = vec![self.cart_state.clone(), now(), cart.into()];
        ensure!(send(&tx, sql, values).await? == 1, "no cart");
        if let Some(order) = &self.order {
            order.hot_rows(&tx, ids[order.id]).await?;
        }
        Ok(tx.commit().await?)
    }
}

impl Order {
    /// Stock, and the number, last: until the commit nobody else gets at them.
    async fn hot_rows(&self, tx: &DatabaseTransaction, order: Uuid) -> Result<()> {
        let sql = "UPDATE stock_levels SET committed = committed + $1, version = version + 1, \
             updated_at = $2 WHERE variant_id = $3 AND location_id = $4 \
             AND committed + $1 <= on_hand - unavailable - safety + backorder_limit";
        for Taken {
            variant,
            location,
            pieces,
        } in &self.taken
        {
            let values = vec![
                (*pieces).into(),
                now(),
                (*variant).into(),
                (*location).into(),
            ];
            ensure!(send(tx, sql, values).await? == 1, "no stock is left");
        }
        let sql = "UPDATE counters SET value = value + 1 WHERE name = 'order' RETURNING value";
        let statement = Statement::from_string(tx.get_database_backend(), sql);
        let row = tx.query_one_raw(statement).await?;
        let number: i64 = row
            .map(|row| row.try_get_by_index(0))
            .transpose()?
            .unwrap_or(0);
        let sql = "UPDATE orders SET number = $1 WHERE id = $2";
        let values = vec![format!("R{number}").into(), order.into()];
        ensure!(send(tx, sql, values).await? == 1, "no order");
        Ok(())
    }
}

impl Insert {
    fn filled(&self, ids: &[Uuid]) -> Vec<Value> {
        let mut values = self.values.clone();
        for (place, slot) in &self.slots {
            values[*place] = match slot {
                Slot::Id(nth) => ids[*nth].into(),
                Slot::Text => fresh().simple().to_string().into(),
            };
        }
        values
    }
}

impl From<&reservations::Model> for Taken {
    fn from(row: &reservations::Model) -> Self {
        Self {
            variant: row.variant_id.uuid(),
            location: row.location_id.uuid(),
            pieces: row.quantity,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a baseline goes past the door: that is what it is for"
)]
async fn begin(of: &DatabaseConnection) -> Result<DatabaseTransaction> {
    let sqlite = of.get_database_backend() == DbBackend::Sqlite;
    let options = TransactionOptions {
        sqlite_transaction_mode: sqlite.then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(of.begin_with_options(options).await?)
}

async fn send(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<u64> {
    let statement = Statement {
        sql: sql.to_owned(),
        values: Some(Values(values)),
        db_backend: tx.get_database_backend(),
    };
    Ok(tx.execute_raw(statement).await?.rows_affected())
}

/// `($4, $5, $6)`, or `(?, ?, ?)`.
fn places_of(backend: DbBackend, before: usize, count: usize) -> String {
    let place = |nth: usize| match backend {
        DbBackend::Postgres => format!("${}", before + nth),
        _ => "?".to_owned(),
    };
    let places: Vec<_> = (1..=count).map(place).collect();
    format!("({})", places.join(", "))
}

#[expect(
    clippy::disallowed_methods,
    reason = "rows of a baseline, minted outside the door"
)]
fn fresh() -> Uuid {
    Uuid::now_v7()
}

#[expect(
    clippy::disallowed_methods,
    reason = "rows of a baseline, written outside the door"
)]
fn now() -> Value {
    chrono::Utc::now().into()
}
