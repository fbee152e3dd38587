//! `rialto serve`, and `rialto` alone in an empty folder.

use super::on_both;
use super::terminal::Terminal;

#[test]
fn alone_in_an_empty_folder_it_makes_a_shop_that_one_can_browse() {
    let terminal = Terminal::bare();
    let server = terminal.serve("");
    let told = server.lines.join("\n");
    for text in [
        "/graphql",
        "Playground",
        "rialto-demo",
        "warehouse@demo.rialto.shop",
    ] {
        assert!(told.contains(text), "{text} in {told}");
    }
    assert_eq!(server.get("/").0, 200);
    assert_eq!(server.get("/readyz").0, 200);
    let (status, picture) = server.get("/demo/stoneware-mug_sea.svg");
    assert_eq!(status, 200);
    assert!(picture.starts_with("<svg "), "{picture}");
    assert_eq!(server.get("/demo/Bad%20Name.svg").0, 404);
    assert_eq!(server.stop(), 0);
    let database = terminal.folder.path().join("data/rialto.db");
    let before = database.metadata().expect("a database").len();
    assert_eq!(
        terminal.serve("").stop(),
        0,
        "a second start finds the shop"
    );
    assert_eq!(database.metadata().expect("a database").len(), before);
    assert_eq!(terminal.run("check").code, 0);
}

#[test]
fn the_playground_is_told_the_accounts_in_the_sandbox_only() {
    let terminal = Terminal::bare();
    let server = terminal.serve("");
    let (status, told) = server.get("/playground.json");
    assert_eq!(status, 200);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let people = told["people"].as_array().expect("people");
    let roles: Vec<_> = people.iter().map(|one| &one["role"]).collect();
    let all = [
        "shopper",
        "merchandiser",
        "support",
        "warehouse",
        "finance",
        "admin",
    ];
    assert_eq!(roles, all);
    assert_eq!(people[5]["password"], "rialto-demo");
    assert_eq!(server.stop(), 0);
    let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let outside = [("RIALTO_SANDBOX", "false"), ("RIALTO_SECRET_KEY", key)];
    let server = terminal.serve_with("", &outside);
    assert_eq!(
        server.get("/playground.json"),
        (200, r#"{"people":[]}"#.to_owned())
    );
    assert_eq!(server.stop(), 0);
}

#[test]
fn the_page_without_a_build_says_so_and_the_page_can_be_off() {
    let terminal = Terminal::bare();
    let server = terminal.serve_with("", &[("RIALTO_PLAYGROUND", "cdn")]);
    let (status, page) = server.get("/");
    assert_eq!(status, 200);
    assert!(page.contains("make playground"), "{page}");
    assert_eq!(server.get("/playground/cdn.js").0, 200);
    assert_eq!(
        server.get("/playground/operations/01-browse.graphql").0,
        200
    );
    assert_eq!(server.get("/playground/../src/main.rs").0, 404);
    assert_eq!(server.stop(), 0);
    let server = terminal.serve_with("", &[("RIALTO_PLAYGROUND", "off")]);
    assert!(!server.lines.join("\n").contains("Playground"));
    for path in ["/", "/playground/cdn.js", "/playground.json"] {
        assert_eq!(server.get(path).0, 404, "{path}");
    }
    assert_eq!(server.stop(), 0);
}

#[test]
fn an_address_that_is_taken_is_told_apart() {
    let terminal = Terminal::bare();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let ran = terminal.run_with("serve", &[("RIALTO_LISTEN", &address)]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.err.contains(&address), "{}", ran.err);
}

on_both! {
    fn a_named_database_is_served_as_it_is(terminal: Terminal) {
        terminal.ok("migrate up");
        let server = terminal.serve("serve");
        let told = server.lines.join("\n");
        assert!(!told.contains("Demo accounts"), "{told}");
        assert_eq!(server.get("/healthz").0, 200);
        assert_eq!(server.stop(), 0);
    }
}
