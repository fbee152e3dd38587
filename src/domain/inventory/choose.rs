//! From which locations an order is served.
//!
//! One parcel where one can: the first location that has everything, in the order of preference
//! (the default location first). Else line by line: a location that is used already, then the first
//! that has the whole line, then split over those that have most. Beyond what lies there only when
//! what lies there does not do. Pure: the guarded statement on each level has the last word.

use std::collections::HashMap;

use entity::id::{LocationId, VariantId};

use super::availability::Spot;

/// A line of an order that needs stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// Position of the order's line.
    pub line_no: i64,
    /// What is wanted.
    pub variant: VariantId,
    /// Pieces, at least 1.
    pub quantity: i64,
}

/// What one location gives to one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Position of the order's line.
    pub line_no: i64,
    /// What.
    pub variant: VariantId,
    /// From where.
    pub location: LocationId,
    /// Pieces, at least 1.
    pub quantity: i64,
}

/// A line that cannot be served in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    /// Position of the order's line.
    pub line_no: i64,
    /// What.
    pub variant: VariantId,
    /// Pieces asked for.
    pub requested: i64,
    /// Pieces there are for this line.
    pub available: i64,
}

/// Chooses locations for all lines, or names every line that falls short. `places` are the
/// locations that serve orders, the preferred one first; a level that is not among `spots` has none.
pub fn choose(
    wants: &[Want],
    places: &[LocationId],
    spots: &[Spot],
) -> Result<Vec<Share>, Vec<Short>> {
    for beyond in [false, true] {
        let stock = Stock::new(places, spots, beyond);
        if let Some(shares) = from_one(wants, &stock) {
            return Ok(shares);
        }
        match line_by_line(wants, stock) {
            Ok(shares) => return Ok(shares),
            Err(shorts) if beyond => return Err(shorts),
            Err(_) => {}
        }
    }
    Ok(Vec::new())
}

struct Stock<'a> {
    places: &'a [LocationId],
    left: HashMap<(VariantId, LocationId), i64>,
}

impl<'a> Stock<'a> {
    fn new(places: &'a [LocationId], spots: &[Spot], beyond: bool) -> Self {
        let left = spots
            .iter()
            .map(|spot| {
                let more = if beyond { spot.beyond } else { 0 };
                ((spot.variant, spot.location), (spot.free + more).max(0))
            })
            .collect();
        Self { places, left }
    }

    fn at(&self, variant: VariantId, location: LocationId) -> i64 {
        self.left.get(&(variant, location)).copied().unwrap_or(0)
    }

    fn take(&mut self, variant: VariantId, location: LocationId, quantity: i64) {
        if let Some(left) = self.left.get_mut(&(variant, location)) {
            *left -= quantity;
        }
    }
}

fn from_one(wants: &[Want], stock: &Stock<'_>) -> Option<Vec<Share>> {
    let mut whole: HashMap<VariantId, i64> = HashMap::new();
    for want in wants {
        *whole.entry(want.variant).or_default() += want.quantity;
    }
    let has_all = |location: &&LocationId| {
        whole
            .iter()
            .all(|(variant, quantity)| stock.at(*variant, **location) >= *quantity)
    };
    let location = *stock.places.iter().find(has_all)?;
    Some(
        wants
            .iter()
            .map(|want| share(want, location, want.quantity))
            .collect(),
    )
}

fn line_by_line(wants: &[Want], mut stock: Stock<'_>) -> Result<Vec<Share>, Vec<Short>> {
    let mut shares: Vec<Share> = Vec::new();
    let mut shorts = Vec::new();
    for want in wants {
        let used: Vec<LocationId> = shares.iter().map(|share| share.location).collect();
        let mut places = stock.places.to_vec();
        // Stable: by use, then whether it has the whole line, then what it has; ties by preference.
        places.sort_by_key(|place| {
            let has = stock.at(want.variant, *place);
            let whole = has >= want.quantity;
            let most = if whole { 0 } else { has };
            (
                !(whole && used.contains(place)),
                !whole,
                std::cmp::Reverse(most),
            )
        });
        let mut open = want.quantity;
        for place in places {
            let given = stock.at(want.variant, place).min(open);
            if given > 0 {
                stock.take(want.variant, place, given);
                shares.push(share(want, place, given));
                open -= given;
            }
        }
        if open > 0 {
            shorts.push(Short {
                line_no: want.line_no,
                variant: want.variant,
                requested: want.quantity,
                available: want.quantity - open,
            });
        }
    }
    if shorts.is_empty() {
        Ok(shares)
    } else {
        Err(shorts)
    }
}

fn share(want: &Want, location: LocationId, quantity: i64) -> Share {
    Share {
        line_no: want.line_no,
        variant: want.variant,
        location,
        quantity,
    }
}

#[cfg(test)]
#[path = "choose_test.rs"]
mod tests;
