//! The server beside which reads are measured: axum as it comes, answering what was put into it,
//! or what [`Raw`] reads. The allocator, the pool and the pool's settings are the subject's.

use std::sync::{Arc, RwLock};

use anyhow::Result;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use crate::raw::Raw;

/// The answer that `/static` gives: one that the subject gave.
type Static = Arc<RwLock<Bytes>>;

/// A running baseline; it ends when this is dropped.
pub struct Baseline {
    /// Where it is.
    pub url: String,
    given: Static,
    task: AbortHandle,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
    #[serde(default)]
    slug: String,
}

impl Baseline {
    /// Serves on a port of its own.
    pub async fn serve(raw: Raw) -> Result<Self> {
        let given = Static::default();
        let same = Router::new()
            .route("/static", any(fixed))
            .with_state(given.clone());
        let read = Router::new()
            .route("/raw/list", get(list))
            .route("/raw/detail", get(detail))
            .route("/raw/tree", get(tree))
            .with_state(raw);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let served = tokio::spawn(async move { axum::serve(listener, same.merge(read)).await });
        Ok(Self {
            url,
            given,
            task: served.abort_handle(),
        })
    }

    /// From now on `/static` answers this.
    pub fn answers(&self, body: Bytes) {
        *self.given.write().expect("nobody panics with the lock") = body;
    }
}

impl Drop for Baseline {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn fixed(State(given): State<Static>) -> Response {
    json(given.read().expect("nobody panics with the lock").clone())
}

async fn list(State(raw): State<Raw>, Query(asked): Query<Asked>) -> Response {
    read(raw.list(&asked.after).await)
}

async fn detail(State(raw): State<Raw>, Query(asked): Query<Asked>) -> Response {
    read(raw.detail(&asked.slug).await)
}

async fn tree(State(raw): State<Raw>) -> Response {
    read(raw.tree().await)
}

fn read(answer: Result<Vec<u8>>) -> Response {
    match answer {
        Ok(body) => json(Bytes::from(body)),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn json(body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
