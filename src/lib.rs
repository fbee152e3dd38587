//! Rialto: a headless GraphQL commerce API.

pub mod kernel;

pub mod meter;

pub mod config;

pub mod db;

pub mod write;

pub mod domain;

pub mod process;

pub mod gateway;

pub mod import;

pub mod graphql;

pub mod http;

pub mod worker;

pub mod app;

pub mod cli;
