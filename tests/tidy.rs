//! Holds the house of `docs/ARCHITECTURE.md`: who may import whom, where I/O may be, how long a file
//! may get. It reads the source text, so that a breach is found without running anything.
//!
//! Each rule is a function from the sources to the breaches it finds, in a module of its own under
//! `tests/tidy/`, beside a bad example that proves it still bites. There is no list of exceptions:
//! either the code gives way, or the rule does, for everybody.
//!
//! To add a rule: 1. a module with `pub fn breaches(house: &[Source]) -> Vec<Breach>` and its bad
//! example; 2. a line in `rules!` below, named by the sentence it proves.

#[path = "tidy/commands.rs"]
mod commands;
#[path = "tidy/docs.rs"]
mod docs;
#[path = "tidy/graph.rs"]
mod graph;
#[path = "tidy/guards.rs"]
mod guards;
#[path = "tidy/imports.rs"]
mod imports;
#[path = "tidy/line.rs"]
mod line;
#[path = "tidy/panics.rs"]
mod panics;
#[path = "tidy/paths.rs"]
mod paths;
#[path = "tidy/purity.rs"]
mod purity;
#[path = "tidy/sizes.rs"]
mod sizes;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/states.rs"]
mod states;
#[path = "tidy/writes.rs"]
mod writes;

macro_rules! rules {
    ($($name:ident => $rule:path;)*) => {$(
        #[test]
        fn $name() {
            let found = $rule(&source::house());
            let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
            assert!(lines.is_empty(), "{} breaches:\n{}", lines.len(), lines.join("\n"));
        }
    )*};
}

rules! {
    rooms_import_only_what_the_table_allows => imports::breaches;
    areas_look_only_up_the_line => line::breaches;
    files_without_io_in_their_name_have_none => purity::breaches;
    files_and_functions_stay_short => sizes::breaches;
    every_module_says_what_it_is => docs::breaches;
    nothing_panics_unless_proven => panics::breaches;
    resolvers_cannot_leak_an_error_text => graph::breaches;
    only_stores_and_the_door_write => writes::breaches;
    a_command_file_holds_one_registered_command => commands::breaches;
    a_state_is_matched_without_a_wildcard => states::breaches;
    what_guards_a_field_also_hides_it => guards::breaches;
}
