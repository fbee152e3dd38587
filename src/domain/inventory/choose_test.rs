//! Tables and properties of choosing locations.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn variant(number: u128) -> VariantId {
    VariantId::from_uuid(Uuid::from_u128(number))
}

fn place(number: u128) -> LocationId {
    LocationId::from_uuid(Uuid::from_u128(number))
}

/// Lines of (variant, quantity); levels of (variant, place, free, beyond); the places are 1, 2, 3.
/// Gives (line, place, quantity), or (line, available) of the lines that fall short.
type Chosen = Result<Vec<(i64, u128, i64)>, Vec<(i64, i64)>>;

fn chosen(lines: &[(u128, i64)], levels: &[(u128, u128, i64, i64)]) -> Chosen {
    let wants: Vec<_> = lines
        .iter()
        .zip(1..)
        .map(|((number, quantity), line_no)| Want {
            line_no,
            variant: variant(*number),
            quantity: *quantity,
        })
        .collect();
    let spots: Vec<_> = levels
        .iter()
        .map(|(number, at, free, beyond)| Spot {
            variant: variant(*number),
            location: place(*at),
            free: *free,
            beyond: *beyond,
        })
        .collect();
    let places = [place(1), place(2), place(3)];
    choose(&wants, &places, &spots)
        .map(|shares| {
            let flat = |share: &Share| {
                (
                    share.line_no,
                    share.location.uuid().as_u128(),
                    share.quantity,
                )
            };
            shares.iter().map(flat).collect()
        })
        .map_err(|shorts| {
            shorts
                .iter()
                .map(|short| (short.line_no, short.available))
                .collect()
        })
}

#[track_caller]
fn check(lines: &[(u128, i64)], levels: &[(u128, u128, i64, i64)], wanted: Chosen) {
    let got = chosen(lines, levels);
    match wanted {
        Ok(shares) => assert_eq!(got, Ok(shares)),
        Err(shorts) => assert_eq!(got, Err(shorts)),
    }
}

#[test]
fn one_location_serves_where_one_can() {
    check(
        &[(7, 2)],
        &[(7, 1, 2, 0), (7, 2, 9, 0)],
        Ok(vec![(1, 1, 2)]),
    );
    check(
        &[(7, 2), (8, 1)],
        &[(7, 1, 9, 0), (7, 2, 2, 0), (8, 2, 1, 0)],
        Ok(vec![(1, 2, 2), (2, 2, 1)]),
    );
}

#[test]
fn a_line_stays_whole_where_it_can() {
    check(
        &[(7, 5), (8, 1)],
        &[(7, 1, 3, 0), (7, 3, 5, 0), (8, 2, 1, 0)],
        Ok(vec![(1, 3, 5), (2, 2, 1)]),
    );
    // Place 2 is used already, so the third line comes from there, not from the preferred one.
    check(
        &[(7, 1), (8, 1), (9, 1)],
        &[(7, 2, 1, 0), (8, 1, 1, 0), (9, 2, 1, 0), (9, 3, 5, 0)],
        Ok(vec![(1, 2, 1), (2, 1, 1), (3, 2, 1)]),
    );
}

#[test]
fn a_line_is_split_over_those_that_have_most() {
    check(
        &[(7, 6)],
        &[(7, 1, 2, 0), (7, 2, 3, 0), (7, 3, 4, 0)],
        Ok(vec![(1, 3, 4), (1, 2, 2)]),
    );
}

#[test]
fn every_short_line_is_named_with_what_there_is() {
    check(
        &[(7, 3), (8, 1), (9, 2)],
        &[(7, 1, 1, 0), (7, 2, 1, 0), (8, 1, 1, 0), (9, 3, -4, 0)],
        Err(vec![(1, 2), (3, 0)]),
    );
    check(&[(7, 1)], &[], Err(vec![(1, 0)]));
    // Two lines of one variant do not get the same pieces.
    check(&[(7, 2), (7, 2)], &[(7, 1, 3, 0)], Err(vec![(2, 1)]));
}

#[test]
fn beyond_what_lies_there_only_when_that_does_not_do() {
    check(
        &[(7, 2)],
        &[(7, 1, 0, 99), (7, 2, 2, 99)],
        Ok(vec![(1, 2, 2)]),
    );
    check(
        &[(7, 3)],
        &[(7, 1, 0, 99), (7, 2, 2, 99)],
        Ok(vec![(1, 1, 3)]),
    );
    // A backorder that is owed already leaves less.
    check(&[(7, 1)], &[(7, 1, -99, 99)], Err(vec![(1, 0)]));
    check(
        &[(7, 3), (8, 1)],
        &[(7, 1, 0, 99), (8, 1, 0, 0)],
        Err(vec![(2, 0)]),
    );
}

proptest! {
    #[test]
    fn shares_make_up_the_lines_and_no_level_gives_more_than_it_has(
        lines in prop::collection::vec((1_u128..4, 1_i64..9), 1..5),
        levels in prop::collection::hash_map((1_u128..4, 1_u128..4), (-2_i64..12, 0_i64..6), 0..9),
    ) {
        let flat: Vec<_> = levels
            .iter()
            .map(|((variant, place), (free, beyond))| (*variant, *place, *free, *beyond))
            .collect();
        let has = |variant: u128| -> i64 {
            let of = flat.iter().filter(|level| level.0 == variant);
            of.map(|level| (level.2 + level.3).max(0)).sum()
        };
        match chosen(&lines, &flat) {
            Ok(shares) => {
                let of = |line: i64| -> i64 {
                    shares.iter().filter(|share| share.0 == line).map(|share| share.2).sum()
                };
                for ((_, quantity), line) in lines.iter().zip(1..) {
                    prop_assert_eq!(of(line), *quantity);
                }
                for ((variant, place), (free, beyond)) in &levels {
                    let given: i64 = shares
                        .iter()
                        .filter(|share| share.1 == *place)
                        .filter(|share| lines[usize::try_from(share.0 - 1).unwrap()].0 == *variant)
                        .map(|share| share.2)
                        .sum();
                    prop_assert!(given <= (free + beyond).max(0));
                }
            }
            Err(shorts) => {
                prop_assert!(!shorts.is_empty());
                let too_much = lines.iter().any(|(variant, _)| {
                    let wanted: i64 = lines.iter().filter(|l| l.0 == *variant).map(|l| l.1).sum();
                    wanted > has(*variant)
                });
                prop_assert!(too_much, "short although there is enough");
            }
        }
    }
}
