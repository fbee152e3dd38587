//! GraphQL over WebSocket: `graphql-transport-ws`, and the older `graphql-ws` where a client offers
//! it first.
//!
//! What is said when is decided by [`talk::Talk`], which knows no socket; `socket` carries it out.
//! A socket is bounded in what it may send at a time, in what may run on it, and in how long it may
//! keep us waiting; so is the number of sockets.

mod dialect;
mod message;
mod origin;
mod socket;
mod talk;
#[cfg(test)]
mod talk_test;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use self::dialect::Dialect;
use super::{Front, Seat, caller};

/// What a socket reads at a time; larger messages are read in several goes.
const READ_BYTES: usize = 4 * 1024;

/// Takes requests that want a WebSocket, and hands all others on.
pub async fn divert(State(front): State<Front>, request: Request, next: Next) -> Response {
    let wanted = caller::text(request.headers(), "upgrade");
    if !wanted.is_some_and(|text| text.eq_ignore_ascii_case("websocket")) {
        return next.run(request).await;
    }
    let (mut parts, _) = request.into_parts();
    let upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection> =
        WebSocketUpgrade::from_request_parts(&mut parts, &front).await;
    match upgrade {
        Ok(upgrade) => {
            let place = parts.extensions.remove::<Seat>();
            open(front, parts.headers, upgrade, place)
        }
        Err(rejection) => rejection.into_response(),
    }
}

fn open(
    front: Front,
    headers: HeaderMap,
    mut upgrade: WebSocketUpgrade,
    place: Option<Seat>,
) -> Response {
    if !origin::is_welcome(&headers, &front.bounds.origins) {
        let text = "Pages of this origin may not open a socket.\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    let Ok(seat) = front.live.seats.clone().try_acquire_owned() else {
        let text = "There are too many sockets; try again in a moment.\n";
        let later = [(header::RETRY_AFTER, "5")];
        return (StatusCode::SERVICE_UNAVAILABLE, later, text).into_response();
    };
    let offers = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL);
    let dialect = Dialect::chosen(offers.iter().filter_map(|one| one.to_str().ok()));
    if let Some(dialect) = dialect {
        upgrade.set_selected_protocol(HeaderValue::from_static(dialect.name()));
    }
    let bytes = front.live.bounds.message_bytes;
    upgrade
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(0)
        .max_frame_size(bytes)
        .max_message_size(bytes)
        .on_upgrade(move |socket| async move {
            // It stays one of the connections that are open.
            let _place = place;
            socket::serve(socket, dialect, front, headers, seat).await;
        })
}
