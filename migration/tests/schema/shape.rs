//! The tables are those of the entities, column by column.

use std::collections::BTreeMap;

use migration::Migrator;
use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IdenStatic, Iterable,
    QuerySelect, Statement,
};
use sea_orm_migration::MigratorTrait;

use crate::databases::on_both;

/// By column: its type as the engine names it, and whether it may be null.
pub type Columns = BTreeMap<String, (String, bool)>;

macro_rules! tables {
    ($($table:ident),+ $(,)?) => {
        /// The tables as the entities have them; reads from each.
        async fn wanted(db: &DatabaseConnection) -> BTreeMap<String, Columns> {
            let mut tables = BTreeMap::new();
            $(
                let (name, columns) = columns_of(entity::$table::Entity, db).await;
                assert_eq!(name, stringify!($table));
                tables.insert(name, columns);
            )+
            tables
        }
    };
}

tables!(
    audit_heads,
    audit_entries,
    outbox_events,
    outbox_cursors,
    idempotency_keys,
    processes,
    transition_rules,
    sandbox_clocks,
    counters,
    channels,
    channel_countries,
    channel_languages,
    accounts,
    sessions,
    refresh_tokens,
    signing_keys,
    tax_classes,
    categories,
    category_paths,
    products,
    product_options,
    product_option_values,
    variants,
    variant_option_values,
    product_images,
    product_terms,
    customers,
    customer_addresses,
    locations,
    stock_policies,
    stock_levels,
    reservations,
    stock_movements,
    prices,
    price_history,
    product_listings,
    tax_rates,
    delivery_methods,
    carts,
    cart_lines,
    cart_contacts,
    cart_addresses,
    orders,
    order_contacts,
    order_addresses,
    order_lines,
    order_taxes,
    order_deliveries,
    price_steps,
    payments,
    payment_operations,
    provider_events,
    money_entries,
    fulfillments,
    fulfillment_lines,
);

async fn columns_of<E: EntityTrait>(entity: E, db: &DatabaseConnection) -> (String, Columns) {
    assert!(E::find().limit(1).all(db).await.unwrap().is_empty());
    let columns = E::Column::iter().map(|column| {
        let def = column.def();
        let kind = type_name(db.get_database_backend(), def.get_column_type());
        (column.as_str().to_owned(), (kind.to_owned(), def.is_null()))
    });
    (entity.table_name().to_owned(), columns.collect())
}

fn type_name(engine: DbBackend, column: &ColumnType) -> &'static str {
    let (postgres, sqlite) = match column {
        ColumnType::BigInteger => ("bigint", "integer"),
        ColumnType::Integer => ("integer", "integer"),
        ColumnType::Boolean => ("boolean", "boolean"),
        ColumnType::Text | ColumnType::String(_) => ("text", "text"),
        ColumnType::Uuid => ("uuid", "uuid_text"),
        ColumnType::TimestampWithTimeZone => {
            ("timestamp with time zone", "timestamp_with_timezone_text")
        }
        ColumnType::JsonBinary => ("jsonb", "jsonb_text"),
        other => panic!("no table has a column of type {other:?}"),
    };
    if engine == DbBackend::Postgres {
        postgres
    } else {
        sqlite
    }
}

/// The tables as the database's own catalog has them.
pub async fn found(db: &DatabaseConnection) -> BTreeMap<String, Columns> {
    let engine = db.get_database_backend();
    let sql = if engine == DbBackend::Postgres {
        "SELECT table_name AS t, column_name AS c, data_type AS k, is_nullable = 'YES' AS n \
         FROM information_schema.columns WHERE table_schema = 'public'"
    } else {
        "SELECT t.name AS t, c.name AS c, c.type AS k, c.\"notnull\" = 0 AS n \
         FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
    };
    let mut tables: BTreeMap<String, Columns> = BTreeMap::new();
    for row in db
        .query_all_raw(Statement::from_string(engine, sql))
        .await
        .unwrap()
    {
        let text = |name| row.try_get::<String>("", name).unwrap();
        let column = (text("k").to_lowercase(), row.try_get("", "n").unwrap());
        tables
            .entry(text("t"))
            .or_default()
            .insert(text("c"), column);
    }
    tables.retain(|name, _| name != "seaql_migrations" && name != "sqlite_sequence");
    tables
}

#[tokio::test]
async fn the_tables_equal_the_entities_after_up_down_and_up() {
    on_both(async |db| {
        Migrator::down(db, None).await.unwrap();
        assert_eq!(found(db).await, BTreeMap::new());
        Migrator::up(db, None).await.unwrap();

        let mut wanted = wanted(db).await;
        let mut names = entity::TABLES.to_vec();
        names.sort_unstable();
        assert_eq!(wanted.keys().collect::<Vec<_>>(), names);
        for (name, columns) in found(db).await {
            assert_eq!(Some(columns), wanted.remove(&name), "{name}");
        }
        assert_eq!(wanted, BTreeMap::new());
    })
    .await;
}

/// The CHECK of a column as SQLite keeps it; PostgreSQL was given the same.
macro_rules! checks {
    ($($table:ident . $column:ident : $words:path),+ $(,)?) => {
        vec![$((
            stringify!($table),
            stringify!($column),
            <$words>::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>(),
        )),+]
    };
}

#[tokio::test]
async fn every_check_lists_the_words_of_its_enum() {
    use entity::{channels, order_addresses, orders};
    let checks = checks![
        processes.state: entity::processes::State,
        channels.tax_mode: channels::TaxMode,
        channels.tax_rounding: channels::TaxRounding,
        channels.rounding_mode: channels::RoundingMode,
        accounts.kind: entity::accounts::Kind,
        accounts.role: entity::accounts::Role,
        accounts.state: entity::accounts::State,
        sessions.state: entity::sessions::State,
        signing_keys.state: entity::signing_keys::State,
        products.state: entity::products::State,
        locations.kind: entity::locations::Kind,
        stock_policies.oversell: entity::stock_policies::Oversell,
        reservations.state: entity::reservations::State,
        delivery_methods.kind: entity::delivery_methods::Kind,
        carts.state: entity::carts::State,
        cart_addresses.kind: order_addresses::Kind,
        orders.state: orders::State,
        orders.payment_status: orders::PaymentStatus,
        orders.fulfillment_status: orders::FulfillmentStatus,
        orders.return_status: orders::ReturnStatus,
        orders.tax_mode: channels::TaxMode,
        orders.tax_rounding: channels::TaxRounding,
        orders.rounding_mode: channels::RoundingMode,
        order_addresses.kind: order_addresses::Kind,
        payments.method: entity::payments::Method,
        payments.state: entity::payments::State,
        payment_operations.kind: entity::payment_operations::Kind,
        payment_operations.state: entity::payment_operations::State,
        fulfillments.state: entity::fulfillments::State,
    ];
    on_both(async |db| {
        if db.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let sql = "SELECT group_concat(sql) AS sql FROM sqlite_master WHERE type = 'table'";
        let row = db
            .query_one_raw(Statement::from_string(DbBackend::Sqlite, sql))
            .await
            .unwrap();
        let schema: String = row.unwrap().try_get("", "sql").unwrap();
        assert_eq!(schema.matches(" IN ('").count(), checks.len());
        for (table, column, words) in &checks {
            let from = schema.find(&format!("CREATE TABLE \"{table}\"")).unwrap();
            let check = format!("\"{column}\" IN ('{}')", words.join("', '"));
            let (statement, _) = schema[from + 1..]
                .split_once("CREATE TABLE")
                .unwrap_or_default();
            assert!(statement.contains(&check), "{table}: {check}");
        }
    })
    .await;
}
