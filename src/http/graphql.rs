//! GraphQL over HTTP: one operation a request, POST with JSON, GET for queries.
//!
//! A page of somebody else can make a browser send forms and plain text here, and GET requests; so a
//! POST must be JSON, which a browser asks us about first (CORS), and a GET only reads.

use std::time::Instant;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use tokio::time::timeout;
use tracing::Instrument;

use super::body::Taken;
use super::coding::Coding;
use super::negotiate::{Media, accepted, is_json};
use super::params::{self, Params};
use super::request_id::RequestId;
use super::respond::{Unfit, respond};
use super::turn::{calm, turn};
use super::{Front, ask, caller, etag, sse};
use crate::graphql::{Operation, Reached};
use crate::kernel::error::Fault;

/// `POST /graphql` with a JSON body.
pub async fn post(
    State(front): State<Front>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    let since = Instant::now();
    let (parts, body) = request.into_parts();
    let wanted = match Wanted::by(&parts.headers) {
        Ok(wanted) => wanted,
        Err(unfit) => return unfit.into_response(Media::Json, since),
    };
    match received(&front, &parts.headers, body).await {
        // What was lent for the body is given back once it is answered.
        Ok((operation, _lent)) => {
            answer(&front, &parts.headers, id, operation, wanted, since).await
        }
        Err(unfit) => unfit.into_response(wanted.media(), since),
    }
}

/// `GET /graphql?query=…`; mutations are refused.
pub async fn get(
    State(front): State<Front>,
    Extension(id): Extension<RequestId>,
    parts: Parts,
) -> Response {
    let since = Instant::now();
    let wanted = match Wanted::by(&parts.headers) {
        Ok(wanted) => wanted,
        Err(unfit) => return unfit.into_response(Media::Json, since),
    };
    let params = params::of_search(parts.uri.query().unwrap_or_default());
    let operation = params.map_err(malformed);
    match operation.and_then(|params| self::operation(params, true)) {
        Ok(operation) => {
            let response = answer(&front, &parts.headers, id, operation, wanted, since).await;
            etag::unless_same(&parts.headers, response)
        }
        Err(unfit) => unfit.into_response(wanted.media(), since),
    }
}

/// Any other method.
pub async fn other(headers: HeaderMap) -> Response {
    let media = Wanted::by(&headers).map_or(Media::Json, Wanted::media);
    Unfit::method().into_response(media, Instant::now())
}

/// What the client takes: an answer, a stream of events, or either.
#[derive(Clone, Copy)]
struct Wanted {
    answer: Option<Media>,
    stream: bool,
}

impl Wanted {
    fn by(headers: &HeaderMap) -> Result<Self, Unfit> {
        let accept = caller::list(headers, header::ACCEPT);
        let wanted = Self {
            answer: accepted(accept.as_deref()),
            stream: sse::is_taken(headers),
        };
        match wanted.answer.is_some() || wanted.stream {
            true => Ok(wanted),
            false => Err(Unfit::media()),
        }
    }

    /// The media type of an answer that is no stream.
    fn media(self) -> Media {
        self.answer.unwrap_or(Media::Json)
    }
}

/// Answers an operation: by a stream where only that is taken, or where it subscribes.
async fn answer(
    front: &Front,
    headers: &HeaderMap,
    id: RequestId,
    operation: Operation,
    wanted: Wanted,
    since: Instant,
) -> Response {
    if wanted.stream && (wanted.answer.is_none() || front.api.subscribes(&operation).await) {
        return sse::answer(front, headers.clone(), operation);
    }
    let reached = match ask::recalled(front, headers, &operation) {
        Some(reached) => reached,
        None => run(front, headers, id, operation).await,
    };
    respond(reached, wanted.media(), Coding::wanted(headers), since)
}

/// The operation in a body, and the body with what was lent for it.
async fn received(
    front: &Front,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Operation, Taken), Unfit> {
    // Two of them are none.
    let kind = caller::list(headers, header::CONTENT_TYPE).unwrap_or_default();
    let coding = caller::text(headers, "content-encoding").unwrap_or("identity");
    if !is_json(&kind) || !coding.eq_ignore_ascii_case("identity") {
        let text = "Send the operation as application/json in UTF-8, not compressed.";
        return Err(Unfit::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, text));
    }
    let mut taken = front.bodies.take(body).await?;
    let bytes = std::mem::take(&mut taken.bytes);
    let params = params::of_body(&bytes).map_err(malformed)?;
    Ok((operation(params, false)?, taken))
}

fn malformed(why: params::Malformed) -> Unfit {
    Unfit::new(StatusCode::BAD_REQUEST, why)
}

fn operation(params: Params, read_only: bool) -> Result<Operation, Unfit> {
    let operation = Operation {
        query: params.query,
        document_id: params.document_id,
        name: params.operation_name,
        variables: params.variables,
        extensions: Some(params.extensions).filter(|extensions| !extensions.is_null()),
        read_only,
    };
    match operation.names_a_document() {
        true => Ok(operation),
        false => Err(malformed("The request has no query.")),
    }
}

/// Runs an operation when it is its turn, within the time for a request.
async fn run(
    front: &Front,
    headers: &HeaderMap,
    RequestId(id): RequestId,
    operation: Operation,
) -> Reached {
    let span = tracing::info_span!("graphql", request_id = %id);
    // In a box, for a connection that rests must not keep room for it.
    let work = Box::pin(async {
        let _turn = match turn(front).await {
            Ok(turn) => turn,
            Err(fault) => return Reached::refused(fault),
        };
        match ask::of(front, headers, id).await {
            Ok(ask) => front.api.run(operation, ask).await,
            Err(error) => Reached::refused(error),
        }
    });
    let work = async {
        let reached = timeout(front.bounds.request, calm(work)).await;
        reached.unwrap_or_else(|_| Reached::refused(Fault::Timeout))
    };
    work.instrument(span).await
}
