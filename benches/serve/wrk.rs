//! Runs wrk, and believes only what it can check.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::process::Command;

use crate::figures::Rate;

/// What it is told to do with every answer and at the end.
const SCRIPT: &str = include_str!("drive.lua");

/// A request to send.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// JSON, or nothing.
    pub body: String,
}

/// How answers are told from failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// All have this body, so that their bytes are known beforehand; asks for what is kept.
    Length(usize),
    /// Each is read for errors; asks for nothing that was kept.
    Look,
}

/// A load to drive.
pub struct Load<'a> {
    /// Where to.
    pub url: &'a str,
    /// What is sent, in no order.
    pub requests: &'a [Request],
    /// What is done with the answers.
    pub check: Check,
    /// Connections that are open at once, each with one request at a time.
    pub connections: u32,
    /// For how long.
    pub seconds: f64,
}

#[derive(Deserialize)]
struct Said {
    requests: u64,
    micros: f64,
    bytes: u64,
    failed: u64,
    bad: u64,
    p50: f64,
    p99: f64,
}

/// The first line of `wrk -v`; none where there is no wrk.
pub async fn version() -> Option<String> {
    let out = Command::new("wrk").arg("-v").output().await.ok()?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let line = text.lines().next()?;
    Some(line.split(" Copyright").next()?.trim().to_owned())
}

/// Drives a load; any answer that is no good fails it.
pub async fn drive(folder: &Path, load: &Load<'_>) -> Result<Rate> {
    let script = folder.join("drive.lua");
    std::fs::write(&script, SCRIPT)?;
    let requests = write(folder, load.requests)?;
    let threads = load.connections.min(2).to_string();
    // wrk counts whole seconds.
    let seconds = format!("{}s", load.seconds.round().max(1.0));
    let mut command = Command::new("wrk");
    command
        .args([
            "-t",
            &threads,
            "-c",
            &load.connections.to_string(),
            "-d",
            &seconds,
        ])
        .args(["--timeout", "20s", "-s"])
        .arg(&script)
        .arg(load.url)
        .arg("--")
        .arg(&requests)
        .stdin(Stdio::null());
    if load.check == Check::Look {
        command.arg("look");
    }
    let out = command.output().await.context("wrk does not run")?;
    let text = String::from_utf8_lossy(&out.stdout);
    let said = text.lines().find_map(|line| line.strip_prefix("RESULT "));
    let said = said.with_context(|| {
        format!(
            "wrk did not end: {text} {}",
            String::from_utf8_lossy(&out.stderr)
        )
    })?;
    let said: Said = serde_json::from_str(said)?;
    said.rate(load)
}

impl Said {
    #[expect(clippy::cast_precision_loss, reason = "counts of some seconds")]
    fn rate(&self, load: &Load<'_>) -> Result<Rate> {
        ensure!(self.requests > 0, "no answer from {}", load.url);
        ensure!(
            self.failed == 0 && self.bad == 0,
            "{} of {} requests to {} failed, {} answers had errors",
            self.failed,
            self.requests,
            load.url,
            self.bad
        );
        if let Check::Length(body) = load.check {
            let each = self.bytes as f64 / self.requests as f64;
            let least = body as f64;
            // Headers come on top; an answer that was cut off by the end is not counted whole.
            let fits = each > least * 0.99 && each < least + 1_500.0;
            ensure!(
                fits,
                "answers of {each:.0} bytes from {} instead of {body}",
                load.url
            );
        }
        Ok(Rate {
            per_second: self.requests as f64 * 1e6 / self.micros,
            p50_ms: self.p50 / 1e3,
            p99_ms: self.p99 / 1e3,
        })
    }
}

/// The file of requests that the script reads.
fn write(folder: &Path, requests: &[Request]) -> Result<PathBuf> {
    let mut text = String::new();
    for Request { method, path, body } in requests {
        let line = format!("{method}\t{path}\t{body}\n");
        ensure!(line.matches(['\t', '\n']).count() == 3, "no line: {line}");
        text.push_str(&line);
    }
    let file = folder.join("requests.tsv");
    std::fs::write(&file, text)?;
    Ok(file)
}
