//! `/metrics`, `/readyz`, the log, and how a server stops: what those who run it rely on.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::on_both;
use super::terminal::Terminal;

/// The value of a line that begins with `start`.
fn value(figures: &str, start: &str) -> Option<f64> {
    let line = figures.lines().find(|line| line.starts_with(start))?;
    line.rsplit(' ').next()?.parse().ok()
}

on_both! {
    fn what_a_server_does_is_counted(terminal: Terminal) {
        terminal.ok("migrate up");
        let server = terminal.serve("serve");
        server.ask("{ __typename }", None);
        let (status, figures) = server.get("/metrics");
        assert_eq!(status, 200);
        let asked = r#"rialto_http_requests_total{route="/graphql",status="200"}"#;
        assert_eq!(value(&figures, asked), Some(1.0), "{figures}");
        assert_eq!(value(&figures, "rialto_database_up"), Some(1.0));
        // The loops of the server use the door too.
        while value(&server.get("/metrics").1, "rialto_door_waiting") != Some(0.0) {}
        let sweeps = r#"rialto_commands_total{command="key.ensure""#;
        assert!(value(&figures, sweeps) >= Some(1.0), "{figures}");
        assert!(value(&figures, "rialto_door_wait_seconds_count") >= Some(1.0));
        let pool = if terminal.engine == crate::harness::database::Engine::Sqlite {
            r#"rialto_pool_connections_max{pool="write"}"#
        } else {
            r#"rialto_pool_connections_max{pool="all"}"#
        };
        assert!(value(&figures, pool) >= Some(1.0), "{figures}");
        for line in figures.lines().filter(|line| line.starts_with("# TYPE")) {
            let name = line.split(' ').nth(2).expect("a name");
            let help = format!("# HELP {name} ");
            assert!(figures.contains(&help), "{name} is not described");
        }
        assert_eq!(server.stop(), 0);
    }
}

#[test]
fn a_name_that_a_client_made_up_once_becomes_no_label() {
    let terminal = Terminal::bare();
    terminal.ok("migrate up");
    let server = terminal.serve("serve");
    for number in 0..300 {
        server.ask(&format!("query Made{number} {{ __typename }}"), None);
    }
    let (_, figures) = server.get("/metrics");
    assert!(!figures.contains("Made"), "{figures}");
    for _ in 0..2 {
        server.ask("query Shelf { me { role } }", None);
    }
    let (_, figures) = server.get("/metrics");
    let shelf = "rialto_operations_total{operation=\"Shelf\",kind=\"query\",outcome=\"ran\"}";
    assert_eq!(value(&figures, shelf), Some(1.0), "{figures}");
    let hit = "rialto_document_cache_total{result=\"hit\"}";
    assert!(value(&figures, hit) >= Some(1.0), "{figures}");
}

