//! Settings, from sources to values.

use std::collections::HashMap;

use super::{DEFAULT, Loaded, Origin, Sources, load, secret_key};

fn with(pairs: &[(&str, &str)]) -> Sources {
    Sources {
        file: None,
        environment: pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
    }
}

fn refused(pairs: &[(&str, &str)]) -> String {
    load(&with(pairs)).unwrap_err().to_string()
}

fn shown<'a>(loaded: &'a Loaded, key: &str) -> &'a str {
    let found = loaded.shown.iter().find(|one| one.key == key);
    &found.unwrap().value
}

#[test]
fn the_defaults_hold_and_every_key_has_a_comment() {
    let loaded = load(&Sources::default()).unwrap();
    assert_eq!(loaded.settings.listen.to_string(), "127.0.0.1:8080");
    assert!(loaded.settings.sandbox);
    let lines: Vec<_> = DEFAULT.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        if line.contains(" = ") && !line.starts_with('#') {
            let above = lines[number - 1];
            assert!(above.starts_with("# ") && above.ends_with('.'), "{line}");
        }
    }
}

#[test]
fn the_file_stands_above_the_defaults_and_the_environment_above_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.toml");
    std::fs::write(
        &file,
        "listen = \"0.0.0.0:80\"\nlog = \"warn\"\nsandbox = false\n",
    )
    .unwrap();
    let sources = Sources {
        file: Some(file),
        ..with(&[("RIALTO_LOG", "debug")])
    };
    let loaded = load(&sources).unwrap();
    assert_eq!(loaded.settings.listen.to_string(), "0.0.0.0:80");
    assert_eq!(loaded.settings.log, "debug");
    assert!(!loaded.settings.sandbox);
    let origin = |key: &str| {
        let found = loaded.shown.iter().find(|one| one.key == key);
        found.unwrap().origin.clone()
    };
    assert_eq!(origin("listen"), Origin::File);
    assert_eq!(origin("log"), Origin::Environment("RIALTO_LOG".to_owned()));
    assert_eq!(origin("log_format"), Origin::Default);
}

#[test]
fn every_problem_is_told_with_its_key_and_source() {
    let text = refused(&[
        ("DATABASE_URL", "mysql://x"),
        ("RIALTO_LISTEN", "8080"),
        ("RIALTO_SANDBOX", "perhaps"),
        ("RIALTO_SECRET_KEY", "tooshortbutsecret"),
        ("RIALTO_HOLD_TTL_S", "-1"),
    ]);
    for key in [
        "database_url",
        "listen",
        "sandbox",
        "secret_key",
        "hold_ttl_s",
    ] {
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("{key}: ")));
        assert!(
            line.is_some_and(|line| line.contains("environment, ")),
            "{key} in {text}"
        );
    }
    assert!(!text.contains("tooshortbutsecret"));
}

#[test]
fn a_key_that_does_not_exist_is_refused_in_a_file_and_told_in_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.toml");
    std::fs::write(&file, "lisen = \"x\"\n").unwrap();
    let sources = Sources {
        file: Some(file),
        environment: HashMap::new(),
    };
    assert!(
        load(&sources)
            .unwrap_err()
            .to_string()
            .starts_with("lisen: ")
    );
    let loaded = load(&with(&[
        ("RIALTO_LISEN", "x"),
        ("RIALTO_TEST_POSTGRES", "y"),
    ]))
    .unwrap();
    assert_eq!(loaded.unused, ["RIALTO_LISEN"]);
}

#[test]
fn secrets_are_redacted() {
    let key = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let loaded = load(&with(&[
        ("RIALTO_SECRET_KEY", key),
        (
            "DATABASE_URL",
            "postgres://shop:hunter2@db/shop?password=hunter2&sslmode=require",
        ),
    ]))
    .unwrap();
    let all = format!("{loaded:?}");
    assert!(
        !all.contains("hunter2") && !all.contains("00112233"),
        "{all}"
    );
    assert_eq!(
        shown(&loaded, "database_url"),
        "\"postgres://shop:***@db/shop?password=***&sslmode=require\""
    );
    assert_eq!(shown(&loaded, "secret_key"), "\"(redacted)\"");
    assert!(
        !loaded.settings.sandbox,
        "PostgreSQL is no sandbox unless one says so"
    );
}

#[test]
fn the_file_of_an_sqlite_database_is_known() {
    for (url, file) in [
        ("sqlite:data/rialto.db", Some("data/rialto.db")),
        ("sqlite:///tmp/shop.db?mode=rwc", Some("/tmp/shop.db")),
        ("postgres://db/shop", None),
    ] {
        let loaded = load(&with(&[("DATABASE_URL", url)])).unwrap();
        let found = loaded.settings.database_url.sqlite_file();
        assert_eq!(found, file.map(std::path::Path::new), "{url}");
    }
}

#[test]
fn a_key_is_read_in_hex_and_in_base64() {
    let hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let base64 = "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=";
    let bytes = |text: &str| {
        let loaded = load(&with(&[("RIALTO_SECRET_KEY", text)])).unwrap();
        *loaded.settings.secret_key.unwrap().bytes()
    };
    assert_eq!(bytes(hex), bytes(base64));
    assert_eq!(bytes(hex), bytes(&hex.to_uppercase()));
}

#[test]
fn a_switch_is_on_or_off_in_either_way_of_saying_so() {
    for (text, expected) in [
        ("on", true),
        ("true", true),
        ("off", false),
        ("false", false),
    ] {
        let loaded = load(&with(&[("RIALTO_INTROSPECTION", text)])).unwrap();
        assert_eq!(loaded.settings.introspection, expected, "{text}");
    }
    let why = refused(&[("RIALTO_INTROSPECTION", "yes")]);
    assert!(why.contains("introspection"), "{why}");
}

#[test]
fn the_sandbox_makes_a_key_once_and_nobody_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/secret.key");
    let load_with = |sandbox: &str| {
        let file = path.to_str().unwrap();
        load(&with(&[
            ("RIALTO_SECRET_KEY_FILE", file),
            ("RIALTO_SANDBOX", sandbox),
        ]))
        .unwrap()
        .settings
    };
    let text = secret_key(&load_with("false")).unwrap_err().to_string();
    assert!(text.contains("RIALTO_SECRET_KEY"), "{text}");
    let made = *secret_key(&load_with("true")).unwrap().bytes();
    assert_eq!(*secret_key(&load_with("true")).unwrap().bytes(), made);
    assert_eq!(*secret_key(&load_with("false")).unwrap().bytes(), made);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    std::fs::write(&path, "not a key").unwrap();
    assert!(secret_key(&load_with("true")).is_err());
}
