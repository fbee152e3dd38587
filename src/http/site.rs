//! What stands at an address: the pages behind their router, and a straight way to the graph.
//!
//! Most requests are sent by programs, to the graph, by POST: no page of another origin is behind
//! them, they want no socket and nothing compressed. The layers of the router would mark and count
//! them and do nothing else, at the price of a whole answer that is kept; so these two are done here.

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderName, Method, header};
use axum::response::Response;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use super::router::{GRAPH, compressed};
use super::{Front, figures, graphql, request_id};

/// Whoever sends one of these wants what a layer does.
const LAYERED: [HeaderName; 3] = [header::ACCEPT_ENCODING, header::ORIGIN, header::UPGRADE];

/// What is served.
#[derive(Clone)]
pub struct Site {
    pages: TowerToHyperService<Router>,
    graph: Option<Front>,
}

impl Site {
    /// Pages alone.
    pub fn of(pages: Router) -> Self {
        Self {
            pages: TowerToHyperService::new(compressed(pages)),
            graph: None,
        }
    }

    /// The pages, the graph among them.
    pub fn with_graph(pages: Router, front: Front) -> Self {
        Self {
            graph: Some(front),
            ..Self::of(pages)
        }
    }

    /// Answers a request.
    pub(super) async fn answer(&self, request: Request) -> Response {
        match &self.graph {
            Some(front) if is_plain(&request) => straight(front, request).await,
            _ => self
                .pages
                .call(request)
                .await
                .unwrap_or_else(|never| match never {}),
        }
    }
}

/// As the router does it, without the layers between.
async fn straight(front: &Front, request: Request) -> Response {
    let handled = request_id::marked(request, |request, id| {
        graphql::post(State(front.clone()), Extension(id), request)
    });
    figures::counted(GRAPH, handled).await
}

fn is_plain(request: &Request<Body>) -> bool {
    let headers = request.headers();
    request.method() == Method::POST
        && request.uri().path() == GRAPH
        && !LAYERED.iter().any(|name| headers.contains_key(name))
}
