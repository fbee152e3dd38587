//! The rules of an address book: how many addresses, and which one is the default.

use entity::id::AddressId;

use super::refusal::Refusal;

/// The most addresses of a customer.
pub const MAX: usize = 50;

/// One address of the book, in the order in which they were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Which.
    pub id: AddressId,
    /// Whether a cart begins with it.
    pub is_default: bool,
}

/// Whether a new address becomes the default: if wanted so, and always if it is the first.
pub fn add(book: &[Slot], wanted: bool) -> Result<bool, Refusal> {
    if book.len() >= MAX {
        return Err(Refusal::BookFull);
    }
    Ok(wanted || book.is_empty())
}

/// Which address becomes the default when `gone` goes: the oldest that is left, if it was `gone`.
pub fn heir(book: &[Slot], gone: AddressId) -> Option<AddressId> {
    let was_default = book.iter().any(|slot| slot.id == gone && slot.is_default);
    let mut left = book.iter().filter(|slot| slot.id != gone);
    was_default
        .then(|| left.next().map(|slot| slot.id))
        .flatten()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> AddressId {
        AddressId::from_uuid(Uuid::from_u128(number))
    }

    fn book(default: u128, len: u128) -> Vec<Slot> {
        let slot = |number| Slot {
            id: id(number),
            is_default: number == default,
        };
        (1..=len).map(slot).collect()
    }

    #[test]
    fn the_first_address_is_the_default() {
        assert_eq!(add(&[], false), Ok(true));
        assert_eq!(add(&book(1, 1), false), Ok(false));
        assert_eq!(add(&book(1, 1), true), Ok(true));
        assert_eq!(add(&book(1, 50), false), Err(Refusal::BookFull));
    }

    #[test]
    fn the_oldest_address_inherits() {
        assert_eq!(heir(&book(1, 3), id(1)), Some(id(2)));
        assert_eq!(heir(&book(3, 3), id(3)), Some(id(1)));
        assert_eq!(heir(&book(3, 3), id(1)), None);
        assert_eq!(heir(&book(1, 1), id(1)), None);
    }
}
