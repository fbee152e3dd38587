//! A state machine as a page: Mermaid diagram and table, generated from its transitions.

use std::fmt::Write;

use super::lifecycle::{Machine, State};

/// The Markdown page of a machine.
pub fn page<S: State, F>(machine: &Machine<S, F>) -> String {
    let mut page = format!(
        "# Lifecycle: {}\n\nGenerated from the transition table; do not edit.\n\n```mermaid\nstateDiagram-v2\n    [*] --> {}\n",
        machine.name,
        machine.initial.name()
    );
    for rule in machine.rules() {
        let _infallible = writeln!(page, "    {} --> {}: {}", rule.from, rule.to, rule.action);
    }
    page.push_str("```\n\n| action | from | to | who | required | guards | event |\n|---|---|---|---|---|---|---|\n");
    for transition in machine.transitions {
        let from: Vec<_> = transition.from.iter().map(|state| state.name()).collect();
        let who: Vec<_> = transition
            .permission
            .roles()
            .iter()
            .map(|role| role.as_str())
            .collect();
        let guards: Vec<_> = transition
            .guards
            .iter()
            .map(|guard| format!("{} ({})", guard.name, guard.doc))
            .collect();
        let _infallible = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} |",
            transition.action,
            from.join(", "),
            transition.to.name(),
            who.join(", "),
            transition.required.join(", "),
            guards.join("; "),
            transition.event
        );
    }
    page
}

/// Every state with every action: where it leads and which roles may, or that it is refused. A
/// change of the rules is a visible change of this page.
pub fn matrix<S: State, F>(machine: &Machine<S, F>) -> String {
    let mut actions: Vec<&str> = machine.transitions.iter().map(|one| one.action).collect();
    actions.sort_unstable();
    actions.dedup();
    let mut page = format!("{} begins {}\n", machine.name, machine.initial.name());
    for state in S::ALL {
        let _infallible = writeln!(page, "\n{}", state.name());
        for action in &actions {
            let mut ways = machine.transitions.iter();
            let way = ways.find(|one| one.action == *action && one.from.contains(state));
            let (to, roles) = way.map_or(("-", String::new()), |way| (way.to.name(), may(way)));
            let line = format!("  {action:<18} {to:<20} {roles}");
            let _infallible = writeln!(page, "{}", line.trim_end());
        }
    }
    page
}

/// States that a row can come into, and from which it never comes to an end; none for a life that
/// is meant to have none.
pub fn traps<S: State, F>(machine: &Machine<S, F>) -> Vec<&'static str> {
    let rules = machine.rules();
    let grown = |from: Vec<&'static str>, forward: bool| {
        let mut known = from;
        loop {
            let next = rules.iter().find_map(|rule| {
                let (near, far) = if forward {
                    (rule.from, rule.to)
                } else {
                    (rule.to, rule.from)
                };
                (known.contains(&near) && !known.contains(&far)).then_some(far)
            });
            match next {
                Some(one) => known.push(one),
                None => return known,
            }
        }
    };
    let names = S::ALL.iter().map(|state| state.name());
    let ends = names.filter(|name| rules.iter().all(|rule| rule.from != *name));
    let ends: Vec<_> = ends.collect();
    if ends.is_empty() {
        return Vec::new();
    }
    let ending = grown(ends, false);
    let mut reached = grown(vec![machine.initial.name()], true);
    reached.retain(|state| !ending.contains(state));
    reached
}

fn may<S: State, F>(transition: &super::lifecycle::Transition<S, F>) -> String {
    let roles = transition.permission.roles().iter();
    roles
        .map(|role| role.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
