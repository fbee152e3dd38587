//! The tables, as Markdown.

use std::fmt::Write;

use crate::figures::{Measured, Row, Run, Standing};
use crate::shop::Engine;

/// Between these lines `docs/performance.md` belongs to this program.
const BEGINS: &str = "<!-- measured -->";
const ENDS: &str = "<!-- /measured -->";

/// Most memory at the most connections, in MiB.
const MEMORY_MIB: f64 = 100.0;

/// Longest start on a migrated database, in milliseconds.
const READY_MS: f64 = 300.0;

/// How much longer the same may take with ten times the products.
const GROWTH: f64 = 1.5;

/// An aim, what came of it, and whether that is enough.
struct Verdict {
    aim: String,
    measured: String,
    holds: Option<bool>,
}

/// The report: where and how it was measured, one line each, then what came of it.
pub fn report(circumstances: &[String], measured: &Measured) -> String {
    let mut text = String::new();
    for line in circumstances {
        push(&mut text, &format!("- {line}"));
    }
    push(&mut text, "");
    push(&mut text, "### Aims\n");
    aims(&mut text, measured);
    push(&mut text, "\n### Reads\n");
    rows(&mut text, &measured.reads);
    push(&mut text, "\n### Carts and orders\n");
    rows(&mut text, &measured.orders);
    push(&mut text, "\n### Start and memory\n");
    standings(&mut text, &measured.standings);
    if !measured.failures.is_empty() {
        push(&mut text, "\n### Not measured\n");
        for failure in &measured.failures {
            push(&mut text, &format!("- {}", failure.replace('\n', " ")));
        }
    }
    text
}

/// The page with the report in its place.
pub fn placed(page: &str, report: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGINS)?;
    let (_, after) = rest.split_once(ENDS)?;
    Some(format!("{before}{BEGINS}\n\n{report}\n{ENDS}{after}"))
}

fn push(text: &mut String, line: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{line}");
}

fn rows(text: &mut String, rows: &[Row]) {
    if rows.is_empty() {
        return push(text, "Not run.");
    }
    push(
        text,
        "| what | database | products | at once | a second | p50 ms | p99 ms | CPU µs | baseline | a second | p50 ms | p99 ms | CPU µs | share | by CPU | aim |\n\
         |---|---|--:|--:|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|---|",
    );
    for row in rows {
        let aim = row.aim.map_or(String::new(), |aim| {
            let word = if row.holds() == Some(true) {
                "holds"
            } else {
                "missed"
            };
            format!("≥ {:.0} %: {word}", aim.share * 100.0)
        });
        push(
            text,
            &format!(
                "| {} | {} | {} | {} | {} | {} | {} | {:.0} % | {:.0} % | {aim} |",
                row.what,
                row.engine,
                grouped(row.products),
                row.connections,
                run(&row.subject),
                row.against,
                run(&row.baseline),
                row.share() * 100.0,
                row.share_by_cpu() * 100.0,
            ),
        );
    }
}

fn run(run: &Run) -> String {
    let behind = match run.behind_us {
        0.0 => String::new(),
        behind => format!(" + {behind:.0}"),
    };
    format!(
        "{} | {} | {} | {:.0}{behind}",
        short(run.rate.per_second),
        short(run.rate.p50_ms),
        short(run.rate.p99_ms),
        run.busy_us
    )
}

fn standings(text: &mut String, standings: &[Standing]) {
    push(
        text,
        "| database | products | ready after, ms (each start) | at rest, MiB | under load, MiB | peak, MiB |\n\
         |---|--:|---|--:|--:|--:|",
    );
    for one in standings {
        let ready: Vec<_> = one.ready_ms.iter().map(|ms| format!("{ms:.0}")).collect();
        let loaded = one
            .loaded_kib
            .map_or(String::new(), |kib| format!("{:.0}", mib(kib)));
        push(
            text,
            &format!(
                "| {} | {} | {} | {:.0} | {loaded} | {:.0} |",
                one.engine,
                grouped(one.products),
                ready.join(", "),
                mib(one.rest_kib),
                mib(one.peak_kib),
            ),
        );
    }
}

