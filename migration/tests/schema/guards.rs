//! What the database refuses by itself, and that typed rows come back as they went in.

use entity::id::{EventId, OrderId};
use entity::{order_addresses, outbox_events};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait,
};
use uuid::Uuid;

use crate::databases::on_both;
use crate::shape::found;

/// Everything in these tests has this id, so that every foreign key finds its row.
const ID: Uuid = Uuid::from_u128(0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881);

async fn insert(db: &DatabaseConnection, table: &str, given: &[(&str, &str)]) {
    allowed(db, &row(db, table, given).await).await;
}

/// The statement that inserts a row of plausible values, but for those given as SQL.
async fn row(db: &DatabaseConnection, table: &str, given: &[(&str, &str)]) -> String {
    let mut names = Vec::new();
    let mut values = Vec::new();
    for (column, (kind, nullable)) in &found(db).await[table] {
        let given = given.iter().find(|(name, _)| name == column);
        if *nullable && given.is_none() {
            continue;
        }
        names.push(format!("\"{column}\""));
        values.push(match (given, kind.as_str()) {
            (Some((_, sql)), _) => (*sql).to_owned(),
            (None, "uuid") => format!("'{ID}'"),
            (None, "uuid_text") => format!("x'{}'", ID.simple()),
            (None, "boolean") => "false".to_owned(),
            (None, "jsonb" | "jsonb_text") => "'{}'".to_owned(),
            (None, "text") if column.contains("country") => "'AT'".to_owned(),
            (None, "text") => "'EUR'".to_owned(),
            (None, kind) if kind.starts_with("timestamp") => {
                "'2026-11-21T10:00:00+00:00'".to_owned()
            }
            (None, _) => "1".to_owned(),
        });
    }
    format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        names.join(","),
        values.join(",")
    )
}

/// The modes that channels and orders share.
const MODES: [(&str, &str); 3] = [
    ("tax_mode", "'inclusive'"),
    ("tax_rounding", "'line'"),
    ("rounding_mode", "'half_up'"),
];

const STATUSES: [(&str, &str); 4] = [
    ("state", "'confirmed'"),
    ("payment_status", "'paid'"),
    ("fulfillment_status", "'unfulfilled'"),
    ("return_status", "'none'"),
];

/// A product with one variant in a channel.
async fn catalog(db: &DatabaseConnection) {
    insert(db, "channels", &MODES).await;
    insert(db, "tax_classes", &[]).await;
    insert(db, "products", &[("state", "'draft'")]).await;
    insert(db, "variants", &[]).await;
}

/// A cart, its order, the payment and the fulfillment of that.
async fn sale(db: &DatabaseConnection) {
    insert(db, "carts", &[("state", "'active'")]).await;
    insert(db, "orders", &[&MODES, STATUSES.as_slice()].concat()).await;
    insert(
        db,
        "payments",
        &[("method", "'card'"), ("state", "'created'")],
    )
    .await;
    insert(db, "locations", &[("kind", "'warehouse'")]).await;
    insert(db, "fulfillments", &[("state", "'planned'")]).await;
}

async fn refused(db: &DatabaseConnection, sql: &str, why: &str) {
    let err = db.execute_unprepared(sql).await.expect_err(sql).to_string();
    assert!(err.contains(why), "{sql}: {err}");
}

async fn allowed(db: &DatabaseConnection, sql: &str) {
    let done = db
        .execute_unprepared(sql)
        .await
        .unwrap_or_else(|err| panic!("{sql}: {err}"));
    assert_eq!(done.rows_affected(), 1, "{sql}");
}

