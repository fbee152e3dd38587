//! The demo shop, as `serve` and `seed` make it, and what they say about it.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::app::App;
use crate::config::{Playground, Settings};
use crate::domain::access::store::accounts;
use crate::domain::channel::store as channels;
use crate::domain::pricing::import_plan::Outcome;
use crate::import::demo::{self, Ground, PASSWORD, PEOPLE, picture, synthetic};
use crate::import::run::{Mode, import};
use crate::kernel::error::{Fault, Stop};
use crate::kernel::money::Currency;
use crate::kernel::text::Email;

use super::exit::{Exit, Failure};
use super::out::say;
use super::progress::Progress;

/// Makes the demo shop, as far as it is not there; gives what it stands on.
pub async fn fill(app: &App, settings: &Settings) -> Result<Ground, Failure> {
    if !settings.sandbox {
        let text = "the demo shop has accounts whose password everybody knows: it is for the \
             sandbox only (RIALTO_SANDBOX=true)";
        return Err(Failure::new(Exit::Usage, text));
    }
    let ground = demo::lay(&app.door, &app.access).await?;
    demo::stock(&app.door, &ground).await?;
    Ok(ground)
}

/// Whether nobody has opened a shop here yet.
pub async fn is_empty(app: &App) -> Result<bool, Fault> {
    let read = app.door.reader();
    let no_channel = channels::default(&read).await?.is_none();
    Ok(no_channel || (has_people(app).await? && !demo::is_stocked(&read).await?))
}

/// Whether the demo's accounts are there.
pub async fn has_people(app: &App) -> Result<bool, Fault> {
    let read = app.door.reader();
    let Some(last) = PEOPLE.last() else {
        return Ok(false);
    };
    match Email::parse(last.email) {
        Ok(email) => Ok(accounts::by_email(&read, &email).await?.is_some()),
        Err(_) => Ok(false),
    }
}

/// Says who can sign in.
pub fn introduce() {
    say!("  Demo accounts, password {PASSWORD}");
    for person in PEOPLE {
        say!("    {:<13} {}", person.role.as_str(), person.email);
    }
}

/// What only a demo serves: pictures of its goods, and to the playground its accounts.
pub fn routes(app: &App, settings: &Settings) -> Router {
    let pictures = Router::new().route("/demo/{name}", get(draw));
    if settings.playground == Playground::Off {
        return pictures;
    }
    // Outside the sandbox nobody is told a password, whoever may have an account.
    let told = settings.sandbox.then(|| app.clone());
    let accounts = Router::new().route("/playground.json", get(tell));
    pictures.merge(accounts.with_state(told))
}

/// What the playground is told; without people it has no switch.
#[derive(Serialize)]
struct Told {
    people: Vec<Account>,
}

#[derive(Serialize)]
struct Account {
    role: &'static str,
    email: &'static str,
    password: &'static str,
}

async fn tell(State(app): State<Option<App>>) -> Response {
    let there = match &app {
        Some(app) => has_people(app).await,
        None => Ok(false),
    };
    let people = match there {
        Ok(true) => PEOPLE.iter().map(account).collect(),
        Ok(false) => Vec::new(),
        Err(fault) => {
            tracing::error!(?fault, "the demo's accounts cannot be read");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (headers, Json(Told { people })).into_response()
}

fn account(person: &demo::Person) -> Account {
    Account {
        role: person.role.as_str(),
        email: person.email,
        password: PASSWORD,
    }
}

/// A picture of the demo's goods.
async fn draw(Path(name): Path<String>) -> Response {
    let drawn = name.strip_suffix(".svg").and_then(picture::picture);
    match drawn {
        Some(svg) => {
            let headers = [
                (header::CONTENT_TYPE, "image/svg+xml"),
                (header::CACHE_CONTROL, "public, max-age=86400"),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
            ];
            (headers, svg).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Adds products out of nothing, numbered from 1 on; those that are there stay as they are.
pub async fn multiply(app: &App, ground: &Ground, count: u64) -> Result<(), Failure> {
    let currency = |code: &str| {
        code.parse::<Currency>()
            .map_err(|error| Failure::new(Exit::Fault, error))
    };
    let (euro, dollar) = (currency("EUR")?, currency("USD")?);
    let mut made = Vec::new();
    for number in 1..=count {
        let product = synthetic::product(ground, euro, dollar, number);
        made.push(product.map_err(|error| Failure::new(Exit::Fault, error))?);
    }
    let mut progress = Progress::new("products", count);
    let mut refused = Vec::new();
    let told = |batch: &[crate::domain::pricing::import_plan::ImportedProduct]| {
        progress.advance(u64::try_from(batch.len()).unwrap_or(0));
        for one in batch {
            if let Outcome::Refused(why) = &one.outcome {
                refused.extend(why.iter().cloned());
            }
        }
    };
    let tally = import(&app.door, ground.location, made, Mode::Carry, told).await?;
    if !refused.is_empty() {
        return Err(Stop::Refused(refused).into());
    }
    say!(
        "{} products made, {} were there already",
        tally.created,
        tally.unchanged + tally.updated
    );
    Ok(())
}
