//! Options and values: what the variants of a product differ in.
//!
//! A [`Grid`] holds the options of a product with their values, and which combinations are taken.
//! A variant is placed in it with one value of every option; values it names for the first time
//! are added.

use std::collections::HashSet;

use serde::Serialize;

use super::refusal::Refusal;
use crate::kernel::text::Title;

/// The most options a product may have.
pub const OPTIONS_MAX: usize = 5;
/// The most values an option may have.
pub const VALUES_MAX: usize = 250;
/// The most variants a product may have.
pub const VARIANTS_MAX: usize = 250;
/// What the only variant of a product without options is called.
pub const ONLY_VARIANT: &str = "Default";

/// An option of a new product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewOption {
    /// Such as "Size".
    pub name: Title,
    /// Its values in their order; those that variants name are added.
    pub values: Vec<Title>,
}

/// One value of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The option's name.
    pub option: Title,
    /// The value.
    pub value: Title,
}

/// An option with its values, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The option's name.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
}

/// The options of a product and the combinations that its variants have.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    axes: Vec<Axis>,
    taken: HashSet<Vec<usize>>,
}

impl Grid {
    /// The options of a new product; a refusal comes with its place: option, and value in it.
    pub fn declared(options: &[NewOption]) -> Result<Self, (Refusal, String)> {
        if options.len() > OPTIONS_MAX {
            return Err((too_many("options", OPTIONS_MAX), "options".to_owned()));
        }
        let mut axes: Vec<Axis> = Vec::with_capacity(options.len());
        for (at, option) in options.iter().enumerate() {
            let name = option.name.as_str();
            if axes.iter().any(|axis| axis.name == name) {
                return Err((Refusal::Twice("option"), format!("options.{at}.name")));
            }
            if option.values.len() > VALUES_MAX {
                let place = format!("options.{at}.values");
                return Err((too_many("values", VALUES_MAX), place));
            }
            let mut values: Vec<String> = Vec::with_capacity(option.values.len());
            for (nth, value) in option.values.iter().enumerate() {
                if values.iter().any(|known| known == value.as_str()) {
                    let place = format!("options.{at}.values.{nth}");
                    return Err((Refusal::Twice("value"), place));
                }
                values.push(value.to_string());
            }
            axes.push(Axis {
                name: name.to_owned(),
                values,
            });
        }
        Ok(Self {
            axes,
            taken: HashSet::new(),
        })
    }

    /// The options of a product as it is, with the combinations of its variants.
    pub fn existing(axes: Vec<Axis>, taken: HashSet<Vec<usize>>) -> Self {
        Self { axes, taken }
    }

    /// The options.
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// Where a variant with these values, in the order of the options, would stand; none where a
    /// value is new.
    pub fn find(&self, values: &[&str]) -> Option<Vec<usize>> {
        if values.len() != self.axes.len() {
            return None;
        }
        let at = |(axis, value): (&Axis, &&str)| axis.values.iter().position(|one| one == value);
        self.axes.iter().zip(values).map(at).collect()
    }

    /// Frees a place, because its variant gets other values.
    pub fn vacate(&mut self, place: &[usize]) {
        self.taken.remove(place);
    }

    /// Places a variant: the place of its value in each option.
    pub fn place(&mut self, choices: &[Choice]) -> Result<Vec<usize>, Refusal> {
        let known = |choice: &&Choice| {
            !self
                .axes
                .iter()
                .any(|axis| axis.name == choice.option.as_str())
        };
        if let Some(choice) = choices.iter().find(known) {
            let option = choice.option.to_string();
            return Err(Refusal::OptionUnknown { option });
        }
        let mut values = Vec::with_capacity(self.axes.len());
        for axis in &self.axes {
            let mut of_axis = choices
                .iter()
                .filter(|one| one.option.as_str() == axis.name);
            match (of_axis.next(), of_axis.next()) {
                (Some(choice), None) => values.push(choice.value.as_str()),
                (None, _) => {
                    let option = axis.name.clone();
                    return Err(Refusal::ValueMissing { option });
                }
                (Some(_), Some(_)) => return Err(Refusal::Twice("option")),
            }
        }
        self.place_values(&values)
    }

    /// Places a variant by its values in the order of the options.
    pub fn place_values(&mut self, values: &[&str]) -> Result<Vec<usize>, Refusal> {
        if values.len() != self.axes.len() {
            let missing = self.axes.get(values.len()).map(|axis| axis.name.clone());
            let option = missing.unwrap_or_default();
            return Err(Refusal::ValueMissing { option });
        }
        if self.taken.len() >= VARIANTS_MAX {
            return Err(too_many("variants", VARIANTS_MAX));
        }
        let found = |(axis, value): (&Axis, &&str)| {
            let known = axis.values.iter().position(|one| one == value);
            known.unwrap_or(axis.values.len())
        };
        let place: Vec<usize> = self.axes.iter().zip(values).map(found).collect();
        if self.taken.contains(&place) {
            return Err(if place.is_empty() {
                Refusal::OneVariantOnly
            } else {
                Refusal::SameValues
            });
        }
        for ((axis, value), at) in self.axes.iter_mut().zip(values).zip(&place) {
            if *at == VALUES_MAX {
                return Err(too_many("values", VALUES_MAX));
            }
            if *at == axis.values.len() {
                axis.values.push((*value).to_owned());
            }
        }
        self.taken.insert(place.clone());
        Ok(place)
    }
}

/// What a variant is called: its values, or [`ONLY_VARIANT`].
pub fn title(values: &[&str]) -> String {
    if values.is_empty() {
        return ONLY_VARIANT.to_owned();
    }
    values.join(" / ")
}

fn too_many(what: &'static str, max: usize) -> Refusal {
    Refusal::TooMany { what, max }
}

#[cfg(test)]
#[path = "options_test.rs"]
mod tests;