#[test]
fn an_answer_that_is_given_again_is_counted_like_any_other() {
    let terminal = Terminal::bare();
    terminal.ok("migrate up");
    let server = terminal.serve("serve");
    let hit = "rialto_answer_cache_total{result=\"hit\"}";
    let mut asked = 0.0;
    loop {
        server.ask("query Again { __typename }", None);
        asked += 1.0;
        let (_, figures) = server.get("/metrics");
        if value(&figures, hit) >= Some(1.0) {
            let again =
                "rialto_operations_total{operation=\"Again\",kind=\"query\",outcome=\"ran\"}";
            // The first was not known yet.
            assert_eq!(value(&figures, again), Some(asked - 1.0), "{figures}");
            break;
        }
        assert!(asked < 500.0, "never given again: {figures}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn figures_are_shown_where_the_setting_says() {
    let terminal = Terminal::bare();
    terminal.ok("migrate up");
    let off = terminal.serve_with("serve", &[("RIALTO_METRICS", "off")]);
    assert_eq!(off.get("/metrics").0, 404);
    drop(off);
    let auto = terminal.serve_with("serve", &[("RIALTO_SANDBOX", "false"), KEY]);
    assert_eq!(auto.get("/metrics").0, 404, "closed outside the sandbox");
    drop(auto);
    let apart = terminal.serve_with("serve", &[("RIALTO_METRICS", "127.0.0.1:0")]);
    assert_eq!(apart.get("/metrics").0, 404);
    let line = apart.lines.iter().find(|line| line.contains("Figures"));
    let url = line.and_then(|line| line.split_whitespace().last());
    let (status, figures) = super::terminal::get(url.expect("an address"));
    assert_eq!(status, 200);
    assert!(figures.contains("rialto_build_info"), "{figures}");
    let ran = terminal.run_with("serve", &[("RIALTO_METRICS", "maybe")]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("metrics"), "{}", ran.err);
}

const KEY: (&str, &str) = (
    "RIALTO_SECRET_KEY",
    "0707070707070707070707070707070707070707070707070707070707070707",
);

on_both! {
    fn a_database_that_lost_its_migrations_is_not_ready(terminal: Terminal) {
        terminal.ok("migrate up");
        let server = terminal.serve("serve");
        let (status, told) = server.get("/readyz");
        assert_eq!((status, told.contains(r#""migrations":"fit""#)), (200, true), "{told}");
        while !server.get("/readyz").1.contains(r#""relay":"follows""#) {}
        let last = "DELETE FROM seaql_migrations WHERE version = \
                    (SELECT MAX(version) FROM seaql_migrations)";
        terminal.tamper(&[last]);
        let (status, told) = server.get("/readyz");
        assert_eq!(status, 503, "{told}");
        assert!(told.contains(r#""migrations":"1 are missing""#), "{told}");
        assert_eq!(server.get("/healthz").0, 200, "the process lives all the same");
        terminal.tamper(&["INSERT INTO seaql_migrations (version, applied_at) VALUES \
                           ('m20991231_000001_of_a_later_version', 1)"]);
        let (status, told) = server.get("/readyz");
        assert_eq!(status, 200, "a later version has migrated: {told}");
    }
}

on_both! {
    fn lines_of_the_log_are_objects_where_the_setting_says_so(terminal: Terminal) {
        terminal.ok("migrate up");
        let in_format = |format| {
            let variables = [("RIALTO_LOG_FORMAT", format), ("RIALTO_NONSENSE", "1")];
            terminal.log("serve", &variables)
        };
        let json = in_format("json");
        let told = json.lines().map(|line| {
            let object: serde_json::Value = serde_json::from_str(line).expect(line);
            assert!(object["timestamp"].is_string(), "{line}");
            (object["level"].clone(), object["fields"]["message"].clone())
        });
        let warning = "RIALTO_NONSENSE is no setting and has no effect";
        let wanted = ("WARN".into(), warning.into());
        assert!(told.collect::<Vec<_>>().contains(&wanted), "{json}");
        let text = in_format("text");
        assert!(text.contains(warning) && !text.contains('{'), "{text}");
    }
}

#[test]
fn a_server_that_is_told_to_stop_answers_what_has_begun() {
    let terminal = Terminal::bare();
    terminal.ok("migrate up");
    let server = terminal.serve("serve");
    let address = server.url.trim_start_matches("http://").to_owned();
    let body = br#"{"query":"{ __typename }"}"#;
    let mut running = TcpStream::connect(&address).expect("a connection");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    running.write_all(head.as_bytes()).expect("sent");
    running.write_all(&body[..5]).expect("sent");
    // The request has begun once the server counts it.
    while value(&server.get("/metrics").1, "rialto_http_requests_running") < Some(1.0) {}
    server.tell_to_stop();
    // It stops listening first.
    while TcpStream::connect(&address).is_ok() {}
    running.write_all(&body[5..]).expect("sent");
    let mut answer = String::new();
    running.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains(r#""__typename":"Query""#), "{answer}");
    assert_eq!(server.ended(), 0);
}
