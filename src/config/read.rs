//! Reads values by key, checks them where they are read, and remembers what did not hold.
//!
//! A reader always gives a value, so that all problems are found in one go; where
//! [`Reading::problems`] is not empty, the values mean nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use ::config::{Value, ValueKind};

use super::secret::parse_key;
use super::{Metrics, Shown};
use crate::kernel::secret::SecretKey;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `default.toml`.
    Default,
    /// The settings file.
    File,
    /// This variable.
    Environment(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File => f.write_str("settings file"),
            Self::Environment(name) => write!(f, "environment, {name}"),
        }
    }
}

type Table = BTreeMap<String, Value>;

/// The sources, and the problems found so far.
pub(super) struct Reading {
    defaults: Table,
    file: Table,
    environment: BTreeMap<String, (String, String)>,
    problems: Vec<String>,
}

impl Reading {
    pub(super) fn new(
        defaults: Table,
        file: Table,
        environment: BTreeMap<String, (String, String)>,
    ) -> Self {
        Self {
            defaults,
            file,
            environment,
            problems: Vec::new(),
        }
    }

    pub(super) fn problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.problems)
    }

    /// Every key as it took effect.
    pub(super) fn shown(&self) -> Vec<Shown> {
        let show = |key: &String| {
            let (value, origin) = self.look_up(key);
            Shown {
                key: key.clone(),
                value: redacted(key, &value),
                origin,
            }
        };
        self.defaults.keys().map(show).collect()
    }

    fn look_up(&self, key: &str) -> (Value, Origin) {
        if let Some((name, text)) = self.environment.get(key) {
            let value = Value::new(None, ValueKind::String(text.clone()));
            return (value, Origin::Environment(name.clone()));
        }
        if let Some(value) = self.file.get(key) {
            return (value.clone(), Origin::File);
        }
        let value = self.defaults.get(key).cloned();
        let nothing = Value::new(None, ValueKind::Nil);
        (value.unwrap_or(nothing), Origin::Default)
    }

    /// Notes a problem, naming the key and the source but never the value of a secret.
    fn refuse(&mut self, key: &str, why: impl fmt::Display) {
        let (_, origin) = self.look_up(key);
        self.problems.push(format!("{key}: {why} ({origin})"));
    }

    pub(super) fn text(&mut self, key: &str) -> String {
        let (value, _) = self.look_up(key);
        let Ok(text) = value.into_string() else {
            self.refuse(key, "must be a text");
            return String::new();
        };
        text.trim().to_owned()
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        let (value, _) = self.look_up(key);
        value.into_bool().unwrap_or_else(|_| {
            self.refuse(key, "must be true or false");
            false
        })
    }

    /// A whole number from `min` to `max`.
    pub(super) fn number<N>(&mut self, key: &str, min: u64, max: u64) -> N
    where
        N: TryFrom<u64> + Default,
    {
        let (value, _) = self.look_up(key);
        let number = value.into_string().ok().and_then(|text| {
            let number = u64::from_str(text.trim()).ok()?;
            (min..=max).contains(&number).then_some(number)
        });
        let Some(number) = number.and_then(|number| N::try_from(number).ok()) else {
            self.refuse(key, format!("must be a whole number from {min} to {max}"));
            return N::default();
        };
        number
    }

    pub(super) fn millis(&mut self, key: &str, min: u64, max: u64) -> Duration {
        Duration::from_millis(self.number(key, min, max))
    }

    pub(super) fn seconds(&mut self, key: &str, min: u64, max: u64) -> Duration {
        Duration::from_secs(self.number(key, min, max))
    }

    pub(super) fn one_of(&mut self, key: &str, words: &[&str]) -> String {
        let word = self.text(key);
        if !words.contains(&word.as_str()) {
            self.refuse(key, format!("must be one of {}", words.join(", ")));
        }
        word
    }

    /// Origins as browsers send them: scheme, host, perhaps a port; or a single `*`.
    pub(super) fn origins(&mut self, key: &str) -> Vec<String> {
        let listed: Vec<String> = self
            .list(key)
            .iter()
            .map(|one| one.trim_end_matches('/').to_owned())
            .collect();
        for one in &listed {
            let host = one
                .strip_prefix("https://")
                .or_else(|| one.strip_prefix("http://"));
            let is_host = |text: &str| {
                !text.is_empty()
                    && text
                        .bytes()
                        .all(|byte| byte.is_ascii_graphic() && !b"/?#@*".contains(&byte))
            };
            if !(one == "*" && listed.len() == 1 || host.is_some_and(is_host)) {
                let why = format!(
                    "\"{one}\" is not an origin, like https://shop.example (or * alone for all)"
                );
                self.refuse(key, why);
            }
        }
        listed
    }

    /// A list of words; one text with commas stands for a list.
    fn list(&mut self, key: &str) -> Vec<String> {
        let (value, _) = self.look_up(key);
        let texts: Result<Vec<String>, _> = match value.kind {
            ValueKind::Array(all) => all.into_iter().map(Value::into_string).collect(),
            _ => value.into_string().map(|text| vec![text]),
        };
        let Ok(texts) = texts else {
            self.refuse(key, "must be a list of texts");
            return Vec::new();
        };
        let words = texts.iter().flat_map(|text| text.split(','));
        let words = words.map(str::trim).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    }

    pub(super) fn address(&mut self, key: &str) -> SocketAddr {
        let text = self.text(key);
        SocketAddr::from_str(&text).unwrap_or_else(|_| {
            let why = format!("\"{text}\" is not an address with a port, like 127.0.0.1:8080");
            self.refuse(key, why);
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
        })
    }

    /// `on`, `off` or an address; `auto` is nothing yet.
    pub(super) fn metrics(&mut self, key: &str) -> Option<Metrics> {
        match self.text(key).as_str() {
            "auto" => None,
            "on" => Some(Metrics::On),
            "off" => Some(Metrics::Off),
            text => {
                let address = text.parse().ok().map(Metrics::At);
                if address.is_none() {
                    let why = "must be on, off, auto, or an address with a port";
                    self.refuse(key, why);
                }
                address
            }
        }
    }

    pub(super) fn database_url(&mut self, key: &str) -> String {
        let text = self.text(key);
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if !known.iter().any(|start| text.starts_with(start)) {
            self.refuse(key, "must begin with sqlite:, postgres:// or postgresql://");
        } else if text.starts_with("sqlite:") && text.contains(":memory:") {
            self.refuse(
                key,
                "a database in memory is seen by one connection only: name a file",
            );
        }
        text
    }

    pub(super) fn secret_key(&mut self, key: &str) -> Option<SecretKey> {
        let text = self.text(key);
        if text.is_empty() {
            return None;
        }
        let parsed = parse_key(&text);
        if parsed.is_none() {
            self.refuse(key, "must be 32 bytes in hex (64 digits) or base64");
        }
        parsed
    }
}

