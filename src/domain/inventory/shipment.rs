//! What of an order's promised pieces goes out with a shipment, and from where more may be promised
//! than lies anywhere.

use std::collections::HashSet;

use entity::id::{LocationId, VariantId};

use super::availability::{Policy, Spot};
use super::choose::Want;
use super::refusal::Refusal;

/// An open promise to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// Position of the order's line.
    pub line_no: i64,
    /// What.
    pub variant: VariantId,
    /// From where.
    pub location: LocationId,
    /// Pieces.
    pub quantity: i64,
}

/// How many pieces of each promise go out (0 for none), when the lines (position, pieces) are sent
/// from `location`. A line without any promise is not counted by anybody and sends nothing; one
/// that has fewer promised here than are sent is refused.
pub fn plan(
    location: LocationId,
    lines: &[(i64, i64)],
    promised: impl IntoIterator<Item = Promised>,
) -> Result<Vec<i64>, Refusal> {
    let promised: Vec<Promised> = promised.into_iter().collect();
    let mut sent = vec![0; promised.len()];
    for (line_no, quantity) in lines {
        let mut open = *quantity;
        let mut counted = None;
        for (promise, sent) in promised.iter().zip(&mut sent) {
            if promise.line_no != *line_no {
                continue;
            }
            counted = Some(promise.variant);
            if promise.location == location {
                let part = (promise.quantity - *sent).min(open);
                *sent += part;
                open -= part;
            }
        }
        if let (Some(variant), true) = (counted, open > 0) {
            return Err(Refusal::NotThere {
                variant,
                requested: *quantity,
                on_hand: quantity - open,
            });
        }
    }
    Ok(sent)
}

/// Adds the levels that a variant which may be sold beyond what there is does not have yet; gives
/// them apart too, with their backorder limit, so that they can be made.
pub fn with_backorders(
    wants: &[Want],
    places: &[LocationId],
    mut spots: Vec<Spot>,
    policy: impl Fn(&VariantId) -> Policy,
) -> (Vec<Spot>, Vec<(VariantId, LocationId, i64)>) {
    let mut known: HashSet<(VariantId, LocationId)> = spots
        .iter()
        .map(|spot| (spot.variant, spot.location))
        .collect();
    let mut new = Vec::new();
    for want in wants {
        let beyond = policy(&want.variant).backorder_limit();
        if beyond == 0 {
            continue;
        }
        for place in places {
            if known.insert((want.variant, *place)) {
                spots.push(Spot {
                    variant: want.variant,
                    location: *place,
                    free: 0,
                    beyond,
                });
                new.push((want.variant, *place, beyond));
            }
        }
    }
    (spots, new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::stock_policies::Oversell;
    use uuid::Uuid;

    fn place(number: u128) -> LocationId {
        LocationId::from_uuid(Uuid::from_u128(number))
    }

    fn variant() -> VariantId {
        VariantId::from_uuid(Uuid::from_u128(7))
    }

    fn promised(rows: &[(i64, u128, i64)]) -> Vec<Promised> {
        let row = |(line_no, at, quantity): &(i64, u128, i64)| Promised {
            line_no: *line_no,
            variant: variant(),
            location: place(*at),
            quantity: *quantity,
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn a_shipment_takes_what_was_promised_at_its_location() {
        let rows = [(1, 1, 5), (1, 2, 3), (2, 1, 1)];
        for (at, lines, wanted) in [
            (1, vec![(1, 5), (2, 1)], Ok(vec![5, 0, 1])),
            (1, vec![(1, 2)], Ok(vec![2, 0, 0])),
            (2, vec![(1, 3)], Ok(vec![0, 3, 0])),
            (2, vec![(1, 4)], Err(3)),
            (2, vec![(2, 1)], Err(0)),
            (1, vec![(9, 4)], Ok(vec![0, 0, 0])),
        ] {
            let got = plan(place(at), &lines, promised(&rows)).map_err(|refusal| match refusal {
                Refusal::NotThere { on_hand, .. } => on_hand,
                other => panic!("{other:?}"),
            });
            assert_eq!(got, wanted, "{at} {lines:?}");
        }
    }

    #[test]
    fn a_backorder_needs_no_level_beforehand() {
        let wants = [Want {
            line_no: 1,
            variant: variant(),
            quantity: 2,
        }];
        let backorder = Policy {
            tracked: true,
            oversell: Oversell::Backorder,
        };
        let places = [place(1), place(2)];
        let (spots, new) = with_backorders(&wants, &places, Vec::new(), |_| backorder);
        assert_eq!((spots.len(), new.len()), (2, 2));
        let (again, none) = with_backorders(&wants, &places, spots, |_| backorder);
        assert_eq!((again.len(), none.len()), (2, 0));
        let (denied, none) = with_backorders(&wants, &places, Vec::new(), |_| Policy::default());
        assert_eq!((denied.len(), none.len()), (0, 0));
    }
}
