//! Which rate applies: that of the region before that of the whole country, else none.

use std::collections::HashMap;

use entity::id::TaxClassId;
use serde::{Deserialize, Serialize};

use crate::kernel::rate::Rate;

/// A rate as it stands in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The class of goods.
    pub class: TaxClassId,
    /// The region; empty for the whole country.
    pub region: String,
    /// What applies there.
    pub row: RateRow,
}

/// A rate with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateRow {
    /// What an invoice calls it.
    pub name: String,
    /// The rate.
    pub rate: Rate,
}

/// The rate of each class in `region`, out of those of one country. A class without a rate is not
/// taxed there ([`RateRow::default`]).
pub fn choose(listed: Vec<Listed>, region: &str) -> HashMap<TaxClassId, RateRow> {
    let mut chosen = HashMap::new();
    let (regional, general): (Vec<_>, Vec<_>) = listed
        .into_iter()
        .filter(|one| one.region.is_empty() || one.region.eq_ignore_ascii_case(region))
        .partition(|one| !one.region.is_empty());
    for one in general.into_iter().chain(regional) {
        chosen.insert(one.class, one.row);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(number: u128) -> TaxClassId {
        TaxClassId::from_uuid(uuid::Uuid::from_u128(number))
    }

    fn listed(class: TaxClassId, region: &str, ppm: i64) -> Listed {
        let row = RateRow {
            name: "tax".to_owned(),
            rate: Rate::from_ppm(ppm).unwrap(),
        };
        Listed {
            class,
            region: region.to_owned(),
            row,
        }
    }

    #[test]
    fn a_region_comes_before_its_country() {
        let (standard, reduced) = (class(1), class(2));
        let table = || {
            vec![
                listed(standard, "NY", 88_750),
                listed(standard, "", 0),
                listed(standard, "CA", 72_500),
                listed(reduced, "", 10_000),
            ]
        };
        for (region, wanted) in [("NY", 88_750), ("ca", 72_500), ("TX", 0), ("", 0)] {
            let chosen = choose(table(), region);
            assert_eq!(chosen[&standard].rate.ppm(), wanted, "{region}");
            assert_eq!(chosen[&reduced].rate.ppm(), 10_000);
        }
        assert!(!choose(vec![listed(standard, "NY", 1)], "").contains_key(&standard));
    }
}