/// A value as TOML, for people; what only few may know is left out.
fn redacted(key: &str, value: &Value) -> String {
    let text = value.clone().into_string().unwrap_or_default();
    match (key, &value.kind) {
        ("secret_key", _) if !text.is_empty() => "\"(redacted)\"".to_owned(),
        ("database_url", _) => quoted(&without_password(&text)),
        (_, ValueKind::Array(list)) => {
            let list: Vec<_> = list
                .iter()
                .map(|one| quoted(&one.clone().into_string().unwrap_or_default()))
                .collect();
            format!("[{}]", list.join(", "))
        }
        (_, ValueKind::String(_)) => quoted(&text),
        _ => text,
    }
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// `postgres://user:secret@host/name?password=secret` with the secrets starred out.
pub(super) fn without_password(url: &str) -> String {
    let (url, query) = url
        .split_once('?')
        .map_or((url, None), |(u, q)| (u, Some(q)));
    let mut shown = match url.split_once("://") {
        Some((scheme, rest)) => match rest.rsplit_once('@') {
            Some((user, host)) => {
                let user = user
                    .split_once(':')
                    .map_or(user.to_owned(), |(name, _)| format!("{name}:***"));
                format!("{scheme}://{user}@{host}")
            }
            None => url.to_owned(),
        },
        None => url.to_owned(),
    };
    if let Some(query) = query {
        let hide = |pair: &str| match pair.split_once('=') {
            Some((name, _)) if name.contains("password") => format!("{name}=***"),
            _ => pair.to_owned(),
        };
        let pairs: Vec<_> = query.split('&').map(hide).collect();
        shown.push('?');
        shown.push_str(&pairs.join("&"));
    }
    shown
}
