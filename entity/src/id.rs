//! Typed ids: every row that has a name of its own is addressed by a newtype over a UUIDv7, so
//! that an order's id cannot be given where a cart's is wanted.
//!
//! In the database an id is a UUID. Outside it is text: a prefix that says what it names, `_`,
//! and the 128 bits in 26 characters of lower-case Crockford base32, as TypeID writes them
//! (`order_01j…`). The text orders as the bytes do, hence by time of creation.
//!
//! Deliberately absent: making ids. The clock and the random bits belong to the write session.

use std::fmt;
use std::str::FromStr;

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

/// What every typed id can do, for code that is generic over them.
pub trait TypedId:
    Copy + fmt::Debug + fmt::Display + Eq + Ord + std::hash::Hash + FromStr<Err = BadId>
{
    /// The word before the `_`; no two types share one.
    const PREFIX: &'static str;

    /// Names the row with this UUID; whether it exists is for the database to say.
    fn from_uuid(uuid: Uuid) -> Self;

    /// The UUID as it stands in the database.
    fn uuid(self) -> Uuid;
}

/// A text that is not an id of the wanted type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadId {
    /// The prefix that the wanted type has.
    pub expected: &'static str,
}

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not an id of the form {}_ and 26 characters of base32",
            self.expected
        )
    }
}

