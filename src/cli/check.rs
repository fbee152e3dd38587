//! `rialto check`: proves what must be true of the rows.

use super::exit::{Exit, Failure};
use super::open::open_ready;
use super::out::say;
use super::progress::Progress;
use crate::config::Loaded;
use crate::db::Reader;
use crate::domain;
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;
use crate::write::check;

/// Check that everything is true that must be.
///
/// Walks the hash chains of the audit trail entry by entry, and asks each area of the program for
/// rows that contradict each other: stock that is promised twice, statuses that differ from their
/// sources, states that no history led to, work that nobody finishes. It changes nothing and can
/// run while the shop does; what changes meanwhile may show up once and be gone the next time.
///
/// Findings go to standard output, one a line: rule, id, what is wrong. Exit code 1 if there are any.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Leave out the audit trail, which takes longest.
    #[arg(long)]
    skip_audit: bool,
}

/// Carries it out.
pub async fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let app = open_ready(&loaded.settings).await?;
    let read = app.db.reader();
    let real = app.door.clock().real();
    let findings = find(args, &read, real).await.map_err(Failure::from)?;
    for finding in &findings {
        say!("{finding}");
    }
    if findings.is_empty() {
        eprintln!("nothing wrong");
        return Ok(Exit::Done);
    }
    eprintln!("{} findings", findings.len());
    Ok(Exit::Findings)
}

async fn find(
    args: &Args,
    read: &Reader,
    real: crate::kernel::clock::Instant,
) -> Result<Vec<Finding>, Fault> {
    let mut findings = Vec::new();
    if !args.skip_audit {
        findings.extend(chains(read).await?);
        findings.extend(check::heads(read).await?);
    }
    findings.extend(domain::check::areas(read).await?);
    findings.extend(check::processes(read, real).await?);
    Ok(findings)
}

async fn chains(read: &Reader) -> Result<Vec<Finding>, Fault> {
    let mut progress = Progress::new("audit entries", check::entries(read).await?);
    let mut walk = check::Walk::default();
    let mut findings = Vec::new();
    while let Some(page) = walk.next(read).await? {
        progress.advance(page.entries);
        findings.extend(page.findings);
    }
    Ok(findings)
}
