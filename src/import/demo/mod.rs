//! The demo shop: everything somebody needs to buy something within a minute of the first start.
//!
//! Two channels (`eu`: EUR, tax included; `us`: USD, tax added), tax classes with rates, two ways
//! to deliver in each, a location, an account for every role, and some dozens of products with
//! pictures. All of it goes through the door, and what is there already is left alone, so that a
//! seed that was cut short is finished by the next. Deliberately absent: anything that is not
//! fiction; the password of the accounts is known, so outside the sandbox nothing here is used.
//!
//! To change the goods: `goods.toml`. To change the rest: `ground` (channels to delivery),
//! `people` (accounts).

mod goods;
mod ground;
mod people;
pub mod picture;
pub mod synthetic;

use entity::id::{ChannelId, LocationId, TaxClassId};

pub use self::goods::Goods;
pub use self::people::{PASSWORD, PEOPLE, Person};
use crate::db::Reader;
use crate::domain::access::Access;
use crate::domain::catalog::store::products;
use crate::kernel::caller::{Actor, Caller};
use crate::kernel::error::{Code, Fault, Refused, Stop};
use crate::kernel::permission::Role;
use crate::write::{Command, Door};

/// What the goods stand on.
#[derive(Clone, Debug)]
pub struct Ground {
    /// EUR, tax included.
    pub eu: ChannelId,
    /// USD, tax added.
    pub us: ChannelId,
    /// Where stock lies.
    pub location: LocationId,
    /// Most goods.
    pub standard: TaxClassId,
    /// Books.
    pub reduced: TaxClassId,
}

/// Makes channels, taxes, delivery, location and accounts, as far as they are not there.
pub async fn lay(door: &Door, access: &Access) -> Result<Ground, Stop> {
    let ground = ground::lay(door).await?;
    people::invite(door, access).await?;
    Ok(ground)
}

/// Makes the categories and goods, as far as they are not there; gives how many products there are.
pub async fn stock(door: &Door, ground: &Ground) -> Result<usize, Stop> {
    let goods = Goods::read().map_err(Fault::bug)?;
    goods::stock(door, ground, &goods).await
}

/// Whether the goods have been made. They come last, all at once.
pub async fn is_stocked(read: &Reader) -> Result<bool, Fault> {
    let goods = Goods::read().map_err(Fault::bug)?;
    match goods.first() {
        Some(id) => products::external_id_taken(read, &id, None).await,
        None => Ok(true),
    }
}

/// Who seeds: the installation itself, with everything an admin may do.
fn seeder() -> Caller {
    Caller {
        actor: Actor::System("seed"),
        role: Role::Admin,
        ..Caller::system("seed")
    }
}

async fn ask<C: Command>(door: &Door, command: C) -> Result<C::Output, Stop> {
    Ok(door.execute(&seeder(), None, command).await?.output)
}

/// Fine if somebody has made it before.
fn unless_there<T>(made: Result<T, Stop>) -> Result<(), Stop> {
    match made {
        Ok(_) => Ok(()),
        Err(Stop::Refused(refused)) if refused.iter().all(is_there) => Ok(()),
        Err(stop) => Err(stop),
    }
}

fn is_there(refused: &Refused) -> bool {
    matches!(refused.code, Code::AlreadyExists | Code::VersionConflict)
}

/// A value of ours that must have the right form.
fn good<T, E: std::fmt::Display>(what: &str, parsed: Result<T, E>) -> Result<T, Stop> {
    parsed.map_err(|error| Refused::invalid(what, format!("{what}: {error}")).into())
}
