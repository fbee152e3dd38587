//! A fuse for tests: fails the n-th statement of a write transaction, the commit included, or ends
//! the process there as a power cut would.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use sea_orm::DbErr;

/// Counts statements down and fails one of them, once.
#[derive(Debug, Default)]
pub struct Fuse {
    left: AtomicI64,
    lethal: AtomicBool,
}

impl Fuse {
    /// A fuse that ends the process at the `nth` statement from now.
    pub fn lethal(nth: i64) -> Self {
        Self {
            left: AtomicI64::new(nth),
            lethal: AtomicBool::new(true),
        }
    }

    /// Fails the `nth` statement from now (1 is the next); 0 fails none.
    pub fn set(&self, nth: i64) {
        self.left.store(nth, Ordering::SeqCst);
    }

    /// Whether the fuse has blown or was never set.
    pub fn is_spent(&self) -> bool {
        self.left.load(Ordering::SeqCst) <= 0
    }

    pub(super) fn burn(&self) -> Result<(), DbErr> {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            if self.lethal.load(Ordering::SeqCst) {
                std::process::abort();
            }
            return Err(DbErr::Custom("the fuse has blown".to_owned()));
        }
        Ok(())
    }
}
