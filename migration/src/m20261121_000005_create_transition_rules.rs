//! The steps that state machines allow, for the triggers on state columns.

use sea_orm_migration::schema::text;

use crate::ddl::{NewTable, creates, table};

creates!(transition_rules);

fn transition_rules() -> NewTable {
    table("transition_rules")
        .cols([
            text("machine"),
            text("from_state"),
            text("action"),
            text("to_state"),
        ])
        .key(&["machine", "from_state", "action"])
        // The trigger's question whether a step is allowed.
        .index(&["machine", "from_state", "to_state"])
        .pg_function(
            "rialto_check_transition",
            "BEGIN
               IF NOT EXISTS (
                 SELECT 1 FROM transition_rules WHERE machine = TG_ARGV[0]
                 AND from_state = OLD.state AND to_state = NEW.state
               ) THEN
                 RAISE EXCEPTION 'transition refused: % % -> %', TG_ARGV[0], OLD.state, NEW.state;
               END IF;
               RETURN NEW;
             END;",
        )
}
