//! `rialto serve`: the API and the playground.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::demo;
use super::exit::{Exit, Failure};
use super::open::{open, require_ready};
use super::out::say;
use crate::app::{App, Fitness};
use crate::config::{Loaded, Metrics, Origin, Playground, Settings};
use crate::db::portable::version;
use crate::http::{self, Bounds, Site, figures, playground, router};
use crate::meter::{self, Figures};

/// How long workers may take to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often figures are put together; until then every duration is kept by itself.
const UPKEEP: Duration = Duration::from_secs(5);

/// Serve the API and the playground.
///
/// Refuses a database that is not as this program knows it, and names the command that mends it.
/// Where no database is named, or with `--demo`, an empty SQLite database is migrated and filled
/// with the demo shop first.
///
/// Ends on SIGINT or SIGTERM, after the requests that are running.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    /// Make the demo shop first, where an SQLite database is empty.
    #[arg(long)]
    demo: bool,
}

/// Serves until it is told to stop.
pub async fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let settings = &loaded.settings;
    let counted = match settings.metrics {
        Metrics::Off => None,
        Metrics::On | Metrics::At(_) => Some(meter::install()?),
    };
    let app = open(settings).await?;
    prepare(&app, args.demo || is_default(loaded), settings).await?;
    app.ensure_key().await.map_err(Failure::from)?;
    for (document, why) in app.front.api.mistrusted().await {
        let begins = document.lines().next().unwrap_or_default();
        tracing::warn!("a trusted document that would not run: {begins}: {why}");
    }
    for name in &loaded.unused {
        tracing::warn!("{name} is no setting and has no effect");
    }
    let listener = listen(settings.listen).await?;
    let apart = match settings.metrics {
        Metrics::At(address) => Some(listen(address).await?),
        Metrics::On | Metrics::Off => None,
    };
    let told = told_to_stop()?;
    let address = listener.local_addr()?;
    let shown_at = match &apart {
        Some(apart) => Some(apart.local_addr()?),
        None => counted.is_some().then_some(address),
    };
    announce(&app, settings, address, shown_at).await?;
    let stop = CancellationToken::new();
    let mut workers = app.work(&stop);
    let mut pages = router(app.front.clone())
        .merge(playground(settings.playground))
        .merge(demo::routes(&app, settings));
    if let Some(counted) = counted {
        let page = show_figures(&app, counted, apart, &mut workers, &stop);
        pages = pages.merge(page.unwrap_or_default());
    }
    let live = app.front.live.clone();
    let leaving = async move {
        told.await;
        // Sockets and event streams have no end of their own.
        live.closing.cancel();
    };
    let bounds = within_reach(&app.front.bounds);
    let site = Site::with_graph(pages, app.front.clone());
    http::listen(listener, site, &bounds, cancelled_when(leaving)).await;
    stop.cancel();
    // What they cannot end in time, another start resumes.
    let _ = timeout(PATIENCE, workers.join_all()).await;
    // SQLite folds its log into the file when the last connection closes; it manages without.
    let _ = timeout(PATIENCE, app.db.close()).await;
    Ok(Exit::Done)
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let text = format!("cannot listen on {address}: {error}");
        Failure::new(Exit::Unreachable, text)
    })
}

/// A token that is cancelled when something has happened.
fn cancelled_when(happened: impl Future<Output = ()> + Send + 'static) -> CancellationToken {
    let token = CancellationToken::new();
    let cancelled = token.clone();
    tokio::spawn(async move {
        happened.await;
        cancelled.cancel();
    });
    token
}

/// As many connections as the system gives us files for; some are left for the database.
fn within_reach(bounds: &Bounds) -> Bounds {
    const OTHERS: usize = 256;
    let mut bounds = bounds.clone();
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1_024);
    let most = usize::try_from(files).map_or(usize::MAX, |files| files.saturating_sub(OTHERS));
    if bounds.connections > most {
        tracing::warn!(
            "connections_max is {}, but the limit on open files ({files}) leaves {most}",
            bounds.connections
        );
        bounds.connections = most.max(1);
    }
    bounds
}

/// Keeps figures together and shows them: gives their page, unless it has an address of its own.
fn show_figures(
    app: &App,
    counted: Figures,
    apart: Option<TcpListener>,
    workers: &mut JoinSet<()>,
    stop: &CancellationToken,
) -> Option<Router> {
    let page = figures(counted.clone(), app.front.watch.clone());
    let told = stop.clone();
    workers.spawn(async move {
        while told.run_until_cancelled(sleep(UPKEEP)).await.is_some() {
            counted.run_upkeep();
        }
    });
    let Some(listener) = apart else {
        return Some(page);
    };
    let (bounds, told) = (app.front.bounds.clone(), stop.clone());
    workers.spawn(async move { http::listen(listener, Site::of(page), &bounds, told).await });
    None
}

/// Makes a demo of an empty database, where one is wanted; refuses what cannot be served.
async fn prepare(app: &App, demo: bool, settings: &Settings) -> Result<(), Failure> {
    let demo = demo && settings.sandbox && settings.database_url.sqlite_file().is_some();
    let fitness = app.fitness().await?;
    if demo && fitness == Fitness::Empty {
        eprintln!("making a database at {}", settings.database_url);
        app.migrate().await?;
    } else {
        require_ready(&fitness)?;
    }
    if demo && demo::is_empty(app).await? {
        eprintln!("filling it with the demo shop");
        demo::fill(app, settings).await?;
    }
    Ok(())
}

/// Whether nobody has named a database.
fn is_default(loaded: &Loaded) -> bool {
    let url = loaded.shown.iter().find(|one| one.key == "database_url");
    url.is_some_and(|one| one.origin == Origin::Default)
}

async fn announce(
    app: &App,
    settings: &Settings,
    address: SocketAddr,
    shown_at: Option<SocketAddr>,
) -> Result<(), Failure> {
    say!(
        "Rialto {} on {}",
        env!("CARGO_PKG_VERSION"),
        version(&app.db).await?
    );
    say!();
    if settings.playground != Playground::Off {
        say!("  Playground    http://{address}/");
    }
    say!("  GraphQL API   http://{address}/graphql");
    if let Some(shown) = shown_at {
        say!("  Figures       http://{shown}/metrics");
    }
    if settings.sandbox && demo::has_people(app).await? {
        say!();
        demo::introduce();
    }
    say!();
    say!("Stop with Ctrl-C.");
    Ok(())
}

/// Ends when the process is asked to, from the moment it is made.
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupted = signal(SignalKind::interrupt())?;
        let mut terminated = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        // Without signals it serves until it is killed.
        let _ = tokio::signal::ctrl_c().await;
    })
}
