//! The subject: the release program as an operator would start it, on a port of its own.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::figures::{Rate, Run};
use crate::shop::{Engine, Shop};

/// The program that is measured, built by cargo in the profile of this bench.
const PROGRAM: &str = env!("CARGO_BIN_EXE_rialto");

/// The key of the installation: no secret, and the same for databases that outlive `target/`.
const SECRET: &str = "62656e636865730062656e636865730062656e636865730062656e6368657300";

/// How long it may take to be ready, and to end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; killed when it is dropped, ended well by [`Server::stop`].
pub struct Server {
    /// Where it is, without a path.
    pub url: String,
    /// From the start of the process to the first `/readyz` that says so.
    pub ready_after: Duration,
    child: Child,
}

/// Resident memory, in KiB, as the kernel counts it.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Now.
    pub resident_kib: u64,
    /// The most there ever was.
    pub peak_kib: u64,
}

/// A command of the program on a database; nothing of our environment reaches it.
pub fn program(folder: &Path, database: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("DATABASE_URL", database)
        // The sandbox plays the payment provider, in the process and at once.
        .env("RIALTO_SANDBOX", "true")
        .env("RIALTO_SECRET_KEY", SECRET)
        .env("RIALTO_METRICS", "off")
        .env("RIALTO_PLAYGROUND", "off")
        .env("RIALTO_LOG", "warn")
        .kill_on_drop(true);
    command
}

impl Server {
    /// Starts it and waits until it is ready.
    pub async fn start(shop: &Shop) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let url = format!("http://{address}");
        let log = std::fs::File::create(shop.folder.join("serve.log"))?;
        let mut command = program(&shop.folder, &shop.database, &["serve"]);
        command
            .env("RIALTO_LISTEN", address.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let http = reqwest::Client::new();
        let since = Instant::now();
        let mut child = command.spawn().context("the program does not start")?;
        loop {
            let asked = http.get(format!("{url}/readyz")).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                break;
            }
            if let Some(status) = child.try_wait()? {
                bail!(
                    "serve ended with {status}: see {}/serve.log",
                    shop.folder.display()
                );
            }
            ensure!(
                since.elapsed() < PATIENCE,
                "serve is not ready after {PATIENCE:?}"
            );
            sleep(Duration::from_millis(1)).await;
        }
        Ok(Self {
            url,
            ready_after: since.elapsed(),
            child,
        })
    }

    /// What it holds in memory.
    pub fn memory(&self) -> Result<Memory> {
        let id = self.process()?;
        let status = std::fs::read_to_string(PathBuf::from(format!("/proc/{id}/status")))?;
        let figure = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse().ok()
        };
        Ok(Memory {
            resident_kib: figure("VmRSS:").context("no VmRSS")?,
            peak_kib: figure("VmHWM:").context("no VmHWM")?,
        })
    }

    /// Its number among the processes.
    pub fn process(&self) -> Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// Asks it to end, and waits for that.
    pub async fn stop(mut self) -> Result<()> {
        let id = self.process()?;
        let told = Command::new("kill").arg(id.to_string()).status().await?;
        ensure!(told.success(), "the server cannot be told to stop");
        timeout(PATIENCE, self.child.wait()).await??;
        Ok(())
    }
}

/// Processor time that was used so far, in seconds: by the process that answers, and behind it.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    answering: f64,
    behind: f64,
}

impl Spent {
    /// What this process has used, and PostgreSQL for the shop.
    pub fn by(process: u32, shop: &Shop) -> Result<Self> {
        Ok(Self {
            answering: busy(process)?,
            behind: busy_behind(shop)?,
        })
    }

    /// A run of so many answers that began then.
    pub fn since(self, before: Self, rate: Rate, answers: f64) -> Run {
        Run {
            rate,
            busy_us: (self.answering - before.answering) * 1e6 / answers,
            behind_us: (self.behind - before.behind) * 1e6 / answers,
        }
    }
}

/// Processor time that the back ends of a PostgreSQL database have used so far, in seconds; zero
/// where it runs on another machine, or is none.
fn busy_behind(shop: &Shop) -> Result<f64> {
    if shop.engine == Engine::Sqlite {
        return Ok(0.0);
    }
    let (address, _) = shop
        .database
        .split_once('?')
        .unwrap_or((&shop.database, ""));
    let (_, name) = address.rsplit_once('/').unwrap_or_default();
    let mut all = 0.0;
    for entry in std::fs::read_dir("/proc")? {
        let entry = entry?.file_name();
        let Some(process) = entry.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let line = std::fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line);
        if line.starts_with("postgres:") && line.split_whitespace().any(|word| word == name) {
            // One that has ended meanwhile has used nothing of what is measured.
            all += busy(process).unwrap_or_default();
        }
    }
    Ok(all)
}

/// Processor time that a process has used, in seconds: its own and the kernel's for it.
fn busy(process: u32) -> Result<f64> {
    /// Ticks a second in `/proc`, on every Linux there is.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, after) = stat.rsplit_once(')').context("no stat")?;
    let ticks = after.split_whitespace().skip(11).take(2);
    let ticks = ticks.map(str::parse::<f64>).sum::<Result<f64, _>>()?;
    Ok(ticks / TICKS)
}
