//! Where and when it was measured.

use anyhow::Result;
use tokio::process::Command;

/// Machine, date, build, tools and load, one line each.
pub async fn machine(wrk: String) -> Result<Vec<String>> {
    let cpu = std::fs::read_to_string("/proc/cpuinfo")?;
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("unknown", |text| text.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism()?;
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let total = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"));
    let total: u64 = total
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .unwrap_or_default();
    let lines = vec![
        format!(
            "{}, commit {}",
            today(),
            said("git", &["describe", "--always", "--dirty"]).await
        ),
        format!(
            "{cores} cores of {model}, {} GiB, Linux {}",
            total / (1 << 20),
            said("uname", &["-r"]).await
        ),
        format!(
            "{} {}, {}",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            build()
        ),
        wrk,
        format!("load average at the beginning: {}", load()?),
    ];
    Ok(lines)
}

/// How long things were driven.
pub fn how(seconds: f64) -> String {
    format!("{seconds} s a row; its baseline half as long before it and half as long after it")
}

/// Of the last minute, five and fifteen.
pub fn load() -> Result<String> {
    let text = std::fs::read_to_string("/proc/loadavg")?;
    let figures: Vec<_> = text.split_whitespace().take(3).collect();
    Ok(figures.join(", "))
}

/// What a command prints, or nothing.
async fn said(command: &str, arguments: &[&str]) -> String {
    let out = Command::new(command).args(arguments).output().await;
    let text = out.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned());
    text.unwrap_or_default()
}

fn build() -> &'static str {
    if cfg!(debug_assertions) {
        "debug build: these figures say nothing"
    } else {
        "profile dist (docs/decisions/0002)"
    }
}

#[expect(clippy::disallowed_methods, reason = "the date on a report")]
fn today() -> String {
    chrono::Utc::now().format("%Y-%m-%d").to_string()
}
