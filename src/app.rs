//! Puts the house together: pools, door, graph, workers. The only file that knows every room.

mod watch;

use std::sync::{Arc, Mutex, PoisonError};

use migration::Migrator;
use sea_orm_migration::MigratorTrait;
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use self::watch::Watchman;
use crate::db::fuse::Fuse;
use crate::db::portable::migrations;
use crate::db::{Db, Pools};
use crate::domain;
use crate::domain::access::commands::EnsureKey;
use crate::domain::access::{self, Access};
use crate::domain::payment::port::Notice;
use crate::gateway::Adapters;
use crate::gateway::sandbox::{self, Sandbox};
use crate::graphql::{self, Api, Limits};
use crate::http::{Bounds, Front, Live, Lives};
use crate::kernel::caller::Caller;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::secret::SecretKey;
use crate::process::{House, Times};
use crate::worker;
use crate::write::rules::{SyncRules, drift};
use crate::write::wall::WallClock;
use crate::write::{Command, Door};

/// Notices of the sandbox provider that may wait.
const NOTICES: usize = 256;

/// What the house is built from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `sqlite:` or `postgres:` URL.
    pub database_url: String,
    /// Sizes of its pools.
    pub pools: Pools,
    /// The key of the installation.
    pub secret: SecretKey,
    /// Whether the sandbox is on: test clock, scripted payments, dry runs for anyone.
    pub sandbox: bool,
    /// Bounds of one operation.
    pub limits: Limits,
    /// Documents and answers of the graph.
    pub graph: graphql::Settings,
    /// Bounds of sockets and event streams.
    pub lives: Lives,
    /// Bounds of connections, bodies and requests.
    pub bounds: Bounds,
    /// Lifetimes of tokens, cost of passwords, lock-out.
    pub access: access::Settings,
    /// How long the parts of processes take at most.
    pub times: Times,
    /// Fails statements (for the walks in the tests).
    pub fuse: Option<Arc<Fuse>>,
}

/// The house.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The way to write.
    pub door: Door,
    /// Signs people in.
    pub access: Access,
    /// What processes work with.
    pub house: House,
    /// What is served.
    pub front: Front,
    notices: Arc<Mutex<Option<Receiver<Notice>>>>,
}

/// Whether a database is one that this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fitness {
    /// It is.
    Ready,
    /// Nothing has been migrated yet.
    Empty,
    /// Migrations are missing.
    Behind(Vec<String>),
    /// It was migrated by a later program.
    Ahead(Vec<String>),
    /// Its transition rules are not those of the code.
    RulesDiffer,
}

impl App {
    /// Connects and builds; does not migrate.
    pub async fn build(setup: Setup) -> Result<Self, Fault> {
        let mut db = Db::connect(&setup.database_url, &setup.pools).await?;
        if let Some(fuse) = setup.fuse {
            db = db.with_fuse(fuse);
        }
        let clock = Arc::new(WallClock::default());
        let access = Access::new(setup.access, setup.secret.clone());
        let door = Door::new(db.clone(), clock.clone(), setup.secret);
        let (sender, notices) = mpsc::channel(NOTICES);
        let provider = setup.sandbox.then(|| {
            let secret = door.secret_key().mint("webhook", uuid::Uuid::nil(), 1);
            Sandbox::new(secret, Some(sender))
        });
        let house = House {
            door: door.clone(),
            gateways: Arc::new(Adapters::new(provider)),
            card: setup.sandbox.then_some(sandbox::NAME),
            times: setup.times,
        };
        let api = Api::new(
            house.clone(),
            access.clone(),
            &setup.graph,
            setup.limits,
            setup.sandbox,
        );
        let front = Front::new(
            Arc::new(api),
            clock,
            Arc::new(Watchman {
                db: db.clone(),
                feed: door.feed().clone(),
            }),
            setup.sandbox,
            Live::new(setup.lives),
            setup.bounds,
        );
        Ok(Self {
            db,
            door,
            access,
            house,
            front,
            notices: Arc::new(Mutex::new(Some(notices))),
        })
    }

    /// Starts the loops of this node; they end when `stop` says so.
    pub fn work(&self, stop: &CancellationToken) -> JoinSet<()> {
        let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        let sandbox = notices.take().map(|notices| worker::Sandbox {
            clock: self.front.clock.clone(),
            notices: (sandbox::NAME, notices),
        });
        worker::start(&self.house, &self.access, sandbox, stop)
    }

    /// Brings the database up to date: migrations, transition rules, a key to sign tokens with.
    pub async fn migrate(&self) -> Result<(), Fault> {
        Migrator::up(self.db.for_migrations(), None).await?;
        let sync = SyncRules {
            rules: domain::rules(),
        };
        self.job("migrate", sync).await?;
        self.ensure_key().await
    }

    /// Makes sure that there is a key to sign tokens with, and that it is not too old; a loop does
    /// the same once in a while.
    pub async fn ensure_key(&self) -> Result<(), Fault> {
        let ensure = EnsureKey {
            access: self.access.clone(),
        };
        self.job("keys", ensure).await
    }

    /// Carries out a command as one of our own jobs.
    async fn job<C: Command>(&self, name: &'static str, command: C) -> Result<(), Fault> {
        let caller = Caller::system(name);
        match self.door.execute(&caller, None, command).await {
            Ok(_) => Ok(()),
            Err(Stop::Fault(fault)) => Err(fault),
            Err(stop) => Err(Fault::bug(format!("{}: {stop:?}", C::NAME))),
        }
    }

    /// Whether the database can be served from.
    pub async fn fitness(&self) -> Result<Fitness, Fault> {
        fitness(&self.db).await
    }
}

async fn fitness(db: &Db) -> Result<Fitness, Fault> {
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|one| one.name().to_owned())
        .collect();
    let applied = migrations(db).await?;
    let missing = |from: &[String], of: &[String]| -> Vec<String> {
        from.iter()
            .filter(|name| !of.contains(name))
            .cloned()
            .collect()
    };
    let ahead = missing(&applied, &known);
    if !ahead.is_empty() {
        return Ok(Fitness::Ahead(ahead));
    }
    let behind = missing(&known, &applied);
    if !behind.is_empty() {
        return Ok(if applied.is_empty() {
            Fitness::Empty
        } else {
            Fitness::Behind(behind)
        });
    }
    if drift(&db.reader(), &domain::rules()).await? {
        return Ok(Fitness::RulesDiffer);
    }
    Ok(Fitness::Ready)
}