impl std::error::Error for BadId {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType)]
        pub struct $name(Uuid);

        impl $name {
            /// The word before the `_` of the text form.
            pub const PREFIX: &'static str = $prefix;

            /// Names the row with this UUID.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID as it stands in the database.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl TypedId for $name {
            const PREFIX: &'static str = $prefix;

            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_id(f, $prefix, self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                read_id($prefix, text).map(Self).ok_or(BadId { expected: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }

        // SeaORM asks this of every primary key, for databases that hand out numbers.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+
        /// Every prefix, for the test that no two are alike and for telling ids apart by text.
        pub const PREFIXES: &[&str] = &[$($prefix),+];
    };
}

ids! {
    /// A channel: where and in which currency one sells.
    ChannelId = "channel";
    /// An account: who can sign in.
    AccountId = "account";
    /// A session: a family of refresh tokens.
    SessionId = "session";
    /// A key that signs access tokens.
    SigningKeyId = "key";
    /// A category of the catalog's tree.
    CategoryId = "category";
    /// A product.
    ProductId = "product";
    /// A variant: what one buys and counts.
    VariantId = "variant";
    /// An option of a product ("Size").
    OptionId = "option";
    /// A value of an option ("M").
    OptionValueId = "optval";
    /// An image of a product.
    ImageId = "image";
    /// A class of goods that are taxed alike.
    TaxClassId = "taxclass";
    /// A rate of a tax class somewhere.
    TaxRateId = "taxrate";
    /// A customer; the same UUID as the account.
    CustomerId = "customer";
    /// An address in a customer's book.
    AddressId = "address";
    /// A location that holds stock.
    LocationId = "loc";
    /// A reservation of stock.
    ReservationId = "res";
    /// A movement of stock.
    MovementId = "mov";
    /// A price that is in force.
    PriceId = "price";
    /// A price as it once became valid.
    PriceHistoryId = "pricehist";
    /// A way to deliver.
    DeliveryMethodId = "method";
    /// An order.
    OrderId = "order";
    /// A line of an order.
    OrderLineId = "orderline";
    /// A cart.
    CartId = "cart";
    /// A line of a cart.
    CartLineId = "cartline";
    /// A payment of an order.
    PaymentId = "payment";
    /// One request to a payment provider.
    PaymentOperationId = "payop";
    /// A fulfillment: what leaves one location together.
    FulfillmentId = "ful";
    /// A process: work in several transactions.
    ProcessId = "proc";
    /// An entry of the audit trail.
    AuditEntryId = "audit";
    /// An event in the outbox.
    EventId = "event";
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;

/// Writes 130 bits, of which the first two are zero.
fn write_id(f: &mut fmt::Formatter<'_>, prefix: &str, uuid: Uuid) -> fmt::Result {
    let mut rest = uuid.as_u128();
    let mut text = [b'0'; LENGTH];
    for place in text.iter_mut().rev() {
        let low = rest.to_le_bytes()[0] & 31;
        *place = ALPHABET[usize::from(low)];
        rest >>= 5;
    }
    write!(
        f,
        "{prefix}_{}",
        std::str::from_utf8(&text).map_err(|_| fmt::Error)?
    )
}

/// The UUID of an id of whatever type.
pub fn of_any_type(text: &str) -> Option<Uuid> {
    let (prefix, _) = text.split_once('_')?;
    PREFIXES.contains(&prefix).then(|| read_id(prefix, text))?
}

fn read_id(prefix: &str, text: &str) -> Option<Uuid> {
    let code = text.strip_prefix(prefix)?.strip_prefix('_')?.as_bytes();
    if code.len() != LENGTH || code[0] > b'7' {
        return None;
    }
    let mut bits = 0_u128;
    for byte in code {
        let digit = ALPHABET.iter().position(|letter| letter == byte)?;
        bits = (bits << 5) | u128::try_from(digit).ok()?;
    }
    Some(Uuid::from_u128(bits))
}

#[cfg(test)]
mod tests {
    use super::{BadId, CartId, OrderId, PREFIXES, TypedId, Uuid, of_any_type};

    fn round_trip<I: TypedId>(bits: u128, code: &str) {
        let id = I::from_uuid(Uuid::from_u128(bits));
        let text = format!("{}_{code}", I::PREFIX);
        assert_eq!(id.to_string(), text);
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(id.uuid().as_u128(), bits);
    }

    #[test]
    fn an_id_reads_back_from_its_text() {
        round_trip::<OrderId>(0, "00000000000000000000000000");
        round_trip::<OrderId>(31, "0000000000000000000000000z");
        round_trip::<OrderId>(u128::MAX, "7zzzzzzzzzzzzzzzzzzzzzzzzz");
        // From the examples of the TypeID specification.
        round_trip::<CartId>(
            0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881,
            "01h2xcejqtf2nbrexx3vqjhp41",
        );
    }

    #[test]
    fn a_text_of_another_shape_is_refused() {
        let bad = Err(BadId { expected: "order" });
        for text in [
            "",
            "order",
            "order_",
            "cart_01h2xcejqtf2nbrexx3vqjhp41",
            "orders_01h2xcejqtf2nbrexx3vqjhp41",
            "order-01h2xcejqtf2nbrexx3vqjhp41",
            "order_01h2xcejqtf2nbrexx3vqjhp4",
            "order_01h2xcejqtf2nbrexx3vqjhp411",
            "order_01H2XCEJQTF2NBREXX3VQJHP41",
            "order_01h2xcejqtf2nbrexx3vqjhpu1",
            "order_01h2xcejqtf2nbrexx3vqjhp4ö",
            "order_80000000000000000000000000",
            "order_zzzzzzzzzzzzzzzzzzzzzzzzzz",
        ] {
            assert_eq!(text.parse::<OrderId>(), bad, "{text}");
        }
    }

    #[test]
    fn an_id_can_be_read_without_knowing_its_type() {
        let bits = 0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881;
        let code = "01h2xcejqtf2nbrexx3vqjhp41";
        let known = Some(Uuid::from_u128(bits));
        assert_eq!(of_any_type(&format!("cart_{code}")), known);
        assert_eq!(of_any_type(&format!("taxrate_{code}")), known);
        for text in ["", "cart", "cart_", "tarc_01h2xcejqtf2nbrexx3vqjhp41"] {
            assert_eq!(of_any_type(text), None, "{text}");
        }
    }

    #[test]
    fn no_two_types_share_a_prefix() {
        let mut prefixes = PREFIXES.to_vec();
        prefixes.sort_unstable();
        prefixes.dedup();
        assert_eq!(prefixes.len(), PREFIXES.len());
    }

    #[test]
    fn a_bad_id_says_which_prefix_it_wanted() {
        assert!(BadId { expected: "order" }.to_string().contains("order_"));
    }
}
