//! `rialto config`, and settings that do not hold.

use super::terminal::Terminal;

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

#[test]
fn it_shows_where_each_value_came_from_and_no_secret() {
    let terminal = Terminal::bare();
    terminal.file("rialto.toml", b"log = \"warn\"\n");
    let variables = [
        ("DATABASE_URL", "postgres://shop:hunter2@db/shop"),
        ("RIALTO_SECRET_KEY", KEY),
        ("RIALTO_LISEN", "typo"),
    ];
    let ran = terminal.run_with("config", &variables);
    assert_eq!(ran.code, 0);
    for line in [
        "database_url = \"postgres://shop:***@db/shop\" # environment, DATABASE_URL",
        "secret_key = \"(redacted)\" # environment, RIALTO_SECRET_KEY",
        "log = \"warn\" # settings file",
        "log_format = \"text\" # default",
    ] {
        assert!(
            ran.out.lines().any(|one| one == line),
            "{line} in {}",
            ran.out
        );
    }
    assert!(!ran.out.contains("hunter2") && !ran.out.contains("00112233"));
    assert!(ran.err.contains("RIALTO_LISEN"), "{}", ran.err);
}

#[test]
fn what_it_prints_can_be_read_back() {
    let terminal = Terminal::bare();
    let defaults = terminal.ok("config --defaults");
    terminal.file("rialto.toml", defaults.as_bytes());
    let shown = terminal.ok("config");
    terminal.file("rialto.toml", shown.as_bytes());
    assert_eq!(terminal.ok("config").lines().count(), shown.lines().count());
}

#[test]
fn settings_that_do_not_hold_are_told_all_at_once() {
    let terminal = Terminal::bare();
    let variables = [("RIALTO_LISTEN", "nowhere"), ("RIALTO_HOLD_TTL_S", "0")];
    let ran = terminal.run_with("serve", &variables);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("listen: ") && ran.err.contains("hold_ttl_s: "),
        "{}",
        ran.err
    );
    assert_eq!(terminal.run("--config nowhere.toml config").code, 2);
}

#[test]
fn outside_the_sandbox_no_key_is_made_up() {
    let terminal = Terminal::bare();
    let ran = terminal.run_with("serve", &[("RIALTO_SANDBOX", "false")]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("RIALTO_SECRET_KEY"), "{}", ran.err);
    assert!(!terminal.folder.path().join("data").exists());
}

#[test]
fn help_tells_the_exit_codes_and_a_wrong_line_is_a_usage_error() {
    let terminal = Terminal::bare();
    let help = terminal.ok("--help");
    assert!(
        help.contains("Exit codes:") && help.contains("Examples:"),
        "{help}"
    );
    for words in [
        "no-such-command",
        "import products",
        "token --role nobody",
        "token --ttl x",
    ] {
        assert_eq!(terminal.run(words).code, 2, "{words}");
    }
}
