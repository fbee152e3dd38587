//! A server on an ephemeral port over a fresh database, and the ways to ask it.

pub mod answer;
pub mod checkout;
pub mod database;
pub mod look;
pub mod people;
pub mod sale;
pub mod sdl;
pub mod shop;
pub mod stock;
pub mod till;

pub use shop::{Shop, Who};

/// Declares a test that runs on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! both {
    ($($(#[$about:meta])* async fn $name:ident($shop:ident: Shop) $body:block)+) => {$(
        $(#[$about])*
        mod $name {
            #[allow(unused_imports, reason = "a short test may need none of them")]
            use super::*;

            async fn body($shop: $crate::harness::Shop) $body

            #[test]
            fn on_sqlite() {
                $crate::harness::database::run($crate::harness::database::Engine::Sqlite, body);
            }

            #[test]
            fn on_postgres() {
                $crate::harness::database::run($crate::harness::database::Engine::Postgres, body);
            }
        }
    )+};
}
