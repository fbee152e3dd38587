//! The forms that every migration repeats: kinds of columns, a table with its keys and indexes,
//! and the triggers, which the two engines write differently.
//!
//! What a landed migration uses here must keep its meaning; a new meaning gets a new name.

use sea_orm_migration::schema::{
    big_integer, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::sea_query::{
    ColumnDef, Expr, ForeignKey, ForeignKeyAction, Index, Table, TableCreateStatement,
};
use sea_orm_migration::{MigrationTrait, SchemaManager};

/// A migration that creates tables, in this order, and drops them in the reverse one.
macro_rules! creates {
    ($($table:ident),+ $(,)?) => {
        #[derive(sea_orm_migration::sea_orm::DeriveMigrationName)]
        pub struct Migration;

        #[async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            // SQLite can take back DDL too; SeaORM would not ask it to.
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }

            async fn up(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::sea_orm::DbErr> {
                for table in [$($table()),+] {
                    table.create(manager).await?;
                }
                Ok(())
            }

            async fn down(
                &self,
                manager: &sea_orm_migration::SchemaManager,
            ) -> Result<(), sea_orm_migration::sea_orm::DbErr> {
                for table in [$($table()),+].into_iter().rev() {
                    table.drop(manager).await?;
                }
                Ok(())
            }
        }
    };
}

pub(crate) use creates;

/// A boxed migration, as the list in `lib.rs` wants it.
pub fn boxed(migration: impl MigrationTrait + 'static) -> Box<dyn MigrationTrait> {
    Box::new(migration)
}

/// A UUIDv7 primary key, made by the writer.
pub fn id() -> ColumnDef {
    uuid("id").primary_key().take()
}

/// The number a writer compares before it changes the row; from 1.
pub fn version() -> ColumnDef {
    big_integer("version").default(1).take()
}

/// An instant in UTC.
pub fn instant(name: &'static str) -> ColumnDef {
    timestamp_with_time_zone(name)
}

/// An instant in UTC that may not have come.
pub fn instant_null(name: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(name)
}

/// When the row was made.
pub fn created_at() -> ColumnDef {
    instant("created_at")
}

/// When the row changed last.
pub fn updated_at() -> ColumnDef {
    instant("updated_at")
}

/// A whole number that is never negative: an amount in minor units, pieces, a position.
pub fn amount(name: &'static str) -> ColumnDef {
    big_integer(name)
        .check(Expr::cust(format!("\"{name}\" >= 0")))
        .take()
}

/// Like [`amount`], and 0 when the writer says nothing.
pub fn tally(name: &'static str) -> ColumnDef {
    amount(name).default(0).take()
}

/// Pieces, at least one.
pub fn pieces(name: &'static str) -> ColumnDef {
    big_integer(name)
        .check(Expr::cust(format!("\"{name}\" > 0")))
        .take()
}

/// A rate in millionths, 0 to 100 %.
pub fn rate_ppm() -> ColumnDef {
    big_integer("rate_ppm")
        .check(Expr::cust("\"rate_ppm\" BETWEEN 0 AND 1000000"))
        .take()
}

/// A text that is one of these words.
pub fn one_of(name: &'static str, words: &[&str]) -> ColumnDef {
    text(name)
        .check(Expr::cust(format!(
            "\"{name}\" IN ('{}')",
            words.join("', '")
        )))
        .take()
}

/// An ISO 4217 code. Text with a length, not CHAR: PostgreSQL compares CHAR with a text
/// parameter by converting the column, past every index.
pub fn currency() -> ColumnDef {
    text("currency")
        .check(Expr::cust("length(\"currency\") = 3"))
        .take()
}

/// An ISO 3166-1 alpha-2 code.
pub fn country(name: &'static str) -> ColumnDef {
    text(name)
        .check(Expr::cust(format!("length(\"{name}\") = 2")))
        .take()
}

/// A table to be: its statement, and what follows it.
pub struct NewTable {
    name: &'static str,
    create: TableCreateStatement,
    indexes: Vec<String>,
    per_engine: Option<fn(&mut TableCreateStatement, DbBackend)>,
    function: Option<PgFunction>,
    triggers: Vec<Triggers>,
}

struct PgFunction {
    name: &'static str,
    body: &'static str,
}

struct Triggers {
    sqlite: String,
    postgres: String,
}

/// Begins a table.
pub fn table(name: &'static str) -> NewTable {
    NewTable {
        name,
        create: Table::create().table(name).take(),
        indexes: Vec::new(),
        per_engine: None,
        function: None,
        triggers: Vec::new(),
    }
}

impl NewTable {
    pub fn cols(mut self, columns: impl IntoIterator<Item = ColumnDef>) -> Self {
        for column in columns {
            self.create.col(column);
        }
        self
    }

    /// Columns and keys on which the engines differ.
    pub fn per_engine(mut self, shape: fn(&mut TableCreateStatement, DbBackend)) -> Self {
        self.per_engine = Some(shape);
        self
    }

