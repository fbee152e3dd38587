//! What becomes of the lines when a buyer adds, changes or removes some: each answers for itself.
//!
//! Adding a variant that the cart holds raises its quantity. Less of something is always allowed;
//! more of it only if it can be bought and there is enough. A quantity of zero removes the line.
//! Never a silent change: what cannot be done as asked is refused as asked.

use std::collections::{HashMap, HashSet};

use entity::id::{CartLineId, VariantId};
use serde::Serialize;

use super::facts::{Goods, Shelf};
use super::refusal::{LINES_MAX, Refusal};
use crate::kernel::error::{Refusal as _, Refused};
use crate::kernel::money::LIMIT_MINOR;
use crate::kernel::quantity;

/// The most the lines may cost together: a quarter of what money can say leaves room for delivery,
/// and for tax of as much again.
const VALUE_MAX: i64 = LIMIT_MINOR / 4;

/// Some of a variant, wanted in addition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Addition {
    /// Which.
    pub variant: VariantId,
    /// Pieces; checked with the line, so that the others are not held up.
    pub quantity: i64,
}

/// Another quantity for a line; zero removes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Update {
    /// Which.
    pub line: CartLineId,
    /// Pieces; checked with the line.
    pub quantity: i64,
}

/// A line as the cart has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub line: CartLineId,
    /// Of what.
    pub variant: VariantId,
    /// Pieces.
    pub quantity: i64,
    /// Its place.
    pub position: i64,
}

/// What is known of the variants in question.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Lines of the cart, in order.
    pub held: Vec<Held>,
    /// What is offered of those and of what is asked for.
    pub goods: HashMap<VariantId, Goods>,
    /// What is in stock of it.
    pub shelf: Shelf,
}

/// One line that becomes different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what.
    pub variant: VariantId,
    /// The line it stands on already.
    pub line: Option<CartLineId>,
    /// Its place.
    pub position: i64,
    /// Pieces before.
    pub from: i64,
    /// Pieces from now on; zero removes the line.
    pub to: i64,
}

/// What will be done, and what will not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Lines that become different, one entry per variant.
    pub changes: Vec<Change>,
    /// Entries of the request that are refused, with their paths.
    pub refused: Vec<Refused>,
}

/// Adds pieces; `asked` are the entries at `input.lines`.
pub fn add(known: &Known, asked: &[Addition]) -> Plan {
    let mut cart = Cart::new(known);
    for (place, one) in asked.iter().enumerate() {
        let done = cart.raise(one.variant, one.quantity);
        cart.note(place, done);
    }
    cart.plan()
}

/// Sets quantities; `asked` are the entries at `input.lines`.
pub fn set(known: &Known, asked: &[Update]) -> Plan {
    let mut cart = Cart::new(known);
    let mut seen = HashSet::new();
    for (place, one) in asked.iter().enumerate() {
        let done = if seen.insert(one.line) {
            cart.set(one.line, one.quantity)
        } else {
            Err((Refusal::Twice, "lineId"))
        };
        cart.note(place, done);
    }
    cart.plan()
}

/// Removes lines; `asked` are the entries at `input.lineIds`.
pub fn remove(known: &Known, asked: &[CartLineId]) -> Plan {
    let mut cart = Cart::new(known);
    let mut seen = HashSet::new();
    for (place, line) in asked.iter().enumerate() {
        let done = if seen.insert(*line) {
            cart.set(*line, 0).map_err(|(refusal, _)| refusal)
        } else {
            Err(Refusal::Twice)
        };
        if let Err(refusal) = done {
            cart.refused
                .push(refusal.at(&format!("input.lineIds.{place}")));
        }
    }
    cart.plan()
}

/// Checks how many entries a request has.
pub fn bounded<T>(asked: &[T], path: &str) -> Result<(), Refused> {
    match asked.len() {
        0 => Err(Refusal::Nothing.at(path)),
        1..=LINES_MAX => Ok(()),
        _ => Err(Refusal::TooMany.at(path)),
    }
}

/// What an entry may lack, and the field that says so.
type Entry = Result<(), (Refusal, &'static str)>;

struct Cart<'a> {
    known: &'a Known,
    /// What all lines cost together, in minor units.
    value: i128,
    changes: Vec<Change>,
    refused: Vec<Refused>,
}

