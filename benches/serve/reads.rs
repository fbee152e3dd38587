//! Product list, product detail and category tree: kept answers beside a static one, answers that
//! are worked out beside the same by hand.

use anyhow::{Context, Result, ensure};
use axum::body::Bytes;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};

use crate::baseline::Baseline;
use crate::figures::{Aim, Row, Run, mean};
use crate::raw::{PAGE, Raw};
use crate::server::{Server, Spent};
use crate::shop::Shop;
use crate::wrk::{Check, Load, Request, drive};

/// Pages and products that are asked for in turn: more than the pool has pages in its hands, and
/// spread over the whole catalog.
const VARIED: usize = 1_000;

/// Answers that are compared with the hand-made ones before anything is measured.
const COMPARED: usize = 25;

/// A read that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// 20 products with variants, prices and first image.
    List,
    /// A product's page.
    Detail,
    /// Three levels of categories.
    Tree,
}

impl Read {
    fn document(self) -> &'static str {
        match self {
            Self::List => include_str!("queries/list.graphql"),
            Self::Detail => include_str!("queries/detail.graphql"),
            Self::Tree => include_str!("queries/tree.graphql"),
        }
    }

    fn titles(self) -> (&'static str, &'static str) {
        match self {
            Self::List => ("product list, kept", "product list, worked out"),
            Self::Detail => ("product detail, kept", "product detail, worked out"),
            Self::Tree => ("category tree, kept", "category tree, worked out"),
        }
    }
}

/// The servers, and how long and by how many they are asked.
pub struct Bench<'a> {
    /// The database.
    pub shop: &'a Shop,
    /// The subject.
    pub server: &'a Server,
    /// Its baselines.
    pub baseline: &'a Baseline,
    /// How long each subject is asked; each baseline half as long, before and after.
    pub seconds: f64,
}

/// What is asked for in turn, and the same of the hand-made server.
struct Asked {
    graph: Vec<Request>,
    raw: Vec<Request>,
}