    /// A primary key of several columns.
    pub fn key(mut self, columns: &[&'static str]) -> Self {
        let mut index = Index::create();
        for column in columns {
            index.col(*column);
        }
        self.create.primary_key(&mut index);
        self
    }

    /// A foreign key to `to.id` that keeps the row there from being deleted.
    pub fn refers(self, column: &'static str, to: &'static str) -> Self {
        self.foreign_key(column, to, ForeignKeyAction::Restrict)
    }

    /// A foreign key to `to.id`, of which this row is a mere part: it goes with it.
    pub fn part_of(self, column: &'static str, to: &'static str) -> Self {
        self.foreign_key(column, to, ForeignKeyAction::Cascade)
    }

    fn foreign_key(
        mut self,
        column: &'static str,
        to: &'static str,
        deleted: ForeignKeyAction,
    ) -> Self {
        self.create.foreign_key(
            ForeignKey::create()
                .name(format!("{}_{column}_fkey", self.name))
                .from(self.name, column)
                .to(to, "id")
                .on_delete(deleted),
        );
        self
    }

    pub fn check(mut self, sql: &'static str) -> Self {
        self.create.check(Expr::cust(sql));
        self
    }

    pub fn index(self, columns: &[&str]) -> Self {
        let name = format!("{}_{}_idx", self.name, columns.join("_"));
        self.add_index("INDEX", &name, columns, "")
    }

    pub fn unique(self, columns: &[&str]) -> Self {
        let name = format!("{}_{}_key", self.name, columns.join("_"));
        self.add_index("UNIQUE INDEX", &name, columns, "")
    }

    /// An index named `<table>_<name>` over the rows of which `rows` is true.
    pub fn index_where(self, name: &str, columns: &[&str], rows: &str) -> Self {
        let name = format!("{}_{name}", self.name);
        self.add_index("INDEX", &name, columns, &format!(" WHERE {rows}"))
    }

    /// A unique index named `<table>_<name>` over the rows of which `rows` is true.
    pub fn unique_where(self, name: &str, columns: &[&str], rows: &str) -> Self {
        let name = format!("{}_{name}", self.name);
        self.add_index("UNIQUE INDEX", &name, columns, &format!(" WHERE {rows}"))
    }

    fn add_index(mut self, kind: &str, name: &str, columns: &[&str], rows: &str) -> Self {
        let columns = columns.join("\", \"");
        let table = self.name;
        self.indexes.push(format!(
            "CREATE {kind} \"{name}\" ON \"{table}\" (\"{columns}\"){rows}"
        ));
        self
    }

    /// A trigger function of PostgreSQL that lives as long as this table.
    pub fn pg_function(mut self, name: &'static str, body: &'static str) -> Self {
        self.function = Some(PgFunction { name, body });
        self
    }

    /// Triggers that only PostgreSQL can have.
    pub fn pg_trigger(mut self, sql: &str) -> Self {
        self.triggers.push(Triggers {
            sqlite: String::new(),
            postgres: sql.to_owned(),
        });
        self
    }

    /// Rows may be added and read, never changed or removed.
    pub fn append_only(mut self) -> Self {
        let table = self.name;
        let refuse = |verb: &str| {
            let name = verb.to_lowercase();
            format!(
                "CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} \
                 BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END;"
            )
        };
        self.triggers.push(Triggers {
            sqlite: format!("{}{}", refuse("UPDATE"), refuse("DELETE")),
            postgres: format!(
                "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION rialto_append_only(); \
                 CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION rialto_append_only();"
            ),
        });
        self
    }

    /// The column `state` moves only as `transition_rules` of this machine allow.
    pub fn machine(mut self, machine: &str) -> Self {
        let table = self.name;
        self.triggers.push(Triggers {
            sqlite: format!(
                "CREATE TRIGGER {table}_transition BEFORE UPDATE ON {table} \
                 WHEN OLD.state <> NEW.state AND NOT EXISTS (SELECT 1 FROM transition_rules \
                 WHERE machine = '{machine}' AND from_state = OLD.state \
                 AND to_state = NEW.state) \
                 BEGIN SELECT RAISE(ABORT, 'transition refused: {machine}'); END;"
            ),
            postgres: format!(
                "CREATE TRIGGER {table}_transition BEFORE UPDATE ON {table} \
                 FOR EACH ROW WHEN (OLD.state <> NEW.state) \
                 EXECUTE FUNCTION rialto_check_transition('{machine}');"
            ),
        });
        self
    }

    pub async fn create(mut self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let engine = manager.get_database_backend();
        let postgres = engine == DbBackend::Postgres;
        if let Some(shape) = self.per_engine {
            shape(&mut self.create, engine);
        }
        manager.create_table(self.create).await?;
        for index in &self.indexes {
            db.execute_unprepared(index).await?;
        }
        if let Some(PgFunction { name, body }) = self.function
            && postgres
        {
            let sql = format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
            );
            db.execute_unprepared(&sql).await?;
        }
        for triggers in &self.triggers {
            let sql = if postgres {
                &triggers.postgres
            } else {
                &triggers.sqlite
            };
            if !sql.is_empty() {
                db.execute_unprepared(sql).await?;
            }
        }
        Ok(())
    }

    pub async fn drop(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(self.name).take())
            .await?;
        if let Some(PgFunction { name, .. }) = self.function
            && manager.get_database_backend() == DbBackend::Postgres
        {
            let sql = format!("DROP FUNCTION {name}()");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