#[tokio::test]
async fn append_only_tables_refuse_to_change() {
    on_both(async |db| {
        catalog(db).await;
        for table in [
            "audit_entries",
            "stock_movements",
            "price_history",
            "price_steps",
            "money_entries",
        ] {
            let given: &[_] = if table == "money_entries" {
                &[("amount_minor", "0")]
            } else {
                &[]
            };
            insert(db, table, given).await;
            let column = found(db).await[table].keys().next().unwrap().clone();
            let why = format!("append-only: {table}");
            refused(
                db,
                &format!("UPDATE {table} SET \"{column}\" = \"{column}\""),
                &why,
            )
            .await;
            refused(db, &format!("DELETE FROM {table}"), &why).await;
            if db.get_database_backend() == DbBackend::Postgres {
                refused(db, &format!("TRUNCATE {table}"), &why).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_state_moves_only_as_the_transition_rules_allow() {
    on_both(async |db| {
        catalog(db).await;
        sale(db).await;
        for (table, machine, from, to, jump) in [
            ("carts", "cart", "active", "checking_out", "ordered"),
            ("products", "product", "draft", "in_review", "active"),
            (
                "orders",
                "order",
                "confirmed",
                "in_fulfillment",
                "completed",
            ),
            ("payments", "payment", "created", "authorizing", "captured"),
            (
                "fulfillments",
                "fulfillment",
                "planned",
                "released",
                "shipped",
            ),
        ] {
            let rule = format!("'{machine}', '{from}', 'step', '{to}'");
            allowed(db, &format!("INSERT INTO transition_rules VALUES ({rule})")).await;
            let why = format!("transition refused: {machine}");
            refused(db, &format!("UPDATE {table} SET state = '{jump}'"), &why).await;
            allowed(
                db,
                &format!("UPDATE {table} SET state = '{from}', version = 2"),
            )
            .await;
            allowed(db, &format!("UPDATE {table} SET state = '{to}'")).await;
            refused(db, &format!("UPDATE {table} SET state = '{from}'"), &why).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_database_neither_oversells_nor_overcaptures_nor_sells_a_cart_twice() {
    on_both(async |db| {
        let postgres = db.get_database_backend() == DbBackend::Postgres;
        let check = if postgres {
            "check constraint"
        } else {
            "CHECK constraint"
        };
        catalog(db).await;
        sale(db).await;
        // One is unavailable and one kept for safety: three to sell.
        let mut level = vec![("on_hand", "5"), ("committed", "3")];
        level.extend([("backorder_limit", "0"), ("ack_shortfall", "0")]);
        insert(db, "stock_levels", &level).await;
        refused(db, "UPDATE stock_levels SET committed = 4", check).await;
        refused(db, "UPDATE stock_levels SET committed = -1", check).await;
        allowed(
            db,
            "UPDATE stock_levels SET committed = 4, backorder_limit = 1",
        )
        .await;
        refused(db, "UPDATE payments SET captured_minor = 2", check).await;
        let (id, why) = if postgres {
            ("gen_random_uuid()", "orders_one_live_per_cart")
        } else {
            ("randomblob(16)", "UNIQUE constraint failed: orders.cart_id")
        };
        let other = [("id", id), ("number", "'2'")];
        let given = [other.as_slice(), &MODES, &STATUSES].concat();
        let again = row(db, "orders", &given).await;
        refused(db, &again, why).await;
        allowed(db, &again.replace("'confirmed'", "'payment_failed'")).await;
    })
    .await;
}

#[tokio::test]
async fn postgres_refuses_money_that_does_not_balance() {
    on_both(async |db| {
        if db.get_database_backend() != DbBackend::Postgres {
            return;
        }
        insert(db, "money_entries", &[("amount_minor", "0"), ("seq", "0")]).await;
        let copy = |amounts: &str| {
            format!(
                "INSERT INTO money_entries SELECT txn_id, n, account, currency, amount, order_id, \
                 ref_type, ref_id, occurred_at FROM money_entries, (VALUES {amounts}) x(n, amount)"
            )
        };
        refused(
            db,
            &copy("(1, 500), (2, -499)"),
            "unbalanced: money_entries",
        )
        .await;
        db.execute_unprepared(&copy("(1, 500), (2, -500)"))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn typed_rows_come_back_as_they_went_in() {
    on_both(async |db| {
        let event = outbox_events::ActiveModel {
            id: Set(EventId::from_uuid(ID)),
            aggregate_type: Set("order".to_owned()),
            aggregate_id: Set(ID),
            seq: Set(1),
            event_type: Set("order.placed".to_owned()),
            schema_version: Set(1),
            occurred_at: Set("2026-11-21T10:00:00.123456Z".parse().unwrap()),
            data: Set("{\"lines\": [1, 2.5, null]}".parse().unwrap()),
            audit_hash: Set(String::new()),
            ..Default::default()
        };
        let event = event.insert(db).await.unwrap();
        assert!(event.position > 0);
        let found = outbox_events::Entity::find_by_id(event.id)
            .one(db)
            .await
            .unwrap();
        assert_eq!(found, Some(event));

        catalog(db).await;
        sale(db).await;
        insert(db, "order_addresses", &[("kind", "'billing'")]).await;
        let key = (OrderId::from_uuid(ID), order_addresses::Kind::Billing);
        let address = order_addresses::Entity::find_by_id(key)
            .one(db)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (address.order_id, address.kind, address.phone),
            (key.0, key.1, None)
        );
    })
    .await;
}
