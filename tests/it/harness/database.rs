//! Throw-away databases: a migrated template per engine, copied for each test.

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rialto::app::{App, Setup};
use rialto::db::Pools;
use rialto::domain::access;
use rialto::graphql::{self, Limits};
use rialto::http::{Bounds, Lives};
use rialto::kernel::secret::SecretKey;
use rialto::process::Times;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio::sync::OnceCell;

use super::shop::Shop;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A database of the server that `RIALTO_TEST_POSTGRES` names or that answers locally.
    Postgres,
}

/// A database of one test; goes away with it.
pub struct Throwaway {
    pub url: String,
    name: String,
    folder: Option<tempfile::TempDir>,
}

static NEXT: AtomicU32 = AtomicU32::new(0);
static SQLITE: OnceCell<tempfile::TempDir> = OnceCell::const_new();
static POSTGRES: OnceCell<String> = OnceCell::const_new();

/// Runs a test body on a fresh shop; skips PostgreSQL where none answers (unless it is required).
pub fn run<F>(engine: Engine, body: impl FnOnce(Shop) -> F)
where
    F: Future<Output = ()>,
{
    let _ = tracing_subscriber::fmt()
        .with_env_filter("error")
        .with_test_writer()
        .try_init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let Some(database) = Throwaway::new(engine).await else {
            eprintln!("no PostgreSQL answers: skipped");
            return;
        };
        let shop = Shop::open(engine, &database).await;
        let app = shop.app.clone();
        body(shop).await;
        let _ = app.db.close().await;
        database.remove().await;
    });
}

/// The setup of a test's house.
pub fn setup(url: &str) -> Setup {
    Setup {
        database_url: url.to_owned(),
        pools: Pools {
            connections: 6,
            sqlite_durable: false,
            ..Pools::default()
        },
        secret: SecretKey::new([7; 32]),
        sandbox: true,
        limits: Limits::default(),
        graph: graphql::Settings::default(),
        lives: Lives::default(),
        bounds: Bounds::default(),
        access: access::Settings {
            cost: access::PasswordCost {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
            },
            ..access::Settings::default()
        },
        times: Times {
            horizon: Duration::from_millis(300),
            first_check: Duration::from_millis(200),
            poll: Duration::from_millis(100),
            ..Times::default()
        },
        fuse: None,
    }
}

impl Throwaway {
    /// A fresh migrated database; nothing where no PostgreSQL answers.
    pub async fn new(engine: Engine) -> Option<Self> {
        match engine {
            Engine::Sqlite => Some(Self::file().await),
            Engine::Postgres => Self::server().await,
        }
    }

    /// A database without any table; nothing where no PostgreSQL answers.
    pub async fn empty(engine: Engine) -> Option<Self> {
        if engine == Engine::Sqlite {
            let folder = tempfile::tempdir().expect("a folder");
            let url = format!("sqlite:{}", folder.path().join("shop.db").display());
            return Some(Self {
                url,
                name: String::new(),
                folder: Some(folder),
            });
        }
        let base = server().await?;
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let name = format!("rialto_test_{}_empty_{number}", std::process::id());
        let admin = admin(&base).await.expect("the server answered before");
        let create = format!("CREATE DATABASE {name}");
        admin.execute_unprepared(&create).await.expect("a database");
        Some(Self {
            url: format!("{base}/{name}"),
            name,
            folder: None,
        })
    }

    /// A copy of a database that nobody is connected to.
    pub async fn copy(&self) -> Self {
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        if let Some(folder) = &self.folder {
            let copy = tempfile::tempdir().expect("a folder");
            let path = copy.path().join("shop.db");
            std::fs::copy(folder.path().join("shop.db"), &path).expect("a copy");
            let url = format!("sqlite:{}", path.display());
            return Self {
                url,
                name: String::new(),
                folder: Some(copy),
            };
        }
        let base = self
            .url
            .trim_end_matches(&self.name)
            .trim_end_matches('/')
            .to_owned();
        let name = format!("rialto_test_{}_copy_{number}", std::process::id());
        let admin = admin(&base).await.expect("the server answered before");
        let create = format!("CREATE DATABASE {name} TEMPLATE {}", self.name);
        admin.execute_unprepared(&create).await.expect("a copy");
        Self {
            url: format!("{base}/{name}"),
            name,
            folder: None,
        }
    }

    async fn file() -> Self {
        let template = SQLITE
            .get_or_init(sqlite_template)
            .await
            .path()
            .join("shop.db");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.db");
        std::fs::copy(template, &path).expect("a copy of the template");
        let url = format!("sqlite:{}", path.display());
        Self {
            url,
            name: String::new(),
            folder: Some(folder),
        }
    }

    async fn server() -> Option<Self> {
        let base = server().await?;
        let template = POSTGRES
            .get_or_init(|| postgres_template(base.clone()))
            .await;
        let name = format!("{template}_{}", NEXT.fetch_add(1, Ordering::SeqCst));
        let admin = admin(&base).await.expect("the server answered before");
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        admin
            .execute_unprepared(&create)
            .await
            .expect("a copy of the template");
        Some(Self {
            url: format!("{base}/{name}"),
            name,
            folder: None,
        })
    }

    /// Removes it.
    pub async fn remove(self) {
        if self.folder.is_none() {
            let base = self
                .url
                .trim_end_matches(&self.name)
                .trim_end_matches('/')
                .to_owned();
            if let Some(admin) = admin(&base).await {
                let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
                let _ = admin.execute_unprepared(&drop).await;
            }
        }
    }
}

async fn sqlite_template() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("shop.db");
    migrate(&format!("sqlite:{}", path.display())).await;
    folder
}

async fn postgres_template(base: String) -> String {
    let name = format!("rialto_test_{}", std::process::id());
    let admin = admin(&base).await.expect("the server answered before");
    let _ = admin
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
        .await;
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("a database");
    migrate(&format!("{base}/{name}")).await;
    name
}

async fn migrate(url: &str) {
    let app = App::build(setup(url)).await.expect("a database");
    app.migrate().await.expect("migrations");
    app.db.close().await.expect("closed");
}

/// `postgres://…` of the server without a database name.
async fn server() -> Option<String> {
    let named = std::env::var("RIALTO_TEST_POSTGRES").ok();
    let locals = [
        "postgres://root@127.0.0.1:5432",
        "postgres://postgres@127.0.0.1:5432",
    ];
    let candidates = match named {
        Some(url) => vec![without_database(&url)],
        None => locals.map(str::to_owned).to_vec(),
    };
    for base in candidates {
        if admin(&base).await.is_some() {
            return Some(base);
        }
    }
    assert!(
        std::env::var("RIALTO_REQUIRE_POSTGRES").is_err(),
        "no PostgreSQL answers"
    );
    None
}

fn without_database(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + 3);
    match url[start..].find('/') {
        Some(at) => url[..start + at].to_owned(),
        None => url.to_owned(),
    }
}

async fn admin(base: &str) -> Option<DatabaseConnection> {
    let mut options = sea_orm::ConnectOptions::new(format!("{base}/postgres"));
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.ok()
}
