//! Which pieces of an order a new fulfillment takes, and from which location.
//!
//! A piece is in one live fulfillment at most. Pieces of a line that is counted leave from where
//! they were promised; those of a line that nobody counts, from anywhere.

use entity::id::{LocationId, OrderLineId};

use super::refusal::Refusal;

/// A line of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line.
    pub id: OrderLineId,
    /// Its position in the order.
    pub line_no: i64,
    /// Ordered, not cancelled, and in no live fulfillment yet.
    pub left: i64,
    /// Whether its stock is counted.
    pub counted: bool,
    /// Pieces that are promised at a location and in no fulfillment there yet.
    pub free: Vec<(LocationId, i64)>,
}

/// Pieces of a line that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The line.
    pub line: OrderLineId,
    /// Pieces, at least 1.
    pub quantity: i64,
}

/// What a fulfillment will contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// From where.
    pub location: LocationId,
    /// Pieces of each line, at least 1.
    pub lines: Vec<Asked>,
}

/// Selects what was asked for, or all that can leave one location: `location` if one is named, else
/// the one that most can leave from (of equals, the first of `places`).
pub fn select(
    lines: &[Line],
    asked: Option<&[Asked]>,
    location: Option<LocationId>,
    places: &[LocationId],
) -> Result<Selection, Refusal> {
    if let Some(asked) = asked {
        check_asked(lines, asked)?;
    }
    let wanted: Vec<(&Line, i64)> = match asked {
        Some(asked) => lines
            .iter()
            .filter_map(|line| {
                let one = asked.iter().find(|one| one.line == line.id)?;
                Some((line, one.quantity))
            })
            .collect(),
        None => lines.iter().map(|line| (line, line.left)).collect(),
    };
    let best = || {
        let score = |place: &LocationId| -> i64 {
            let here = wanted.iter().map(|(line, open)| line.leaves(*place, *open));
            here.sum()
        };
        let mut best: Option<(LocationId, i64)> = None;
        for place in places {
            let score = score(place);
            if best.is_none_or(|(_, most)| score > most) {
                best = Some((*place, score));
            }
        }
        best.map(|(place, _)| place)
    };
    let location = location.or_else(best).ok_or(Refusal::NoLocation)?;
    let mut taken = Vec::new();
    for (line, open) in wanted {
        let quantity = line.leaves(location, open);
        if asked.is_some() && quantity < open {
            return Err(Refusal::NotThere {
                line: line.id,
                left: quantity,
            });
        }
        if quantity > 0 {
            taken.push(Asked {
                line: line.id,
                quantity,
            });
        }
    }
    if taken.is_empty() {
        return Err(Refusal::NothingLeft);
    }
    Ok(Selection {
        location,
        lines: taken,
    })
}

impl Line {
    /// Of `open` pieces, those that can leave from `place`.
    fn leaves(&self, place: LocationId, open: i64) -> i64 {
        if !self.counted {
            return open;
        }
        let free = self.free.iter().filter(|(at, _)| *at == place);
        free.map(|(_, pieces)| *pieces).sum::<i64>().clamp(0, open)
    }
}

fn check_asked(lines: &[Line], asked: &[Asked]) -> Result<(), Refusal> {
    for (index, one) in asked.iter().enumerate() {
        let line = lines.iter().find(|line| line.id == one.line);
        let line = line.ok_or(Refusal::UnknownLine { index })?;
        if asked.iter().take(index).any(|other| other.line == one.line) {
            return Err(Refusal::LineTwice { index });
        }
        if one.quantity > line.left {
            return Err(Refusal::TooMany {
                index,
                left: line.left,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "select_test.rs"]
mod tests;
