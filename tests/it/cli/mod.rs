//! The command line, as somebody at a terminal sees it: the built binary, its output, its exit codes.

mod check;
mod config;
mod figures;
mod import;
mod migrate;
mod schema;
mod seed;
mod serve;
pub mod terminal;

/// Declares a test of the command line that runs on an empty SQLite and PostgreSQL database.
macro_rules! on_both {
    ($(fn $name:ident($terminal:ident: Terminal) $body:block)+) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a short test may need none of them")]
            use super::*;

            fn body($terminal: &$crate::cli::terminal::Terminal) $body

            #[test]
            fn on_sqlite() {
                $crate::cli::terminal::on($crate::harness::database::Engine::Sqlite, body);
            }

            #[test]
            fn on_postgres() {
                $crate::cli::terminal::on($crate::harness::database::Engine::Postgres, body);
            }
        }
    )+};
}

pub(crate) use on_both;
