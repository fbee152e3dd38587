//! One account for every role that can sign in.

use entity::accounts::Role as AccountRole;
use entity::id::CustomerId;

use super::{ask, good, seeder};
use crate::domain::access::Access;
use crate::domain::access::commands::CreateStaff;
use crate::domain::access::password::Password;
use crate::domain::access::store::accounts;
use crate::domain::customer::commands::{AddAddress, SignUp};
use crate::domain::customer::profile::{Change, ProfileChange};
use crate::kernel::address::{Address, AddressText};
use crate::kernel::caller::{Actor, Caller};
use crate::kernel::error::Stop;
use crate::kernel::permission::Role;
use crate::kernel::text::Email;
use crate::write::Door;

/// The password of all of them.
pub const PASSWORD: &str = "rialto-demo";

/// Somebody who works or buys in the demo shop.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// What they may do.
    pub role: Role,
    /// What they sign in with.
    pub email: &'static str,
    name: &'static str,
    account: AccountRole,
}

/// All of them.
pub const PEOPLE: &[Person] = &[
    person(
        Role::Shopper,
        "shopper@demo.rialto.shop",
        "Ada",
        AccountRole::Shopper,
    ),
    person(
        Role::Merchandiser,
        "merchandiser@demo.rialto.shop",
        "Mara",
        AccountRole::Merchandiser,
    ),
    person(
        Role::Support,
        "support@demo.rialto.shop",
        "Sven",
        AccountRole::Support,
    ),
    person(
        Role::Warehouse,
        "warehouse@demo.rialto.shop",
        "Wim",
        AccountRole::Warehouse,
    ),
    person(
        Role::Finance,
        "finance@demo.rialto.shop",
        "Fatou",
        AccountRole::Finance,
    ),
    person(
        Role::Admin,
        "admin@demo.rialto.shop",
        "Alex",
        AccountRole::Admin,
    ),
];

const fn person(
    role: Role,
    email: &'static str,
    name: &'static str,
    account: AccountRole,
) -> Person {
    Person {
        role,
        email,
        name,
        account,
    }
}

/// Opens the accounts that are not there yet.
pub(super) async fn invite(door: &Door, access: &Access) -> Result<(), Stop> {
    for person in PEOPLE {
        let email = good("email", Email::parse(person.email))?;
        if accounts::by_email(&door.reader(), &email).await?.is_some() {
            continue;
        }
        let password = good("password", Password::chosen(PASSWORD))?;
        if person.role == Role::Shopper {
            let customer = sign_up(door, access, person, email, password).await?;
            add_address(door, customer, person).await?;
        } else {
            let staff = CreateStaff {
                email,
                display_name: person.name.to_owned(),
                role: person.account,
                password,
                access: access.clone(),
            };
            ask(door, staff).await?;
        }
    }
    Ok(())
}

async fn sign_up(
    door: &Door,
    access: &Access,
    person: &Person,
    email: Email,
    password: Password,
) -> Result<CustomerId, Stop> {
    let sign_up = SignUp {
        email,
        profile: ProfileChange::read(ProfileChange {
            first_name: Change::Set(person.name.to_owned()),
            last_name: Change::Set("Demo".to_owned()),
            language: Change::Set("en".to_owned()),
            ..ProfileChange::default()
        })?,
        password,
        access: access.clone(),
    };
    Ok(ask(door, sign_up).await?.customer)
}

async fn add_address(door: &Door, customer: CustomerId, person: &Person) -> Result<(), Stop> {
    let caller = Caller {
        actor: Actor::Customer(customer),
        role: Role::Shopper,
        ..seeder()
    };
    let text = AddressText {
        first_name: Some(person.name.to_owned()),
        last_name: "Demo".to_owned(),
        line1: "Torstraße 12".to_owned(),
        city: "Berlin".to_owned(),
        postal_code: Some("10115".to_owned()),
        country: "DE".to_owned(),
        ..AddressText::default()
    };
    let add = AddAddress {
        address: Address::read(&text, "address")?,
        make_default: true,
    };
    door.execute(&caller, None, add).await?;
    Ok(())
}
