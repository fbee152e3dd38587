//! The shop under test: its address, and who asks it.

use entity::channels::{RoundingMode, TaxMode, TaxRounding};
use entity::id::ChannelId;
use rialto::app::{App, Setup};
use rialto::domain::channel::commands::ChannelCreate;
use rialto::http::{Site, listen, router};
use rialto::kernel::caller::Caller;
use rialto::kernel::permission::Role;
use rialto::kernel::text::{Country, Language, ShortCode};
use rialto::write::Command;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::answer::Answer;
use super::database::{Engine, Throwaway, setup};

/// A running shop.
pub struct Shop {
    pub engine: Engine,
    pub app: App,
    pub url: String,
    pub database_url: String,
    /// Tells its server to stop.
    pub stop: CancellationToken,
    http: reqwest::Client,
    _loops: JoinSet<()>,
}

/// Who asks: the headers of the request.
#[derive(Clone, Debug, Default)]
pub struct Who {
    headers: Vec<(String, String)>,
}

impl Who {
    /// Nobody in particular.
    pub fn guest() -> Self {
        Self::default()
    }

    /// The headers it sends.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// With one header more (or another value for it).
    #[must_use]
    pub fn with(&self, name: &str, value: impl Into<String>) -> Self {
        let mut who = self.clone();
        who.headers.retain(|(known, _)| known != name);
        who.headers.push((name.to_owned(), value.into()));
        who
    }

    /// The value of one header.
    pub fn header(&self, name: &str) -> Option<String> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    }

    /// With an access token.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Self {
        self.with("authorization", format!("Bearer {token}"))
    }

    /// With the secret of a cart.
    #[must_use]
    pub fn cart(&self, token: &str) -> Self {
        self.with("x-cart-token", token)
    }

    /// With the secret of an order.
    #[must_use]
    pub fn order(&self, token: &str) -> Self {
        self.with("x-order-token", token)
    }

    /// With an idempotency key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with("idempotency-key", key)
    }

    /// In a channel.
    #[must_use]
    pub fn channel(&self, code: &str) -> Self {
        self.with("x-channel", code)
    }
}

impl Shop {
    /// Opens a shop on the database.
    pub async fn open(engine: Engine, database: &Throwaway) -> Self {
        Self::open_with(engine, setup(&database.url)).await
    }

    /// Another node on the same database, with other settings.
    pub async fn again(&self, change: impl FnOnce(&mut Setup)) -> Self {
        let mut setup = setup(&self.database_url);
        change(&mut setup);
        Self::open_with(self.engine, setup).await
    }

    async fn open_with(engine: Engine, setup: Setup) -> Self {
        let database_url = setup.database_url.clone();
        let app = App::build(setup).await.expect("a house");
        let shop = Self::serve(engine, app).await;
        Self {
            database_url,
            ..shop
        }
    }

    /// A shop that nobody can ask and in which nothing happens by itself: no server, no loops.
    pub async fn quiet(engine: Engine, setup: Setup) -> Self {
        let database_url = setup.database_url.clone();
        Self {
            engine,
            app: App::build(setup).await.expect("a house"),
            url: String::new(),
            database_url,
            stop: CancellationToken::new(),
            http: reqwest::Client::new(),
            _loops: JoinSet::new(),
        }
    }

    /// Serves a house on an ephemeral port.
    pub async fn serve(engine: Engine, app: App) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let site = Site::with_graph(router(app.front.clone()), app.front.clone());
        let loops = app.work(&CancellationToken::new());
        let bounds = app.front.bounds.clone();
        let stop = CancellationToken::new();
        let end = stop.clone();
        tokio::spawn(async move { listen(listener, site, &bounds, end).await });
        Self {
            engine,
            app,
            url,
            database_url: String::new(),
            stop,
            http: reqwest::Client::new(),
            _loops: loops,
        }
    }

    /// The same shop with its loops at rest: what is due waits for the test.
    #[must_use]
    pub fn at_rest(mut self) -> Self {
        self._loops.abort_all();
        self
    }

    /// Sends an operation.
    pub async fn ask(&self, who: &Who, query: &str, variables: Value) -> Answer {
        let body = json!({ "query": query, "variables": variables });
        let mut request = self.http.post(format!("{}/graphql", self.url)).json(&body);
        for (name, value) in &who.headers {
            request = request.header(name, value);
        }
        let response = request.send().await.expect("an answer");
        let statements = response
            .headers()
            .get("server-timing")
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.split('"').nth(1))
            .and_then(|text| text.split(' ').next()?.parse().ok());
        let timing = response.headers().get("server-timing");
        let again =
            timing.is_some_and(|value| value.to_str().is_ok_and(|text| text.contains("hit")));
        let status = response.status().as_u16();
        let body: Value = response.json().await.expect("JSON");
        Answer {
            status,
            body,
            statements,
            again,
        }
    }

    /// Carries out a command through the door in a role: for fixtures.
    pub async fn done<C: Command>(&self, role: Role, command: C) -> C::Output {
        let mut caller = Caller::system("fixture");
        caller.role = role;
        let done = self.app.door.execute(&caller, None, command).await;
        done.unwrap_or_else(|stop| panic!("{}: {stop:?}", C::NAME))
            .output
    }

    /// Opens a channel: `eu` in EUR with tax included, or `us` in USD without.
    pub async fn opens_channel(&self, code: &str) -> ChannelId {
        let inclusive = code != "us";
        let countries: &[&str] = if inclusive {
            &["DE", "AT", "FR"]
        } else {
            &["US"]
        };
        let command = ChannelCreate {
            code: ShortCode::parse(code).expect("a code"),
            name: code.to_uppercase(),
            currency: if inclusive { "EUR" } else { "USD" }
                .parse()
                .expect("a currency"),
            tax_mode: if inclusive {
                TaxMode::Inclusive
            } else {
                TaxMode::Exclusive
            },
            tax_rounding: TaxRounding::Line,
            rounding_mode: RoundingMode::HalfUp,
            countries: countries
                .iter()
                .map(|c| Country::parse(c).expect("a country"))
                .collect(),
            languages: vec![Language::parse("en").expect("a language")],
            is_default: inclusive,
        };
        self.done(Role::Admin, command).await.channel
    }
}
