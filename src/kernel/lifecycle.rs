//! The form of a state machine: one `const` table per machine is the only source of its rules.
//!
//! Execution, permissions, required fields, what the API says is possible, the rows that the
//! database's trigger reads, and the documents all derive from it. Guards are pure functions over
//! facts that the command has loaded.

use super::error::{Block, Code, Details, Refusal, Refused};
use super::permission::{Permission, Role};

/// A state of a machine, with its stable name.
pub trait State: Copy + PartialEq + std::fmt::Debug + 'static {
    /// All states.
    const ALL: &'static [Self];
    /// The name as stored.
    fn name(self) -> &'static str;
}

/// A condition over facts.
pub struct Guard<F: 'static> {
    /// Stable name, as clients see it.
    pub name: &'static str,
    /// What must hold, for the manual.
    pub doc: &'static str,
    /// Passes, or says why not.
    pub check: fn(&F) -> Result<(), String>,
}

/// One way from some states to another.
pub struct Transition<S: State, F: 'static> {
    /// The act, in camel case as the API names it.
    pub action: &'static str,
    /// Where it may start.
    pub from: &'static [S],
    /// Where it ends.
    pub to: S,
    /// Who may.
    pub permission: Permission,
    /// Fields that must be filled.
    pub required: &'static [&'static str],
    /// What must hold.
    pub guards: &'static [Guard<F>],
    /// The event it emits.
    pub event: &'static str,
}

/// A table with its name.
pub struct Machine<S: State, F: 'static> {
    /// As in `transition_rules`.
    pub name: &'static str,
    /// The state a row begins in.
    pub initial: S,
    /// All that is allowed.
    pub transitions: &'static [Transition<S, F>],
}

/// One row of `transition_rules`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// The machine.
    pub machine: &'static str,
    /// From this state
    pub from: &'static str,
    /// by this act
    pub action: &'static str,
    /// to this one.
    pub to: &'static str,
}

/// What may be done next, and what stands in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// The act.
    pub action: &'static str,
    /// Where it leads.
    pub to: &'static str,
    /// Fields it needs.
    pub required: Vec<&'static str>,
    /// Guards that do not hold now.
    pub blocked_by: Vec<Block>,
}

/// The machine says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitionRefused {
    /// The act asked for.
    pub action: &'static str,
    /// The present state.
    pub from: &'static str,
    /// What is possible from there.
    pub allowed: Vec<&'static str>,
    /// Guards that failed (empty where the state forbids it).
    pub blocked_by: Vec<Block>,
}

impl Refusal for TransitionRefused {
    fn refused(&self) -> Refused {
        let (code, message) = match self.blocked_by.first() {
            Some(block) => (Code::GuardFailed, block.reason.clone()),
            None => (
                Code::InvalidTransition,
                format!("{} is not possible while it is {}.", self.action, self.from),
            ),
        };
        Refused::new(code, message).with(Details::Transition {
            from: self.from.to_owned(),
            allowed: self
                .allowed
                .iter()
                .map(|&action| action.to_owned())
                .collect(),
            blocked_by: self.blocked_by.clone(),
        })
    }
}

impl<S: State, F> Machine<S, F> {
    /// The transition for `action` from `from`, if the table has it and all guards hold.
    pub fn step(&self, from: S, action: &'static str, facts: &F) -> Result<S, TransitionRefused> {
        let refuse = |blocked_by| TransitionRefused {
            action,
            from: from.name(),
            allowed: self
                .from(from)
                .map(|transition| transition.action)
                .collect(),
            blocked_by,
        };
        let transition = self
            .from(from)
            .find(|transition| transition.action == action);
        let transition = transition.ok_or_else(|| refuse(Vec::new()))?;
        let blocked_by = blocks(transition, facts);
        if blocked_by.is_empty() {
            Ok(transition.to)
        } else {
            Err(refuse(blocked_by))
        }
    }

    /// The event that `action` emits.
    pub fn event(&self, action: &str) -> &'static str {
        let found = self
            .transitions
            .iter()
            .find(|transition| transition.action == action);
        found.map_or("", |transition| transition.event)
    }

    /// What `role` may do next, with what blocks each.
    pub fn available(&self, from: S, role: Role, facts: &F) -> Vec<Available> {
        self.from(from)
            .filter(|transition| role.may(transition.permission))
            .map(|transition| Available {
                action: transition.action,
                to: transition.to.name(),
                required: transition.required.to_vec(),
                blocked_by: blocks(transition, facts),
            })
            .collect()
    }

    /// The rows of `transition_rules`, sorted.
    pub fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = self
            .transitions
            .iter()
            .flat_map(|transition| transition.from.iter().map(move |from| (transition, *from)))
            .map(|(transition, from)| Rule {
                machine: self.name,
                from: from.name(),
                action: transition.action,
                to: transition.to.name(),
            })
            .collect();
        rules.sort();
        rules
    }

    fn from(&self, from: S) -> impl Iterator<Item = &'static Transition<S, F>> {
        self.transitions
            .iter()
            .filter(move |transition| transition.from.contains(&from))
    }
}

fn blocks<S: State, F>(transition: &Transition<S, F>, facts: &F) -> Vec<Block> {
    let failed = |guard: &Guard<F>| {
        (guard.check)(facts)
            .err()
            .map(|reason| Block::new(guard.name, reason))
    };
    transition.guards.iter().filter_map(failed).collect()
}
