//! The two sub-protocols, message by message.

use serde_json::{Value, json};

use super::dialect::Dialect;
use super::message::Asked;
use super::talk::{Act, Answer, Talk};

const NEW: Dialect = Dialect::Transport;
const OLD: Dialect = Dialect::Old;

fn asked() -> Asked {
    Asked {
        query: Some("{ a }".to_owned()),
        document_id: None,
        operation_name: None,
        variables: Value::Null,
        extensions: None,
    }
}

fn start(id: &str) -> Act {
    Act::Start(id.to_owned(), asked())
}

fn stop(id: &str) -> Act {
    Act::Stop(id.to_owned())
}

fn send(message: &Value) -> Act {
    Act::Send(message.to_string())
}

fn closed(code: u16, acts: &[Act]) -> bool {
    matches!(acts, [Act::Close(given, _)] if *given == code)
}

/// A conversation that has begun.
fn open(dialect: Dialect) -> Talk {
    let mut talk = Talk::new(dialect, 3);
    let admitted = talk.hear(r#"{"type":"connection_init"}"#);
    assert_eq!(admitted, [Act::Admit(serde_json::Map::new())]);
    talk.admitted();
    talk
}

fn subscribe(id: &str) -> String {
    json!({ "type": "subscribe", "id": id, "payload": { "query": "{ a }" } }).to_string()
}

fn begin(id: &str) -> String {
    json!({ "type": "start", "id": id, "payload": { "query": "{ a }" } }).to_string()
}

fn same(acts: &[Act], wanted: &[Act]) {
    let read = |act: &Act| match act {
        Act::Send(text) => format!("send {}", serde_json::from_str::<Value>(text).unwrap()),
        other => format!("{other:?}"),
    };
    let (acts, wanted): (Vec<_>, Vec<_>) = (
        acts.iter().map(read).collect(),
        wanted.iter().map(read).collect(),
    );
    assert_eq!(acts, wanted);
}

#[test]
fn what_is_no_message_closes_4400() {
    for text in [
        "",
        "hello",
        "{",
        "[]",
        "7",
        "null",
        "{}",
        r#"{"type":7}"#,
        r#"{"type":"unknown"}"#,
        // What only a server says.
        r#"{"type":"connection_ack"}"#,
        r#"{"type":"next","id":"1","payload":{}}"#,
        r#"{"type":"error","id":"1","payload":[]}"#,
        // What the other dialect says.
        r#"{"type":"start","id":"1","payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe"}"#,
        r#"{"type":"subscribe","id":"1"}"#,
        r#"{"type":"subscribe","payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":"","payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":1,"payload":{"query":"{ a }"}}"#,
        r#"{"type":"subscribe","id":"1","payload":"{ a }"}"#,
        r#"{"type":"subscribe","id":"1","payload":{}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":7}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","operationName":7}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","extensions":7}}"#,
        r#"{"type":"complete"}"#,
        r#"{"type":"ping","payload":7}"#,
        r#"{"type":"pong","payload":[]}"#,
        r#"{"type":"connection_init","payload":"token"}"#,
    ] {
        assert!(closed(4400, &open(NEW).hear(text)), "{text}");
    }
    assert!(closed(4400, &Talk::hear_bytes()));
    assert!(closed(4400, &open(OLD).hear("hello")));
    assert!(closed(4400, &open(OLD).hear(&subscribe("1"))));
}

#[test]
fn a_connection_begins_once_and_before_anything_else() {
    let mut talk = Talk::new(NEW, 3);
    assert!(!talk.has_begun());
    assert!(closed(4408, &Talk::overdue()));
    assert!(closed(4401, &Talk::new(NEW, 3).hear(&subscribe("1"))));
    let init = r#"{"type":"connection_init","payload":{"Authorization":"Bearer x"}}"#;
    let Value::Object(payload) = json!({ "Authorization": "Bearer x" }) else {
        unreachable!("an object");
    };
    assert_eq!(talk.hear(init), [Act::Admit(payload)]);
    assert!(talk.has_begun());
    // Not yet admitted.
    assert!(closed(4401, &talk.hear(&subscribe("1"))));
    assert!(closed(4429, &talk.hear(init)));
    same(
        &talk.admitted(),
        &[send(&json!({ "type": "connection_ack" }))],
    );
    assert!(closed(4429, &talk.hear(init)));
    assert!(closed(4403, &talk.refused(4403, "Forbidden")));
}

#[test]
fn a_ping_is_answered_with_what_it_brought_at_any_time() {
    for mut talk in [Talk::new(NEW, 3), open(NEW)] {
        let pong = json!({ "type": "pong" });
        same(&talk.hear(r#"{"type":"ping"}"#), &[send(&pong)]);
        let pong = json!({ "type": "pong", "payload": { "a": 1 } });
        same(
            &talk.hear(r#"{"type":"ping","payload":{"a":1}}"#),
            &[send(&pong)],
        );
        same(&talk.hear(r#"{"type":"pong","payload":{"a":1}}"#), &[]);
    }
}

#[test]
fn an_operation_runs_until_it_ends() {
    let mut talk = open(NEW);
    assert_eq!(talk.hear(&subscribe("a")), [start("a")]);
    let answer = Answer {
        json: r#"{"data":{"a":1}}"#,
        ran: true,
    };
    let next = json!({ "id": "a", "type": "next", "payload": { "data": { "a": 1 } } });
    for _ in 0..2 {
        same(&talk.answered("a", answer), &[send(&next)]);
    }
    same(
        &talk.ended("a"),
        &[send(&json!({ "id": "a", "type": "complete" }))],
    );
    same(&talk.ended("a"), &[]);
    same(&talk.answered("a", answer), &[]);
    // Its id is free again.
    assert_eq!(talk.hear(&subscribe("a")), [start("a")]);
}

#[test]
fn what_did_not_run_is_told_as_an_error_and_nothing_follows() {
    let mut talk = open(NEW);
    talk.hear(&subscribe("a"));
    let refused = Answer {
        json: r#"{"errors":[{"message":"no"}]}"#,
        ran: false,
    };
    let error = json!({ "id": "a", "type": "error", "payload": [{ "message": "no" }] });
    same(&talk.answered("a", refused), &[send(&error), stop("a")]);
    same(&talk.ended("a"), &[]);
    assert_eq!(talk.hear(&subscribe("a")), [start("a")]);
}

#[test]
fn an_id_that_is_in_use_closes_4409() {
    let mut talk = open(NEW);
    talk.hear(&subscribe("a"));
    let acts = talk.hear(&subscribe("a"));
    let why = "Subscriber for a already exists".to_owned();
    assert_eq!(acts, [Act::Close(4409, why)]);
    // A reason has no more than 123 bytes, and whole letters.
    talk.hear(&subscribe(&"ä".repeat(100)));
    let acts = talk.hear(&subscribe(&"ä".repeat(100)));
    assert!(matches!(&acts[..], [Act::Close(4409, why)] if why.len() == 123 || why.len() == 122));
}

#[test]
fn a_client_ends_what_it_began_and_may_say_so_late() {
    let mut talk = open(NEW);
    talk.hear(&subscribe("a"));
    assert_eq!(talk.hear(r#"{"type":"complete","id":"a"}"#), [stop("a")]);
    assert_eq!(talk.hear(r#"{"type":"complete","id":"a"}"#), []);
    assert_eq!(talk.hear(r#"{"type":"complete","id":"b"}"#), []);
}

#[test]
fn what_is_too_much_for_a_socket_is_refused_alone() {
    for (mut talk, ask) in [
        (open(NEW), subscribe as fn(&str) -> String),
        (open(OLD), begin),
    ] {
        for id in ["a", "b", "c"] {
            assert_eq!(talk.hear(&ask(id)), [start(id)]);
        }
        let acts = talk.hear(&ask("d"));
        assert!(
            matches!(&acts[..], [Act::Send(text), Act::Stop(id)]
                if id == "d" && text.contains("LIMIT_EXCEEDED") && text.contains("\"error\"")),
            "{acts:?}"
        );
        talk.ended("a");
        assert_eq!(talk.hear(&ask("d")), [start("d")]);
    }
}

#[test]
fn the_older_dialect_is_spoken_as_its_clients_expect() {
    let mut talk = Talk::new(OLD, 3);
    talk.hear(r#"{"type":"connection_init","payload":{}}"#);
    let (ack, ka) = (json!({ "type": "connection_ack" }), json!({ "type": "ka" }));
    same(&talk.admitted(), &[send(&ack), send(&ka)]);
    same(&talk.beat(), &[send(&ka)]);
    assert_eq!(talk.hear(&begin("a")), [start("a")]);
    let answer = Answer {
        json: r#"{"data":{"a":1}}"#,
        ran: true,
    };
    let data = json!({ "id": "a", "type": "data", "payload": { "data": { "a": 1 } } });
    same(&talk.answered("a", answer), &[send(&data)]);
    // An id that comes again takes the place of the first.
    assert_eq!(talk.hear(&begin("a")), [stop("a"), start("a")]);
    let complete = json!({ "id": "a", "type": "complete" });
    let acts = talk.hear(r#"{"type":"stop","id":"a"}"#);
    same(&acts, &[stop("a"), send(&complete)]);
    talk.hear(&begin("b"));
    let refused = Answer {
        json: r#"{"errors":[{"message":"no","extensions":{"code":"NO"}},{"message":"nor"}]}"#,
        ran: false,
    };
    let first = json!({ "message": "no", "extensions": { "code": "NO" } });
    let mut payload = first.clone();
    payload["errors"] = json!([first, { "message": "nor" }]);
    let error = json!({ "id": "b", "type": "error", "payload": payload });
    same(&talk.answered("b", refused), &[send(&error), stop("b")]);
    assert!(closed(
        1000,
        &talk.hear(r#"{"type":"connection_terminate"}"#)
    ));
}

#[test]
fn the_older_dialect_says_why_before_it_closes() {
    let error = json!({ "type": "connection_error", "payload": { "message": "Unauthorized" } });
    let close = Act::Close(4401, "Unauthorized".to_owned());
    same(&Talk::new(OLD, 3).hear(&begin("a")), &[send(&error), close]);
    let error = json!({ "type": "connection_error", "payload": { "message": "Forbidden" } });
    let close = Act::Close(4403, "Forbidden".to_owned());
    same(
        &Talk::new(OLD, 3).refused(4403, "Forbidden"),
        &[send(&error), close],
    );
    assert!(closed(4408, &Talk::overdue()));
    assert_eq!(Talk::new(OLD, 3).beat(), []);
}
