//! What was measured, as values.

use crate::shop::Engine;

/// How a load went.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Answers, or transactions, a second.
    pub per_second: f64,
    /// Half of them took no longer, in milliseconds.
    pub p50_ms: f64,
    /// 99 of 100 took no longer, in milliseconds.
    pub p99_ms: f64,
}

/// A rate, and the processor time it took.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// How it went.
    pub rate: Rate,
    /// Processor time of the process that answered, each answer, in microseconds; not that of a
    /// client that is another process.
    pub busy_us: f64,
    /// The same of PostgreSQL's back ends.
    pub behind_us: f64,
}

/// What a figure must come to, as a share of its baseline's rate.
#[derive(Clone, Copy, Debug)]
pub struct Aim {
    /// Which of [`crate::report`]'s aims.
    pub name: &'static str,
    /// At least.
    pub share: f64,
}

/// A subject beside its baseline, measured in turns.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was asked for.
    pub what: &'static str,
    /// What it is held against.
    pub against: &'static str,
    /// On which engine.
    pub engine: Engine,
    /// With how many products.
    pub products: u64,
    /// By how many at once.
    pub connections: u32,
    /// Rialto.
    pub subject: Run,
    /// The baseline, before and after the subject.
    pub baseline: Run,
    /// What is wanted, if anything.
    pub aim: Option<Aim>,
}

impl Row {
    /// The subject's rate as a share of the baseline's.
    pub fn share(&self) -> f64 {
        self.subject.rate.per_second / self.baseline.rate.per_second
    }

    /// The same by processor time: what a turn of the baseline takes as a share of the subject's.
    /// Neighbors move it less than they move rates.
    pub fn share_by_cpu(&self) -> f64 {
        let spent = |run: &Run| run.busy_us + run.behind_us;
        spent(&self.baseline) / spent(&self.subject)
    }

    /// Whether the aim is reached, where there is one.
    pub fn holds(&self) -> Option<bool> {
        self.aim.map(|aim| self.share() >= aim.share)
    }
}

/// A server that has started, and has been under load.
#[derive(Clone, Debug)]
pub struct Standing {
    /// On which engine.
    pub engine: Engine,
    /// With how many products.
    pub products: u64,
    /// Starts until `/readyz`, in milliseconds, the shortest first.
    pub ready_ms: Vec<f64>,
    /// Resident at rest, in KiB.
    pub rest_kib: u64,
    /// Resident after each load at the most connections, in KiB, the most of them.
    pub loaded_kib: Option<u64>,
    /// The most that the kernel ever saw, in KiB.
    pub peak_kib: u64,
}

/// Everything, in the order in which it was measured.
#[derive(Debug, Default)]
pub struct Measured {
    /// Reads.
    pub reads: Vec<Row>,
    /// Carts and orders.
    pub orders: Vec<Row>,
    /// Servers.
    pub standings: Vec<Standing>,
    /// What failed instead of being measured.
    pub failures: Vec<String>,
}

/// The mean of two runs of the same.
pub fn mean(one: Run, other: Run) -> Run {
    let half = |a: f64, b: f64| f64::midpoint(a, b);
    Run {
        rate: Rate {
            per_second: half(one.rate.per_second, other.rate.per_second),
            p50_ms: half(one.rate.p50_ms, other.rate.p50_ms),
            p99_ms: half(one.rate.p99_ms, other.rate.p99_ms),
        },
        busy_us: half(one.busy_us, other.busy_us),
        behind_us: half(one.behind_us, other.behind_us),
    }
}

/// The rate of a closed loop from what each turn took.
#[expect(clippy::cast_precision_loss, reason = "counts of some seconds")]
pub fn rate(mut turns_ms: Vec<f64>, seconds: f64) -> Rate {
    turns_ms.sort_by(f64::total_cmp);
    let at = |hundredth: usize| {
        let index = (turns_ms.len() * hundredth / 100).min(turns_ms.len().saturating_sub(1));
        turns_ms.get(index).copied().unwrap_or_default()
    };
    Rate {
        per_second: turns_ms.len() as f64 / seconds,
        p50_ms: at(50),
        p99_ms: at(99),
    }
}

impl Measured {
    /// Notes what could not be measured, and says so.
    pub fn fail(&mut self, failure: &str) {
        eprintln!("  failed: {failure}");
        self.failures.push(failure.to_owned());
    }
}
