//! Samples of accounts, sessions, keys and customers.

use chrono::TimeDelta;
use entity::accounts;
use entity::id::AccountId;
use rialto::domain::access::Access;
use rialto::domain::access::commands::sign_in::SignedIn;
use rialto::domain::access::commands::{
    CreateStaff, Disable, EndSession, EnsureKey, RefreshSession, RotateKey, SignIn,
};
use rialto::domain::access::grant::Grant;
use rialto::domain::access::password::Password;
use rialto::domain::customer::commands::{
    AddAddress, RemoveAddress, SignUp, Update, UpdateAddress,
};
use rialto::domain::customer::profile::{Change, ProfileChange};
use rialto::kernel::address::Address;
use rialto::kernel::caller::{Actor, Caller};
use rialto::kernel::permission::Role;
use rialto::kernel::secret::SecretHash;
use rialto::kernel::text::Email;

use super::sample::{Sample, staff};
use super::world::{World, address};
use crate::harness::people::PASSWORD;

/// All of them.
pub async fn samples(world: &World) -> Vec<Sample> {
    let mut samples = accounts(world).await;
    samples.extend(sessions(world).await);
    samples.extend(keys(world));
    samples.extend(customers(world).await);
    samples
}

fn password() -> Password {
    Password::chosen(PASSWORD).expect("a password")
}

fn profile() -> ProfileChange {
    ProfileChange {
        first_name: Change::Set("Ada".to_owned()),
        ..ProfileChange::default()
    }
}

async fn accounts(world: &World) -> Vec<Sample> {
    let admin = staff(Role::Admin);
    let (account, _) = world.hired().await;
    let access = world.shop.app.access.clone();
    let mine = access.clone();
    vec![
        Sample::of(&admin, move || CreateStaff {
            email: Email::parse("walk@shop.example").expect("an email"),
            display_name: "Walk".to_owned(),
            role: accounts::Role::Support,
            password: password(),
            access: access.clone(),
        }),
        Sample::of(&admin, move || Disable {
            account,
            reason: Some("walked".to_owned()),
            expected_version: None,
        }),
        Sample::of(&staff(Role::Guest), move || SignUp {
            email: Email::parse("walk@example.com").expect("an email"),
            profile: profile(),
            password: password(),
            access: mine.clone(),
        }),
    ]
}

fn sign_in(access: &Access, email: &str) -> SignIn {
    SignIn {
        email: Email::parse(email).expect("an email"),
        password: password(),
        access: access.clone(),
    }
}

async fn signed_in(world: &World) -> (AccountId, Grant) {
    let (account, email) = world.hired().await;
    let command = sign_in(&world.shop.app.access, &email);
    match world.does(&staff(Role::Guest), command).await {
        SignedIn::Entered(grant) => (account, grant),
        SignedIn::Refused(refusal) => panic!("{refusal:?}"),
    }
}

async fn sessions(world: &World) -> Vec<Sample> {
    let access = world.shop.app.access.clone();
    let guest = staff(Role::Guest);
    let (_, email) = world.hired().await;
    let (_, wrong) = world.hired().await;
    let (account, ending) = signed_in(world).await;
    let (_, grant) = signed_in(world).await;
    let token = grant.refresh_token(world.shop.app.door.secret_key());
    let token = SecretHash::of(&token);
    let leaver = Caller {
        actor: Actor::Staff(account),
        role: Role::Support,
        session: Some(ending.session),
        ..Caller::guest("walk")
    };
    let (right, refresh) = (access.clone(), access.clone());
    vec![
        Sample::of(&guest, move || sign_in(&right, &email)),
        Sample::of(&guest, move || SignIn {
            password: Password::presented("not the password").expect("a password"),
            ..sign_in(&access, &wrong)
        }),
        Sample::of(&guest, move || RefreshSession {
            token: token.clone(),
            access: refresh.clone(),
        }),
        Sample::of(&leaver, || EndSession { everywhere: false }),
    ]
}

/// Where keys last no time at all, one is always due.
fn keys(world: &World) -> Vec<Sample> {
    let mut impatient = world.shop.app.access.clone();
    impatient.settings.lifetimes.signing_key = TimeDelta::zero();
    let access = world.shop.app.access.clone();
    vec![
        Sample::of(&staff(Role::System), move || EnsureKey {
            access: impatient.clone(),
        }),
        Sample::of(&staff(Role::Admin), move || RotateKey {
            compromised: true,
            access: access.clone(),
        }),
    ]
}

async fn customers(world: &World) -> Vec<Sample> {
    let customer = world.customer().await;
    let add = || AddAddress {
        address: address(),
        make_default: true,
    };
    let changed = world.does(&customer, add()).await.address;
    let removed = world.does(&customer, add()).await.address;
    vec![
        Sample::of(&customer, add),
        Sample::of(&customer, move || UpdateAddress {
            address: changed,
            replacement: Some(Address {
                city: "Potsdam".to_owned(),
                ..address()
            }),
            make_default: true,
            expected_version: None,
        }),
        Sample::of(&customer, move || RemoveAddress {
            address: removed,
            expected_version: None,
        }),
        Sample::of(&customer, || Update {
            change: profile_renamed(),
            expected_version: None,
        }),
    ]
}

fn profile_renamed() -> ProfileChange {
    ProfileChange {
        last_name: Change::Set("Lovelace".to_owned()),
        ..ProfileChange::default()
    }
}
