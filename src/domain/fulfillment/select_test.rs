//! Tables of selecting.

use uuid::Uuid;

use super::*;

fn place(number: u128) -> LocationId {
    LocationId::from_uuid(Uuid::from_u128(number))
}

fn id(number: u128) -> OrderLineId {
    OrderLineId::from_uuid(Uuid::from_u128(number))
}

/// A line that is counted, with pieces promised at places.
fn counted(number: u128, left: i64, free: &[(u128, i64)]) -> Line {
    Line {
        id: id(number),
        line_no: i64::try_from(number).unwrap(),
        left,
        counted: true,
        free: free
            .iter()
            .map(|(at, pieces)| (place(*at), *pieces))
            .collect(),
    }
}

/// A line that nobody counts.
fn uncounted(number: u128, left: i64) -> Line {
    Line {
        counted: false,
        ..counted(number, left, &[])
    }
}

/// The place and (line, pieces) that are selected.
type Selected = Result<(u128, Vec<(u128, i64)>), Refusal>;

fn selected(lines: &[Line], asked: Option<&[(u128, i64)]>, at: Option<u128>) -> Selected {
    let asked: Option<Vec<Asked>> = asked.map(|asked| {
        let one = |(line, quantity): &(u128, i64)| Asked {
            line: id(*line),
            quantity: *quantity,
        };
        asked.iter().map(one).collect()
    });
    let places = [place(1), place(2)];
    let selection = select(lines, asked.as_deref(), at.map(place), &places)?;
    let lines = selection
        .lines
        .iter()
        .map(|one| (one.line.uuid().as_u128(), one.quantity));
    Ok((selection.location.uuid().as_u128(), lines.collect()))
}

#[test]
fn all_that_is_left_goes_from_where_most_is() {
    let lines = [
        counted(1, 5, &[(1, 2), (2, 3)]),
        counted(2, 1, &[(2, 1)]),
        uncounted(3, 4),
    ];
    assert_eq!(
        selected(&lines, None, None),
        Ok((2, vec![(1, 3), (2, 1), (3, 4)]))
    );
    assert_eq!(
        selected(&lines, None, Some(1)),
        Ok((1, vec![(1, 2), (3, 4)]))
    );
}

#[test]
fn what_nobody_counts_goes_from_the_preferred_place() {
    assert_eq!(
        selected(&[uncounted(1, 2)], None, None),
        Ok((1, vec![(1, 2)]))
    );
}

#[test]
fn what_was_asked_for_is_selected_and_nothing_else() {
    let lines = [counted(1, 5, &[(1, 5)]), uncounted(2, 4)];
    assert_eq!(
        selected(&lines, Some(&[(1, 2)]), None),
        Ok((1, vec![(1, 2)]))
    );
    assert_eq!(
        selected(&lines, Some(&[(2, 4), (1, 5)]), Some(1)),
        Ok((1, vec![(1, 5), (2, 4)]))
    );
}

/// What is asked for, from where, and why not.
type Row<'a> = (Option<&'a [(u128, i64)]>, Option<u128>, Refusal);

#[test]
fn what_cannot_be_is_refused() {
    let lines = [counted(1, 5, &[(1, 2), (2, 3)]), uncounted(2, 0)];
    let table: [Row; 6] = [
        (Some(&[(9, 1)]), None, Refusal::UnknownLine { index: 0 }),
        (
            Some(&[(1, 1), (1, 1)]),
            None,
            Refusal::LineTwice { index: 1 },
        ),
        (
            Some(&[(1, 6)]),
            None,
            Refusal::TooMany { index: 0, left: 5 },
        ),
        (
            Some(&[(1, 5)]),
            None,
            Refusal::NotThere {
                line: id(1),
                left: 3,
            },
        ),
        (None, Some(7), Refusal::NothingLeft),
        (Some(&[]), None, Refusal::NothingLeft),
    ];
    for (asked, at, refusal) in table {
        assert_eq!(
            selected(&lines, asked, at),
            Err(refusal),
            "{asked:?} {at:?}"
        );
    }
    assert_eq!(
        selected(&[counted(1, 0, &[])], None, None),
        Err(Refusal::NothingLeft)
    );
    assert_eq!(select(&lines, None, None, &[]), Err(Refusal::NoLocation));
}