fn aims(text: &mut String, measured: &Measured) {
    let mut all = vec![
        share(
            "product list, kept: ≥ 80 % of the static answer's rate",
            &measured.reads,
            "kept",
        ),
        share(
            "product list, worked out: ≥ 50 % of the raw SQL's rate",
            &measured.reads,
            "worked",
        ),
        share(
            "`cartComplete` on PostgreSQL: ≥ 60 % of the bare transaction's rate",
            &measured.orders,
            "complete",
        ),
        share(
            "one hot SKU: no worse than the bare transaction",
            &measured.orders,
            "hot",
        ),
    ];
    for what in ["product list, worked out", "product detail, worked out"] {
        all.push(growth(what, &measured.reads));
    }
    all.push(memory(&measured.standings));
    all.push(ready(&measured.standings));
    push(
        text,
        "| aim | measured, from worst to best | |\n|---|---|---|",
    );
    for one in all {
        let word = match one.holds {
            Some(true) => "holds",
            Some(false) => "**missed**",
            None => "not run",
        };
        push(
            text,
            &format!("| {} | {} | {word} |", one.aim, one.measured),
        );
    }
}

/// All rows with this aim: the worst decides.
fn share(aim: &str, rows: &[Row], name: &str) -> Verdict {
    let mut rows: Vec<_> = rows
        .iter()
        .filter(|row| row.aim.is_some_and(|aim| aim.name == name))
        .collect();
    rows.sort_by(|a, b| a.share().total_cmp(&b.share()));
    let of = |row: &&Row| {
        let (engine, connections) = (short_name(row.engine), row.connections);
        let products = grouped(row.products);
        format!(
            "{:.0} % ({engine}, {products}, {connections} at once)",
            row.share() * 100.0
        )
    };
    let measured: Vec<_> = rows.iter().map(of).collect();
    Verdict {
        aim: aim.to_owned(),
        measured: measured.join(", "),
        holds: rows.first().and_then(|worst| worst.holds()),
    }
}

/// How much longer one connection waits where there are the most products.
fn growth(what: &str, rows: &[Row]) -> Verdict {
    let time = |row: &Row| 1.0 / row.subject.rate.per_second;
    let mut grown: Vec<(f64, String)> = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let of = |row: &&Row| row.what == what && row.engine == engine && row.connections == 1;
        let few = rows.iter().filter(of).min_by_key(|row| row.products);
        let many = rows.iter().filter(of).max_by_key(|row| row.products);
        if let (Some(few), Some(many)) = (few, many)
            && few.products < many.products
        {
            let times = time(many) / time(few);
            let sizes = format!("{} to {}", grouped(few.products), grouped(many.products));
            grown.push((
                times,
                format!("{times:.2} times ({}, {sizes})", short_name(engine)),
            ));
        }
    }
    grown.sort_by(|a, b| b.0.total_cmp(&a.0));
    let words: Vec<_> = grown.iter().map(|(_, words)| words.clone()).collect();
    Verdict {
        aim: format!(
            "{what}: 10 times the products within {GROWTH} times the time, one connection"
        ),
        measured: words.join(", "),
        holds: grown.first().map(|(worst, _)| *worst <= GROWTH),
    }
}

fn memory(standings: &[Standing]) -> Verdict {
    let loaded = |one: &Standing| Some((mib(one.loaded_kib?), one.engine, one.products));
    let mut all: Vec<_> = standings.iter().filter_map(loaded).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let of = |(mib, engine, products): &(f64, Engine, u64)| {
        let (engine, products) = (short_name(*engine), grouped(*products));
        format!("{mib:.0} MiB ({engine}, {products})")
    };
    let words: Vec<_> = all.iter().map(of).collect();
    Verdict {
        aim: format!("resident at 32 connections: under {MEMORY_MIB} MiB"),
        measured: words.join(", "),
        holds: all.first().map(|(worst, ..)| *worst < MEMORY_MIB),
    }
}

fn ready(standings: &[Standing]) -> Verdict {
    let slowest = |one: &Standing| Some((one.ready_ms.last().copied()?, one.engine, one.products));
    let mut all: Vec<_> = standings.iter().filter_map(slowest).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let of = |(ms, engine, products): &(f64, Engine, u64)| {
        format!(
            "{ms:.0} ms ({}, {})",
            short_name(*engine),
            grouped(*products)
        )
    };
    let words: Vec<_> = all.iter().map(of).collect();
    Verdict {
        aim: format!("ready to serve, the slowest start: under {READY_MS} ms"),
        measured: words.join(", "),
        holds: all.first().map(|(worst, ..)| *worst < READY_MS),
    }
}

fn short_name(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PG",
    }
}

#[expect(clippy::cast_precision_loss, reason = "memory of one process")]
fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

/// `100,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Three figures that say something.
fn short(number: f64) -> String {
    if number >= 1_000.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate or a time"
        )]
        return grouped(number.round() as u64);
    }
    match number {
        100.0.. => format!("{number:.0}"),
        10.0.. => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}
