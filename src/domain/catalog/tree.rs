//! Where a category may stand: never below itself, never too deep.

use super::refusal::Refusal;

/// How many levels the tree may have.
pub const DEPTH_MAX: i64 = 10;

/// What a move is decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveFacts {
    /// Whether the new parent is the category itself or one below it.
    pub parent_is_below: bool,
    /// Depth of the new parent; none at the top.
    pub parent_depth: Option<i64>,
    /// Levels below the category: 0 for one without children.
    pub height: i64,
}

/// The depth the category gets.
pub fn place(facts: MoveFacts) -> Result<i64, Refusal> {
    if facts.parent_is_below {
        return Err(Refusal::Circle);
    }
    let depth = facts.parent_depth.map_or(0, |depth| depth + 1);
    if depth + facts.height >= DEPTH_MAX {
        return Err(Refusal::TooDeep { max: DEPTH_MAX });
    }
    Ok(depth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_stands_anywhere_but_below_itself_or_too_deep() {
        let facts = |parent_is_below, parent_depth, height| MoveFacts {
            parent_is_below,
            parent_depth,
            height,
        };
        for (given, expected) in [
            (facts(false, None, 0), Ok(0)),
            (facts(false, None, 9), Ok(0)),
            (facts(false, None, 10), Err(Refusal::TooDeep { max: 10 })),
            (facts(false, Some(8), 0), Ok(9)),
            (facts(false, Some(9), 0), Err(Refusal::TooDeep { max: 10 })),
            (facts(false, Some(4), 5), Err(Refusal::TooDeep { max: 10 })),
            (facts(true, Some(1), 0), Err(Refusal::Circle)),
            (facts(true, Some(9), 9), Err(Refusal::Circle)),
        ] {
            assert_eq!(place(given), expected, "{given:?}");
        }
    }
}
