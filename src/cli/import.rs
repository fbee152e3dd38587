//! `rialto import`: files from elsewhere.

use std::io::Read;
use std::path::{Path, PathBuf};

use entity::channels;
use entity::id::{CategoryId, LocationId, TaxClassId};

use super::exit::{Exit, Failure, refusals};
use super::open::open_ready;
use super::out::say;
use super::progress::Progress;
use crate::app::App;
use crate::config::Loaded;
use crate::db::Reader;
use crate::domain::catalog::store::{categories, tax_classes};
use crate::domain::channel::store as channel_rows;
use crate::domain::inventory::store::locations;
use crate::domain::pricing::import_plan::{ImportedProduct, Outcome};
use crate::import::run::{Mode, Tally, import};
use crate::import::shopify::{self, Sheet, Targets};
use crate::import::{Loss, Problem};

/// Import files from elsewhere.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Import products from a product CSV of Shopify.
    ///
    /// Products are known by their handle, so importing a file again brings up to date what differs
    /// and never doubles anything; what the file does not have stays. A variant without SKU gets one
    /// made of handle and option values, the same each time.
    ///
    /// A bad row is told with its line and costs its variant only; exit code 1 says that something
    /// was left out. A product whose type is the name of a category goes there, unless --category
    /// says otherwise.
    Products(Products),
}

#[derive(Debug, clap::Args)]
struct Products {
    /// The CSV file; - is standard input.
    file: PathBuf,
    /// The channel whose prices these are, by code. Its currency is that of the file.
    #[arg(long, value_name = "CODE")]
    channel: Option<String>,
    /// Where tracked stock lies, by code.
    #[arg(long, value_name = "CODE")]
    location: Option<String>,
    /// How the products are taxed, by code.
    #[arg(long, value_name = "CODE")]
    tax_class: Option<String>,
    /// The category for all of them, by slug.
    #[arg(long, value_name = "SLUG")]
    category: Option<String>,
    /// Change nothing; print what would be created, updated (with the fields) and refused.
    #[arg(long)]
    dry_run: bool,
}

/// Carries it out.
pub async fn run(args: Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let What::Products(args) = args.what;
    let app = open_ready(&loaded.settings).await?;
    let bytes = read_file(&args.file)?;
    let read = app.door.reader();
    let (targets, location) = targets(&read, &args).await?;
    let sheet = shopify::read(&bytes, &targets).map_err(|error| {
        Failure::new(Exit::BadFile, format!("{}: {error}", args.file.display()))
    })?;
    Ok(carry(&app, &read, &args, sheet, location).await?)
}

async fn carry(
    app: &App,
    read: &Reader,
    args: &Products,
    mut sheet: Sheet,
    location: LocationId,
) -> Result<Exit, Failure> {
    if args.category.is_none() {
        let types: Vec<String> = sheet.types().into_iter().collect();
        let known = categories::by_slugs(read, &types).await?;
        sheet.place_by_type(&known);
    }
    let mode = if args.dry_run { Mode::Try } else { Mode::Carry };
    let count = u64::try_from(sheet.products.len()).unwrap_or(0);
    let mut progress = Progress::new("products", count);
    let mut problems = sheet.problems;
    let (lines, products): (Vec<_>, Vec<_>) = sheet
        .products
        .into_iter()
        .map(|entry| ((entry.line, entry.variant_lines), entry.product))
        .unzip();
    let mut lines = lines.into_iter();
    let told = |batch: &[ImportedProduct]| {
        progress.advance(u64::try_from(batch.len()).unwrap_or(0));
        for one in batch {
            let (line, _) = lines.next().unwrap_or_default();
            if let Outcome::Refused(refused) = &one.outcome {
                problems.push(Problem::new(line, Loss::Product, refusals(refused)));
            }
            if mode == Mode::Try {
                say!("{}", difference(one));
            }
        }
    };
    let tally = import(&app.door, location, products, mode, told).await?;
    drop(progress);
    Ok(report(&mut problems, tally, mode))
}

/// What would become of a product.
fn difference(one: &ImportedProduct) -> String {
    let id = &one.external_id;
    match &one.outcome {
        Outcome::Created(_) => format!("create    {id}"),
        Outcome::Updated(_, fields) => format!("update    {id}: {}", fields.join(", ")),
        Outcome::Unchanged(_) => format!("unchanged {id}"),
        Outcome::Refused(refused) => format!("refuse    {id}: {}", refusals(refused)),
    }
}

fn report(problems: &mut [Problem], tally: Tally, mode: Mode) -> Exit {
    problems.sort();
    for problem in problems.iter() {
        eprintln!("{problem}");
    }
    let would = match mode {
        Mode::Carry => "",
        Mode::Try => "would be ",
    };
    say!(
        "{would}created {}, updated {}, unchanged {}",
        tally.created,
        tally.updated,
        tally.unchanged
    );
    let lost = problems.iter().filter(|problem| problem.loss.is_loss());
    match lost.count() {
        0 => Exit::Done,
        lost => {
            eprintln!("{lost} problems: something of the file was left out");
            Exit::Findings
        }
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| Failure::new(Exit::BadFile, format!("{}: {error}", path.display())))
}

/// What the file does not say, as the options or the defaults of the shop have it.
async fn targets(read: &Reader, args: &Products) -> Result<(Targets, LocationId), Failure> {
    let channel = channel(read, args.channel.as_deref()).await?;
    let currency = channel
        .currency
        .parse()
        .map_err(|error| Failure::new(Exit::Fault, error))?;
    let targets = Targets {
        channel: channel.id,
        currency,
        tax_class: tax_class(read, args.tax_class.as_deref()).await?,
        category: category(read, args.category.as_deref()).await?,
    };
    Ok((targets, location(read, args.location.as_deref()).await?))
}

fn missing(what: &str, asked: Option<&str>) -> Failure {
    let text = match asked {
        Some(name) => format!("there is no {what} \"{name}\""),
        None => format!(
            "the shop has no default {what}: name one by --{}",
            what.replace(' ', "-")
        ),
    };
    Failure::new(Exit::Usage, text)
}

async fn channel(read: &Reader, code: Option<&str>) -> Result<channels::Model, Failure> {
    let row = match code {
        Some(code) => channel_rows::by_code(read, code).await?,
        None => channel_rows::default(read).await?,
    };
    row.ok_or_else(|| missing("channel", code))
}

async fn location(read: &Reader, code: Option<&str>) -> Result<LocationId, Failure> {
    match code {
        Some(code) => {
            let row = locations::by_code(read, code).await?;
            row.map(|row| row.id)
                .ok_or_else(|| missing("location", Some(code)))
        }
        None => Ok(locations::open_for_stock(read, None).await?),
    }
}

async fn tax_class(read: &Reader, code: Option<&str>) -> Result<TaxClassId, Failure> {
    let row = match code {
        Some(code) => tax_classes::by_code(read, code).await?,
        None => tax_classes::default(read).await?,
    };
    row.map(|row| row.id)
        .ok_or_else(|| missing("tax class", code))
}

async fn category(read: &Reader, slug: Option<&str>) -> Result<Option<CategoryId>, Failure> {
    let Some(slug) = slug else {
        return Ok(None);
    };
    let row = categories::by_slug(read, slug).await?;
    row.map(|row| Some(row.id))
        .ok_or_else(|| missing("category", Some(slug)))
}
