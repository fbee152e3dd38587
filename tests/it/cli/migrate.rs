//! `rialto migrate`, and who refuses a database that is not up to date.

use super::on_both;
use crate::harness::database::Engine;

on_both! {
    fn it_goes_up_once(terminal: Terminal) {
        let status = terminal.run("migrate status");
        assert_eq!(status.code, 3);
        assert!(status.out.starts_with("missing  m2"), "{}", status.out);
        assert!(status.err.contains("rialto migrate up"), "{}", status.err);
        assert!(terminal.ok("migrate up").starts_with("applied "));
        assert_eq!(terminal.ok("migrate up"), "nothing to do\n");
        let status = terminal.ok("migrate status");
        assert!(status.ends_with("up to date\n") && !status.contains("missing"), "{status}");
    }

    fn what_needs_a_database_refuses_an_empty_one_and_names_the_command_that_mends_it(terminal: Terminal) {
        for words in ["serve", "seed", "check", "token --role admin", "import products x.csv"] {
            let ran = terminal.run(words);
            assert_eq!(ran.code, 3, "{words}: {}", ran.err);
            assert!(ran.err.contains("run `rialto migrate up`"), "{words}: {}", ran.err);
        }
    }

    fn rules_that_differ_are_refused_until_they_are_synced(terminal: Terminal) {
        terminal.ok("migrate up");
        terminal.tamper(&["DELETE FROM transition_rules WHERE machine = 'order'"]);
        let ran = terminal.run("serve");
        assert_eq!(ran.code, 3);
        assert!(ran.err.contains("transition rules") && ran.err.contains("rialto migrate up"), "{}", ran.err);
        assert_eq!(terminal.ok("migrate up"), "synced the transition rules\n");
        terminal.ok("migrate status");
    }

    fn a_database_of_a_later_version_is_refused_and_left_alone(terminal: Terminal) {
        terminal.ok("migrate up");
        let row = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_later', 0)";
        terminal.tamper(&[row]);
        for words in ["serve", "migrate up", "migrate status"] {
            let ran = terminal.run(words);
            assert_eq!(ran.code, 3, "{words}");
            assert!(ran.err.contains("m20990101_000001_later"), "{words}: {}", ran.err);
        }
    }

    fn a_database_that_does_not_answer_is_told_apart(terminal: Terminal) {
        let url = match terminal.engine {
            Engine::Sqlite => "sqlite:/proc/nowhere/shop.db",
            Engine::Postgres => "postgres://nobody:hunter2@127.0.0.1:1/none",
        };
        let variables = [("DATABASE_URL", url), ("RIALTO_DATABASE_ACQUIRE_MS", "500")];
        let ran = terminal.run_with("serve", &variables);
        assert_eq!(ran.code, 4, "{}", ran.err);
        assert!(!ran.err.contains("hunter2"), "{}", ran.err);
    }
}
