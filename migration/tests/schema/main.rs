//! The sum of the migrations, on SQLite and on PostgreSQL: it goes up, down and up, equals the
//! entities, and refuses what must not be.

mod databases;
mod guards;
mod shape;
