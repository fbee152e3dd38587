//! Every way this area says no, in order of precedence.

use crate::kernel::error::{Code, Details, Refusal as Said, Refused};

/// Why a change of the catalog is refused. The verb adds the path of the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing.
    NotFound(&'static str),
    /// It has changed since.
    Stale {
        /// Its version now.
        current: i64,
    },
    /// The product is archived and does not change.
    Archived,
    /// Another one has this value.
    Taken(&'static str),
    /// The same value stands twice in the input.
    Twice(&'static str),
    /// More than one thing can have.
    TooMany {
        /// Of what, in plural.
        what: &'static str,
        /// How many there may be.
        max: usize,
    },
    /// A product without options has one variant.
    OneVariantOnly,
    /// The variant has no value of an option.
    ValueMissing {
        /// The option.
        option: String,
    },
    /// The product has no such option.
    OptionUnknown {
        /// As asked for.
        option: String,
    },
    /// Another variant of the product has the same values.
    SameValues,
    /// A category would stand below itself.
    Circle,
    /// The tree would become too deep.
    TooDeep {
        /// Levels it may have.
        max: i64,
    },
    /// The category still has what belongs to it.
    NotEmpty {
        /// Categories below.
        children: u64,
        /// Products in it.
        products: u64,
    },
    /// The images are not those of the product, each once.
    NotItsImages,
    /// Nothing is given that could change.
    NothingToDo,
}

impl Said for Refusal {
    fn refused(&self) -> Refused {
        match self {
            Self::NotFound(what) => Refused::not_found("input.id", what),
            Self::Stale { current } => {
                Refused::new(Code::VersionConflict, "It has changed; read it again.")
                    .at("input.expectedVersion")
                    .with(Details::Version { current: *current })
            }
            Self::Archived => Refused::new(
                Code::GuardFailed,
                "The product is archived: restore it before you change it.",
            ),
            Self::Taken(what) => {
                Refused::new(Code::AlreadyExists, format!("Another one has this {what}."))
            }
            Self::Twice(what) => Refused::new(
                Code::AlreadyExists,
                format!("This {what} stands twice in the input."),
            ),
            Self::TooMany { what, max } => Refused::new(
                Code::LimitExceeded,
                format!("There may be at most {max} {what}."),
            ),
            Self::OneVariantOnly => invalid("A product without options has one variant only."),
            Self::ValueMissing { option } => invalid(format!(
                "The variant needs one value of the option \"{option}\"."
            )),
            Self::OptionUnknown { option } => {
                invalid(format!("The product has no option \"{option}\"."))
            }
            Self::SameValues => Refused::new(
                Code::AlreadyExists,
                "Another variant of the product has the same option values.",
            ),
            Self::Circle => Refused::new(
                Code::GuardFailed,
                "A category cannot be moved below itself or one of its own.",
            ),
            Self::TooDeep { max } => Refused::new(
                Code::LimitExceeded,
                format!("The tree of categories may have at most {max} levels."),
            ),
            Self::NotEmpty { children, products } => Refused::new(
                Code::InUse,
                format!("The category still has {children} categories and {products} products."),
            ),
            Self::NotItsImages => invalid("Give the ids of all images of the product, each once."),
            Self::NothingToDo => invalid("Give at least one field to change."),
        }
    }
}

/// Refuses a version that is not the current one; none is no claim.
pub fn check_version(expected: Option<i64>, current: i64) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != current => Err(Refusal::Stale { current }),
        Some(_) | None => Ok(()),
    }
}

fn invalid(message: impl Into<String>) -> Refused {
    Refused::new(Code::Validation, message)
}
