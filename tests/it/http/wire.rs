//! A connection by hand: what no HTTP client would send, and what really comes back.

use std::fmt::Write;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::harness::Shop;

/// No test waits longer for anything; it says that something hangs, not that something is slow.
pub const FOREVER: Duration = Duration::from_secs(60);

/// A connection.
pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

/// A response, headers in lower case.
#[derive(Clone, Debug)]
pub struct Got {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Got {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All values of a header, joined.
    pub fn all(&self, name: &str) -> String {
        let found = self.headers.iter().filter(|(known, _)| known == name);
        let values: Vec<_> = found.map(|(_, value)| value.as_str()).collect();
        values.join(", ")
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The code of its only error; it must have no data.
    #[track_caller]
    pub fn refusal(&self) -> String {
        let json = self.json();
        assert!(json.get("data").is_none(), "{json}");
        let errors = json["errors"].as_array().expect("errors");
        assert_eq!(errors.len(), 1, "{json}");
        assert!(
            errors[0]["message"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        let code = errors[0]["extensions"]["code"].as_str();
        code.expect("a code").to_owned()
    }
}

/// A request; what is not given is not sent.
#[derive(Clone, Debug)]
pub struct Sent {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// A POST of this body, without any header of its own.
pub fn post(body: impl AsRef<[u8]>) -> Sent {
    Sent {
        method: "POST",
        path: "/graphql".to_owned(),
        headers: Vec::new(),
        body: body.as_ref().to_vec(),
    }
}

/// A POST of this document as clients send it.
pub fn operation(query: &str) -> Sent {
    json(&serde_json::json!({ "query": query }))
}

/// A POST of this JSON.
pub fn json(body: &Value) -> Sent {
    post(body.to_string()).with("content-type", "application/json")
}

/// A GET of a path, or of `/graphql` with a query string.
pub fn get(path: impl Into<String>) -> Sent {
    Sent {
        method: "GET",
        path: path.into(),
        headers: Vec::new(),
        body: Vec::new(),
    }
}

impl Sent {
    /// With a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// By another method.
    #[must_use]
    pub fn by(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// Asks for the newer media type.
    #[must_use]
    pub fn new_media(self) -> Self {
        self.with("accept", "application/graphql-response+json")
    }

    /// Request line and headers.
    pub fn head(&self) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\nhost: shop\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n").expect("text");
        }
        let framed = self
            .headers
            .iter()
            .any(|(name, _)| ["content-length", "transfer-encoding"].contains(name));
        if !framed && (self.method == "POST" || !self.body.is_empty()) {
            write!(head, "content-length: {}\r\n", self.body.len()).expect("text");
        }
        head + "\r\n"
    }

    /// Sends it on a connection of its own.
    pub async fn to(&self, shop: &Shop) -> Got {
        let mut wire = Wire::open(shop).await;
        wire.ask(self).await
    }
}

impl Wire {
    /// Connects.
    pub async fn open(shop: &Shop) -> Self {
        Self::try_open(shop).await.expect("a connection")
    }

    /// Connects, where somebody listens.
    pub async fn try_open(shop: &Shop) -> Option<Self> {
        let address = shop.url.trim_start_matches("http://");
        let stream = TcpStream::connect(address).await.ok()?;
        let read = Vec::new();
        Some(Self { stream, read })
    }

    /// Sends bytes; says whether the other side still takes them.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Sends a request and reads the response.
    pub async fn ask(&mut self, request: &Sent) -> Got {
        self.send(request.head()).await;
        self.send(&request.body).await;
        let got = self.answer(request.method == "HEAD").await;
        got.expect("an answer")
    }

    /// Reads a response; nothing where the connection ends without one.
    pub async fn got(&mut self) -> Option<Got> {
        self.answer(false).await
    }

    async fn answer(&mut self, head_only: bool) -> Option<Got> {
        let end = loop {
            let found = self.read.windows(4).position(|part| part == b"\r\n\r\n");
            if let Some(at) = found {
                break at;
            }
            if !self.more().await {
                return None;
            }
        };
        let head = String::from_utf8(self.read.drain(..end + 4).collect()).expect("text");
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let split = |line: &str| {
            let (name, value) = line.split_once(':').expect("a header");
            (name.to_lowercase(), value.trim().to_owned())
        };
        let mut got = Got {
            status,
            headers: lines.map(split).collect(),
            body: Vec::new(),
        };
        let chunked = got.header("transfer-encoding") == Some("chunked");
        let length = got
            .header("content-length")
            .and_then(|text| text.parse().ok());
        if !head_only {
            got.body = match chunked {
                true => self.chunks().await,
                false => self.bytes(length.unwrap_or(0)).await,
            };
        }
        Some(got)
    }

    async fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let line = loop {
                if let Some(at) = self.read.windows(2).position(|part| part == b"\r\n") {
                    break at;
                }
                assert!(self.more().await, "a chunk broke off");
            };
            let line = String::from_utf8(self.read.drain(..line + 2).collect()).expect("text");
            let size = usize::from_str_radix(line.trim(), 16).expect("a size");
            body.extend(self.bytes(size).await);
            self.bytes(2).await;
            if size == 0 {
                return body;
            }
        }
    }

    async fn bytes(&mut self, count: usize) -> Vec<u8> {
        while self.read.len() < count {
            assert!(self.more().await, "the answer broke off");
        }
        self.read.drain(..count).collect()
    }

    async fn more(&mut self) -> bool {
        let mut piece = vec![0; 16 * 1024];
        let read = timeout(FOREVER, self.stream.read(&mut piece)).await;
        let count = read.expect("the server hangs").unwrap_or(0);
        self.read.extend_from_slice(&piece[..count]);
        count > 0
    }

    /// Waits until the other side closes, and says whether it has sent nothing more.
    pub async fn closes_silently(&mut self) -> bool {
        while self.more().await {}
        self.read.is_empty()
    }
}
