//! Looks that no client has: plain addresses, and all rows as text.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;

use super::Shop;
use super::database::Engine;

impl Shop {
    /// What stands at a plain address, as JSON.
    pub async fn get(&self, path: &str) -> Value {
        let response = reqwest::get(format!("{}{path}", self.url)).await;
        response.expect("an answer").json().await.expect("JSON")
    }

    /// All rows of all tables, each as text with its table, in the order of the tables.
    pub async fn dump(&self) -> Vec<(String, String)> {
        let mut dump = Vec::new();
        for table in self.column(self.tables_sql()).await {
            let rows = self.rows_sql(&table).await;
            let mut rows = self.column(&rows).await;
            rows.sort();
            dump.extend(rows.into_iter().map(|row| (table.clone(), row)));
        }
        dump
    }

    /// One statement that gives a text for each table, the same while its rows are.
    pub async fn digest_sql(&self) -> String {
        let mut selects = Vec::new();
        for table in self.column(self.tables_sql()).await {
            let rows = self.rows_sql(&table).await;
            let all = match self.engine {
                Engine::Sqlite => "COALESCE(group_concat(name, char(10)), '')",
                Engine::Postgres => "COALESCE(string_agg(name, chr(10) ORDER BY name), '')",
            };
            selects.push(format!(
                "SELECT '{table}: ' || {all} AS name FROM ({rows}) r"
            ));
        }
        selects.join(" UNION ALL ")
    }

    /// The texts of that statement.
    pub async fn digest(&self, sql: &str) -> Vec<String> {
        self.column(sql).await
    }

    fn tables_sql(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            }
            Engine::Postgres => {
                "SELECT table_name::text AS name FROM information_schema.tables
                 WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name"
            }
        }
    }

    async fn rows_sql(&self, table: &str) -> String {
        match self.engine {
            Engine::Sqlite => {
                let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                let quoted = self.column(&columns).await;
                let quoted: Vec<_> = quoted
                    .iter()
                    .map(|name| format!("quote(\"{name}\")"))
                    .collect();
                format!(
                    "SELECT {} AS name FROM \"{table}\"",
                    quoted.join(" || ' ' || ")
                )
            }
            Engine::Postgres => format!("SELECT row_to_json(t)::text AS name FROM \"{table}\" t"),
        }
    }

    async fn column(&self, sql: &str) -> Vec<String> {
        let read = self.app.door.reader();
        let statement = Statement::from_string(read.get_database_backend(), sql);
        let rows = read.query_all_raw(statement).await.expect("rows");
        rows.iter()
            .map(|row| row.try_get::<String>("", "name").expect("text"))
            .collect()
    }
}
