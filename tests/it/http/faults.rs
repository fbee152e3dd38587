//! Faults of ours: masked outside, logged once with the id of the request.

use crate::cli::on_both;

on_both! {
    fn a_fault_is_masked_outside_and_logged_once(terminal: Terminal) {
        terminal.ok("migrate up");
        let server = terminal.serve_logged("serve", &[("RIALTO_LOG_FORMAT", "json")]);
        terminal.tamper(&["ALTER TABLE categories RENAME TO mislaid"]);
        let query = "{ categories(first: 1) { nodes { id } } }";
        let answer = server.ask_as(query, &[("x-request-id", "fault-0123456789")]);
        let text = answer.to_string();
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL", "{text}");
        assert!(!text.contains("SELECT") && !text.contains("mislaid"), "{text}");
        let refused = server.ask_as("{ nonsense }", &[("x-request-id", "client-0123456789")]);
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_REQUEST");
        terminal.tamper(&["ALTER TABLE mislaid RENAME TO categories"]);
        let log = server.stop_and_read();
        let about: Vec<_> = log.lines().filter(|line| line.contains("fault-0123456789")).collect();
        assert_eq!(about.len(), 1, "{log}");
        let line: serde_json::Value = serde_json::from_str(about[0]).expect("JSON");
        assert_eq!(line["level"], "ERROR", "{line}");
        assert_eq!(line["span"]["request_id"], "fault-0123456789", "{line}");
        assert!(line["fields"]["error"].as_str().is_some_and(|text| text.contains("categories")), "{line}");
        assert!(!log.contains("client-0123456789"), "what clients do wrong is theirs: {log}");
    }
}