impl<'a> Cart<'a> {
    fn new(known: &'a Known) -> Self {
        let held = known.held.iter();
        let value = held.map(|held| price(known, held.variant) * i128::from(held.quantity));
        Self {
            known,
            value: value.sum(),
            changes: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn raise(&mut self, variant: VariantId, more: i64) -> Entry {
        if !(1..=quantity::MAX).contains(&more) {
            return Err((Refusal::Quantity { least: 1 }, "quantity"));
        }
        if !self.known.goods.contains_key(&variant) {
            return Err((Refusal::NoVariant, "variantId"));
        }
        let now = self.now(variant);
        if now.line.is_none() && now.to == 0 && self.lines() >= LINES_MAX {
            return Err((Refusal::Full, "variantId"));
        }
        self.turn(Change {
            to: now.to + more,
            ..now
        })
    }

    fn set(&mut self, line: CartLineId, quantity: i64) -> Entry {
        if !(0..=quantity::MAX).contains(&quantity) {
            return Err((Refusal::Quantity { least: 0 }, "quantity"));
        }
        let held = self.known.held.iter().find(|held| held.line == line);
        let held = held.ok_or((Refusal::NoLine, "lineId"))?;
        self.turn(Change {
            to: quantity,
            ..self.now(held.variant)
        })
    }

    /// The line of a variant, after the entries before this one.
    fn now(&self, variant: VariantId) -> Change {
        if let Some(change) = self.changes.iter().find(|one| one.variant == variant) {
            return *change;
        }
        let held = self.known.held.iter().find(|one| one.variant == variant);
        let last = self.known.held.iter().map(|one| one.position).max();
        let added = self.changes.iter().filter(|one| one.line.is_none()).count();
        let next = last.unwrap_or(0) + 1 + i64::try_from(added).unwrap_or(0);
        Change {
            variant,
            line: held.map(|one| one.line),
            position: held.map_or(next, |one| one.position),
            from: held.map_or(0, |one| one.quantity),
            to: held.map_or(0, |one| one.quantity),
        }
    }

    /// Takes the change if it is allowed.
    fn turn(&mut self, change: Change) -> Entry {
        let before = self.now(change.variant).to;
        if change.to > before {
            self.more(change, before)?;
        }
        self.value = self.value_with(change.variant, change.to - before);
        match self
            .changes
            .iter_mut()
            .find(|one| one.variant == change.variant)
        {
            Some(same) => *same = change,
            None => self.changes.push(change),
        }
        Ok(())
    }

    /// Whether there may be more of it.
    fn more(&self, change: Change, before: i64) -> Entry {
        if change.to > quantity::MAX {
            return Err((Refusal::Quantity { least: 1 }, "quantity"));
        }
        let goods = self.known.goods.get(&change.variant);
        let goods = goods.ok_or((Refusal::NoVariant, "variantId"))?;
        goods
            .offer()
            .map_err(|why| (Refusal::NotSellable(why), "variantId"))?;
        let stock = self.known.shelf.get(&change.variant);
        if !stock.is_some_and(|stock| stock.covers(change.to)) {
            let short = Refusal::OutOfStock {
                variant: change.variant,
                requested: change.to,
                available: stock.map_or(0, |stock| stock.available),
            };
            return Err((short, "quantity"));
        }
        if self.value_with(change.variant, change.to - before) > i128::from(VALUE_MAX) {
            return Err((Refusal::TooLarge, "quantity"));
        }
        Ok(())
    }

    /// What all lines cost together, with another `more` pieces of a variant.
    fn value_with(&self, variant: VariantId, more: i64) -> i128 {
        self.value + price(self.known, variant) * i128::from(more)
    }

    fn lines(&self) -> usize {
        let added = self.changes.iter().filter(|one| one.line.is_none());
        self.known.held.len() + added.count()
    }

    fn note(&mut self, place: usize, done: Entry) {
        if let Err((refusal, field)) = done {
            self.refused
                .push(refusal.at(&format!("input.lines.{place}.{field}")));
        }
    }

    fn plan(self) -> Plan {
        Plan {
            changes: self
                .changes
                .into_iter()
                .filter(|one| one.from != one.to)
                .collect(),
            refused: self.refused,
        }
    }
}

/// The price of one, in minor units; nothing where there is none.
fn price(known: &Known, variant: VariantId) -> i128 {
    let goods = known.goods.get(&variant);
    let price = goods.and_then(|goods| goods.price);
    price.map_or(0, |price| i128::from(price.minor))
}

#[cfg(test)]
#[path = "lines_test.rs"]
mod tests;
