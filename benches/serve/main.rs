//! `make bench`: what the program serves in a second, beside what the machine could.
//!
//! Starts the release program on databases of its own, drives it with wrk (reads) and with closed
//! loops of buyers (carts and orders), and each baseline in the same run by the same client, before
//! and after its subject. Prints tables, writes `target/bench/report.md`, and with `--write` puts
//! them into `docs/performance.md`, which tells what is measured and why.
//!
//! Deliberately absent: a verdict on a machine with neighbors. The load average stands on top of the
//! tables, and who reads them decides.

mod bare;
mod baseline;
mod circumstances;
mod figures;
mod orders;
mod raw;
mod reads;
mod report;
mod server;
mod shop;
mod till;
mod wrk;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};

use figures::{Measured, Standing};
use orders::{Act, BUYERS};
use reads::Read;
use server::Server;
use shop::{Engine, Shop};

/// As in the program: what allocates differently is not compared.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The house.
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Starts that are timed.
const STARTS: usize = 5;

/// Measures the release program beside its baselines.
#[derive(Debug, Parser)]
struct Args {
    /// What to measure; everything if nothing is named.
    #[arg(long, env = "BENCH", value_delimiter = ',')]
    only: Vec<What>,
    /// How long each subject is driven; its baseline half as long, before and after.
    #[arg(long, env = "BENCH_SECONDS", default_value_t = 4.0)]
    seconds: f64,
    /// Sizes of the catalog.
    #[arg(long, env = "BENCH_PRODUCTS", value_delimiter = ',', default_values_t = [10_000, 100_000])]
    products: Vec<u64>,
    /// Engines.
    #[arg(long, env = "BENCH_DATABASES", value_delimiter = ',', default_values = ["sqlite", "postgres"])]
    databases: Vec<Engine>,
    /// How many ask at once.
    #[arg(long, env = "BENCH_CONNECTIONS", value_delimiter = ',', default_values_t = [1, 32])]
    connections: Vec<u32>,
    /// A PostgreSQL where databases may be created.
    #[arg(
        long,
        env = "RIALTO_TEST_POSTGRES",
        default_value = "postgres://postgres@127.0.0.1:5432/postgres"
    )]
    postgres: String,
    /// Make the databases anew.
    #[arg(long)]
    fresh: bool,
    /// Put the tables into docs/performance.md.
    #[arg(long)]
    write: bool,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Start and memory at rest.
    Start,
    /// Product list.
    List,
    /// Product detail.
    Detail,
    /// Category tree.
    Tree,
    /// `cartLinesAdd`.
    Add,
    /// A whole checkout.
    Checkout,
    /// `cartComplete` alone.
    Complete,
    /// One SKU, 64 buyers.
    Hot,
}

impl Args {
    fn wants(&self, what: What) -> bool {
        self.only.is_empty() || self.only.contains(&what)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let Some(wrk) = wrk::version().await else {
        eprintln!("wrk is not on PATH: apt-get install wrk");
        return ExitCode::from(2);
    };
    match run(&args, wrk).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures everything that is wanted; whether nothing failed.
async fn run(args: &Args, wrk: String) -> Result<bool> {
    let mut lines = circumstances::machine(wrk).await?;
    lines.push(circumstances::how(args.seconds));
    let mut measured = Measured::default();
    let mut text = String::new();
    for &engine in &args.databases {
        for &products in &args.products {
            let place = format!("{engine}, {products} products");
            eprintln!("{place}");
            match database(args, engine, products, &mut measured).await {
                Ok(version) if !lines.contains(&version) => lines.push(version),
                Ok(_) => {}
                Err(error) => measured.fail(&format!("{place}: {error:#}")),
            }
            // After each database: who stops the run keeps what there is.
            text = written(&lines, &measured)?;
        }
    }
    println!("{text}");
    if args.write {
        let page = Path::new(ROOT).join("docs/performance.md");
        let placed = report::placed(&std::fs::read_to_string(&page)?, &text);
        std::fs::write(&page, placed.context("no place for the tables")?)?;
    }
    Ok(measured.failures.is_empty())
}

/// Writes the report as it stands, and gives it.
fn written(lines: &[String], measured: &Measured) -> Result<String> {
    let mut lines = lines.to_vec();
    lines.push(format!(
        "load average at the end: {}",
        circumstances::load()?
    ));
    let text = report::report(&lines, measured);
    std::fs::write(Path::new(ROOT).join("target/bench/report.md"), &text)?;
    Ok(text)
}

/// Measures one database; gives its version.
async fn database(
    args: &Args,
    engine: Engine,
    products: u64,
    measured: &mut Measured,
) -> Result<String> {
    let shop = Shop::open(engine, products, &args.postgres, args.fresh).await?;
    let version = shop.version().await?;
    one(args, &shop, measured).await?;
    shop.db.close().await?;
    Ok(version)
}

/// Everything on one database.
async fn one(args: &Args, shop: &Shop, measured: &mut Measured) -> Result<()> {
    let place = format!("{}, {} products", shop.engine, shop.products);
    let mut standing = start(shop).await?;
    let server = Server::start(shop).await?;
    let baseline = reads::baseline(shop).await?;
    let bench = reads::Bench {
        shop,
        server: &server,
        baseline: &baseline,
        seconds: args.seconds,
    };
    let all = [
        (What::List, Read::List),
        (What::Detail, Read::Detail),
        (What::Tree, Read::Tree),
    ];
    for (_, read) in all.into_iter().filter(|(what, _)| args.wants(*what)) {
        eprintln!("  {read:?}");
        match bench.read(read, &args.connections).await {
            Ok(rows) => measured.reads.extend(rows),
            Err(error) => measured.fail(&format!("{place}, {read:?}: {error:#}")),
        }
        let resident = server.memory()?.resident_kib;
        standing.loaded_kib = standing.loaded_kib.max(Some(resident));
    }
    standing.peak_kib = server.memory()?.peak_kib;
    drop(baseline);
    server.stop().await?;
    measured.standings.push(standing);
    let bench = orders::Bench {
        shop,
        seconds: args.seconds,
    };
    let all = [
        (What::Add, Act::Add),
        (What::Checkout, Act::Checkout),
        (What::Complete, Act::Complete),
        (What::Hot, Act::Hot),
    ];
    for (_, act) in all.into_iter().filter(|(what, _)| args.wants(*what)) {
        let buyers = if act == Act::Hot {
            &[BUYERS]
        } else {
            args.connections.as_slice()
        };
        for &at_once in buyers {
            eprintln!("  {act:?} by {at_once}");
            match bench.act(act, at_once).await {
                Ok(row) => measured.orders.push(row),
                Err(error) => measured.fail(&format!("{place}, {act:?} by {at_once}: {error:#}")),
            }
        }
    }
    Ok(())
}

/// Starts some servers, and ends them.
async fn start(shop: &Shop) -> Result<Standing> {
    let mut ready_ms = Vec::new();
    let mut rest_kib = 0;
    let mut peak_kib = 0;
    for _ in 0..STARTS {
        let server = Server::start(shop).await?;
        ready_ms.push(server.ready_after.as_secs_f64() * 1e3);
        let memory = server.memory()?;
        (rest_kib, peak_kib) = (memory.resident_kib, memory.peak_kib);
        server.stop().await?;
    }
    ready_ms.sort_by(f64::total_cmp);
    Ok(Standing {
        engine: shop.engine,
        products: shop.products,
        ready_ms,
        rest_kib,
        loaded_kib: None,
        peak_kib,
    })
}
