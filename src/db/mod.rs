//! Connections to the database, and the only place that begins a write transaction.
//!
//! SQLite: WAL, foreign keys, one writer connection, several readers. PostgreSQL: one pool.
//! Deliberately absent: any table's name.

mod begin;
mod connect;
pub mod fuse;
pub mod portable;
mod reader;
mod reads;
pub mod rules;
pub mod tables;

pub use begin::{Savepoint, Transaction};
pub use connect::{Db, Pools};
pub use reader::Reader;
pub use reads::Noted;

use sea_orm::DbErr;

use crate::kernel::error::{Fault, Stop};

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        if portable::is_contention(&error) {
            Self::Busy
        } else {
            Self::Internal(Box::new(error))
        }
    }
}

impl From<DbErr> for Stop {
    fn from(error: DbErr) -> Self {
        Self::Fault(error.into())
    }
}