impl Bench<'_> {
    /// Measures one read at each number of connections.
    pub async fn read(&self, read: Read, connections: &[u32]) -> Result<Vec<Row>> {
        let asked = self.asked(read).await?;
        self.compare(&asked).await?;
        let (kept, worked) = read.titles();
        let one = asked.graph.get(..1).context("nothing to ask")?;
        let mut rows = Vec::new();
        for &connections in connections {
            let (subject, baseline) = self.kept(one, connections).await?;
            let aim = (read == Read::List).then_some(Aim {
                name: "kept",
                share: 0.8,
            });
            rows.push(self.row(kept, "static answer", connections, subject, baseline, aim));
            let (subject, baseline) = self.worked(&asked, connections).await?;
            let aim = (read == Read::List).then_some(Aim {
                name: "worked",
                share: 0.5,
            });
            rows.push(self.row(
                worked,
                "raw SQL, serde_json",
                connections,
                subject,
                baseline,
                aim,
            ));
        }
        Ok(rows)
    }

    fn row(
        &self,
        what: &'static str,
        against: &'static str,
        connections: u32,
        subject: Run,
        baseline: Run,
        aim: Option<Aim>,
    ) -> Row {
        Row {
            what,
            against,
            engine: self.shop.engine,
            products: self.shop.products,
            connections,
            subject,
            baseline,
            aim,
        }
    }

    /// One question over and over, which the answer cache answers, between two runs of the static
    /// answer.
    async fn kept(&self, one: &[Request], connections: u32) -> Result<(Run, Run)> {
        let body = ask(
            &self.server.url,
            one.first().context("nothing to ask")?,
            false,
        )
        .await?;
        let check = Check::Length(body.len());
        self.baseline.answers(body);
        let same: Vec<_> = one
            .iter()
            .cloned()
            .map(|request| to("/static", request))
            .collect();
        let before = self.of_baseline(&same, check, connections).await?;
        let subject = self.of_subject(one, check, connections).await?;
        let after = self.of_baseline(&same, check, connections).await?;
        Ok((subject, mean(before, after)))
    }

    /// Many questions, none of which may be answered from what was kept, between two runs of the
    /// same by hand.
    async fn worked(&self, asked: &Asked, connections: u32) -> Result<(Run, Run)> {
        let before = self
            .of_baseline(&asked.raw, Check::Look, connections)
            .await?;
        let subject = self
            .of_subject(&asked.graph, Check::Look, connections)
            .await?;
        let after = self
            .of_baseline(&asked.raw, Check::Look, connections)
            .await?;
        Ok((subject, mean(before, after)))
    }

    async fn of_subject(
        &self,
        requests: &[Request],
        check: Check,
        connections: u32,
    ) -> Result<Run> {
        let process = self.server.process()?;
        let (url, seconds) = (&self.server.url, self.seconds);
        self.run(process, url, requests, check, connections, seconds)
            .await
    }

    async fn of_baseline(
        &self,
        requests: &[Request],
        check: Check,
        connections: u32,
    ) -> Result<Run> {
        let process = std::process::id();
        let (url, seconds) = (&self.baseline.url, self.seconds / 2.0);
        self.run(process, url, requests, check, connections, seconds)
            .await
    }

    async fn run(
        &self,
        process: u32,
        url: &str,
        requests: &[Request],
        check: Check,
        connections: u32,
        seconds: f64,
    ) -> Result<Run> {
        let mut load = Load {
            url,
            requests,
            check,
            connections,
            seconds: 1.0,
        };
        // Fills pools, prepares statements, makes the kept answer.
        if check == Check::Look {
            drive(&self.shop.folder, &load).await?;
        } else {
            ask(url, requests.first().context("nothing to ask")?, false).await?;
        }
        load.seconds = seconds;
        let before = Spent::by(process, self.shop)?;
        let rate = drive(&self.shop.folder, &load).await?;
        let after = Spent::by(process, self.shop)?;
        let answers = rate.per_second * seconds.round().max(1.0);
        Ok(after.since(before, rate, answers))
    }

    /// The questions of a read.
    async fn asked(&self, read: Read) -> Result<Asked> {
        let mut pick = StdRng::seed_from_u64(7);
        let (variables, paths): (Vec<Value>, Vec<String>) = match read {
            Read::List => {
                let cursors = self.cursors().await?;
                let some = cursors.choose_multiple(&mut pick, VARIED);
                let of = |after: &String| {
                    let variables = json!({ "first": PAGE, "after": after });
                    (variables, format!("/raw/list?after={after}"))
                };
                some.map(of).unzip()
            }
            Read::Detail => {
                let sql = "SELECT slug FROM products WHERE external_id LIKE 'synthetic:%'";
                let rows = self.shop.rows(sql, Vec::new()).await?;
                let slugs = rows.iter().map(|row| row.try_get_by_index(0));
                let slugs = slugs.collect::<Result<Vec<String>, _>>()?;
                let some = slugs.choose_multiple(&mut pick, VARIED);
                let of =
                    |slug: &String| (json!({ "slug": slug }), format!("/raw/detail?slug={slug}"));
                some.map(of).unzip()
            }
            Read::Tree => (vec![json!({})], vec!["/raw/tree".to_owned()]),
        };
        let graph = variables
            .iter()
            .map(|variables| post(read.document(), variables));
        let raw = paths.into_iter().map(|path| Request {
            method: "GET",
            path,
            body: String::new(),
        });
        Ok(Asked {
            graph: graph.collect(),
            raw: raw.collect(),
        })
    }

    /// Cursors from all over the catalog, but the last pages: every page shall be full.
    async fn cursors(&self) -> Result<Vec<String>> {
        let document = "query Walk($after: String) { products(first: 100, after: $after) {
            pageInfo { hasNextPage endCursor } } }";
        let mut cursors: Vec<String> = Vec::new();
        loop {
            let request = post(document, &json!({ "after": cursors.last() }));
            let answer: Value =
                serde_json::from_slice(&ask(&self.server.url, &request, false).await?)?;
            let page = &answer["data"]["products"]["pageInfo"];
            if page["hasNextPage"] != true {
                break;
            }
            let cursor = page["endCursor"].as_str().context("no cursor")?;
            cursors.push(cursor.to_owned());
        }
        cursors.pop();
        ensure!(!cursors.is_empty(), "too few products");
        Ok(cursors)
    }

    /// Refuses to measure what is not the same.
    async fn compare(&self, asked: &Asked) -> Result<()> {
        for (graph, raw) in asked.graph.iter().zip(&asked.raw).take(COMPARED) {
            let one = ask(&self.server.url, graph, true).await?;
            let other = ask(&self.baseline.url, raw, true).await?;
            let same =
                serde_json::from_slice::<Value>(&one)? == serde_json::from_slice::<Value>(&other)?;
            ensure!(
                same,
                "{} by hand is not what the API says:\n{}\n{}",
                raw.path,
                String::from_utf8_lossy(&one),
                String::from_utf8_lossy(&other)
            );
            ensure!(one.len() == other.len(), "{}: not of one size", raw.path);
        }
        Ok(())
    }
}

/// The database read by hand, served.
pub async fn baseline(shop: &Shop) -> Result<Baseline> {
    Baseline::serve(Raw::new(shop.db.reader()).await?).await
}

fn post(document: &str, variables: &Value) -> Request {
    Request {
        method: "POST",
        path: "/graphql".to_owned(),
        body: json!({ "query": document, "variables": variables }).to_string(),
    }
}

fn to(path: &str, request: Request) -> Request {
    Request {
        path: path.to_owned(),
        ..request
    }
}

/// Asks once; an error in the answer is one.
async fn ask(url: &str, request: &Request, afresh: bool) -> Result<Bytes> {
    let method = request.method.parse()?;
    let mut sent = reqwest::Client::new()
        .request(method, format!("{url}{}", request.path))
        .header("content-type", "application/json")
        .header("accept", "application/graphql-response+json");
    if afresh {
        sent = sent.header("cache-control", "no-cache");
    }
    let answer = sent.body(request.body.clone()).send().await?;
    let status = answer.status();
    let body = answer.bytes().await?;
    let text = String::from_utf8_lossy(&body);
    ensure!(
        status.is_success() && !text.contains("\"errors\":"),
        "{} of {url}: {status}, {text}",
        request.path
    );
    Ok(body)
}
