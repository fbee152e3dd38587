//! A client's socket, as a test holds it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::harness::{Shop, Who};

/// The newer sub-protocol.
pub const NEW: &str = "graphql-transport-ws";
/// The older one.
pub const OLD: &str = "graphql-ws";

/// What the server says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Message(Value),
    Closed(u16, String),
    /// Gone without a word.
    Gone,
}

/// An open socket.
pub struct Socket {
    inner: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The sub-protocol that the server chose.
    pub chosen: Option<String>,
}

impl Socket {
    /// Opens a socket that offers these sub-protocols.
    pub async fn offering(shop: &Shop, offers: &str) -> Self {
        let opened = Self::opening(shop, offers, &[]).await;
        opened.unwrap_or_else(|status| panic!("no socket: {status}"))
    }

    /// The same with headers; the status where the server refuses.
    pub async fn opening(
        shop: &Shop,
        offers: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, u16> {
        let url = format!("{}/graphql", shop.url.replace("http://", "ws://"));
        let mut request = url.into_client_request().expect("a request");
        let given = request.headers_mut();
        if !offers.is_empty() {
            given.insert("sec-websocket-protocol", offers.parse().expect("a header"));
        }
        for (name, value) in headers {
            given.insert(*name, value.parse().expect("a header"));
        }
        match connect_async(request).await {
            Ok((inner, response)) => {
                let chosen = response.headers().get("sec-websocket-protocol");
                let chosen = chosen.map(|name| name.to_str().expect("text").to_owned());
                Ok(Self { inner, chosen })
            }
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no socket: {error}"),
        }
    }

    /// Opens a socket of the newer kind and says who it is, as a browser does.
    pub async fn of(shop: &Shop, who: &Who) -> Self {
        let mut socket = Self::offering(shop, NEW).await;
        let payload: serde_json::Map<String, Value> = who
            .headers()
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        let init = json!({ "type": "connection_init", "payload": payload });
        socket.says(&init).await;
        let ack = socket.hears().await;
        assert_eq!(ack, Said::Message(json!({ "type": "connection_ack" })));
        socket
    }

    /// Sends a message.
    pub async fn says(&mut self, message: &Value) {
        self.sends(message.to_string()).await;
    }

    /// Sends a text as it is.
    pub async fn sends(&mut self, text: String) {
        // A server that has closed meanwhile is heard next.
        let _ = self.inner.send(Message::Text(text.into())).await;
    }

    /// Sends bytes.
    pub async fn sends_bytes(&mut self, bytes: Vec<u8>) {
        let _ = self.inner.send(Message::Binary(bytes.into())).await;
    }

    /// Asks for an operation.
    pub async fn asks(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        let message = json!({ "type": "subscribe", "id": id, "payload": payload });
        self.says(&message).await;
    }

    /// What comes next; control frames are left out.
    pub async fn hears(&mut self) -> Said {
        let next = async {
            loop {
                match self.inner.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let message = serde_json::from_str(&text);
                        return Said::Message(message.expect("JSON"));
                    }
                    Some(Ok(Message::Close(Some(frame)))) => {
                        return Said::Closed(frame.code.into(), frame.reason.to_string());
                    }
                    Some(Ok(Message::Close(None)) | Err(_)) | None => return Said::Gone,
                    Some(Ok(_)) => {}
                }
            }
        };
        let said = tokio::time::timeout(Duration::from_secs(60), next).await;
        said.expect("something within a minute")
    }

    /// The next message, of that type and operation: its payload.
    #[track_caller]
    pub fn payload(said: Said, kind: &str, id: &str) -> Value {
        let Said::Message(mut message) = said else {
            panic!("no {kind} of {id} but {said:?}");
        };
        assert_eq!(
            (&message["type"], &message["id"]),
            (&kind.into(), &id.into()),
            "{message}"
        );
        message["payload"].take()
    }

    /// The data of the next answer to an operation.
    pub async fn data(&mut self, id: &str) -> Value {
        let mut payload = Self::payload(self.hears().await, "next", id);
        assert!(payload.get("errors").is_none(), "{payload}");
        payload["data"].take()
    }

    /// Hears answers to an operation until one is as wanted.
    pub async fn until(&mut self, id: &str, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        loop {
            let data = self.data(id).await;
            if wanted(&data) {
                return data;
            }
        }
    }

    /// The code of the error that ends an operation.
    pub async fn fault(&mut self, id: &str) -> String {
        let payload = Self::payload(self.hears().await, "error", id);
        let code = payload[0]["extensions"]["code"].as_str();
        code.unwrap_or_else(|| panic!("no code: {payload}"))
            .to_owned()
    }

    /// The code with which the server closes.
    pub async fn close(&mut self) -> u16 {
        match self.hears().await {
            Said::Closed(code, _) => code,
            other => panic!("not closed but {other:?}"),
        }
    }

    /// Leaves.
    pub async fn leaves(mut self) {
        let _ = self.inner.close(None).await;
    }
}
