//! `rialto seed`: the demo shop, and products by the thousand.

use super::demo;
use super::exit::Exit;
use super::open::open_ready;
use super::out::say;
use crate::config::Loaded;

/// Fill the database with the demo shop.
///
/// Two channels (EUR with tax, USD without), taxes, delivery, a location, an account for every
/// role, and some dozens of products with pictures and stock. What is there already stays.
///
/// `--products` adds as many made-up products with options, variants, prices, images and stock:
/// for measuring, and for trying paging, filters and search.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many made-up products there shall be besides the demo's own.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=5_000_000))]
    products: Option<u64>,
}

/// Carries it out.
pub async fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let app = open_ready(&loaded.settings).await?;
    let ground = demo::fill(&app, &loaded.settings).await?;
    say!("the demo shop is there");
    demo::introduce();
    if let Some(count) = args.products {
        demo::multiply(&app, &ground, count).await?;
    }
    Ok(Exit::Done)
}
