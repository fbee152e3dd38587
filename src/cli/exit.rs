//! Exit codes: what a script may rely on, and the failures that carry them.

use std::fmt;
use std::process::ExitCode;

use crate::kernel::error::{Fault, Refused, Stop};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All done.
    Done,
    /// Done, but not everything is as it should be: bad rows, findings.
    Findings,
    /// The command line or a setting is wrong.
    Usage,
    /// The database is not migrated, or not as this program knows it.
    Unfit,
    /// The database cannot be reached, or the address cannot be listened on.
    Unreachable,
    /// A file cannot be read, or is of another kind.
    BadFile,
    /// A fault of ours.
    Fault,
}

impl Exit {
    /// The list in `--help`.
    pub const HELP: &'static str = "\
Exit codes:
  0   done
  1   done, but something is wrong: bad rows in a file, findings of a check
  2   the command line or a setting is wrong
  3   the database is not migrated, or not as this program knows it
  4   the database cannot be reached, or the address cannot be listened on
  5   a file cannot be read, or is of another kind
  70  a fault of the program";
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Unfit => 3,
            Exit::Unreachable => 4,
            Exit::BadFile => 5,
            Exit::Fault => 70,
        })
    }
}

/// A failure that says how to exit.
#[derive(Debug)]
pub struct Failure {
    /// How.
    pub exit: Exit,
    text: String,
}

impl Failure {
    /// Ends with `exit`, telling `text`.
    pub fn new(exit: Exit, text: impl fmt::Display) -> Self {
        Self {
            exit,
            text: text.to_string(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::new(Exit::Fault, told(&fault))
    }
}

impl From<Stop> for Failure {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refused) => Self::new(Exit::Usage, refusals(&refused)),
            Stop::Stale => Self::new(Exit::Fault, "others changed the same things; try again"),
            Stop::Fault(fault) => fault.into(),
        }
    }
}

/// Refusals as a person reads them.
pub fn refusals(refused: &[Refused]) -> String {
    let sentences: Vec<_> = refused.iter().map(|one| one.message.as_str()).collect();
    sentences.join(" ")
}

/// A fault as an operator needs it: in full, since nobody else reads this.
pub fn told(fault: &Fault) -> String {
    match fault {
        Fault::Forbidden(permission) => format!("the permission {permission} is missing"),
        Fault::Unauthenticated(why) => (*why).to_owned(),
        Fault::Busy => "the database is busy; try again".to_owned(),
        Fault::Timeout => "it took too long".to_owned(),
        Fault::Unavailable(what) => format!("{what} does not answer"),
        Fault::Corrupt { table, column, id } => {
            format!("{table}.{column} of {id} cannot be true")
        }
        Fault::Internal(error) => error.to_string(),
    }
}
