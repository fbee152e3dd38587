//! `rialto token`: a token for the API, for developers.

use std::time::Duration;

use chrono::TimeDelta;
use entity::accounts::{Model, State};
use entity::id::AccountId;

use super::exit::{Exit, Failure};
use super::open::open_ready;
use super::out::say;
use super::schema;
use crate::config::Loaded;
use crate::db::Reader;
use crate::domain::access::role;
use crate::domain::access::store::accounts;
use crate::domain::access::{Access, Bearer};
use crate::import::demo::PEOPLE;
use crate::kernel::permission::Role;
use crate::kernel::text::Email;

/// Mint an access token, for developers.
///
/// Prints the token alone, so that it can stand in a command:
///
///   curl -H "Authorization: Bearer $(rialto token --role admin)" …
///
/// It speaks for an account: the one that `--email` names, or the demo's of that role. It cannot be
/// taken back before it ends.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// In which role: shopper, merchandiser, support, warehouse, finance, admin.
    #[arg(long, value_parser = schema::role)]
    role: Option<Role>,
    /// For which account, customer or staff.
    #[arg(
        long,
        visible_alias = "customer",
        value_name = "EMAIL",
        required_unless_present = "role"
    )]
    email: Option<String>,
    /// How long it holds: 90s, 15m, 1h, 7d.
    #[arg(long, default_value = "1h", value_parser = lifetime)]
    ttl: TimeDelta,
}

/// Prints it.
pub async fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let app = open_ready(&loaded.settings).await?;
    let read = app.door.reader();
    let account = account(args, &read).await?;
    app.ensure_key().await.map_err(Failure::from)?;
    let mut settings = app.access.settings.clone();
    settings.lifetimes.access = args.ttl;
    let access = Access::new(settings, app.door.secret_key().clone());
    let bearer = Bearer {
        account: account.0,
        role: account.1,
        session: None,
    };
    let real = app.door.clock().real();
    let token = access.tokens.mint(&read, &bearer, real).await;
    say!("{}", token.map_err(Failure::from)?.text);
    Ok(Exit::Done)
}

async fn account(args: &Args, read: &Reader) -> Result<(AccountId, Role), Failure> {
    let usage = |text: String| Failure::new(Exit::Usage, text);
    let demo = |role: Role| PEOPLE.iter().find(|person| person.role == role);
    let email = match (&args.email, args.role) {
        (Some(email), _) => email.as_str(),
        (None, Some(role)) => demo(role)
            .map(|person| person.email)
            .ok_or_else(|| usage(format!("a {} needs no token", role.as_str())))?,
        (None, None) => return Err(usage("give --role or --email".to_owned())),
    };
    let parsed = Email::parse(email).map_err(|error| usage(format!("--email {error}")))?;
    let found: Option<Model> = accounts::by_email(read, &parsed).await?;
    let found = found.ok_or_else(|| {
        usage(format!(
            "there is no account {email}: `rialto seed` makes the demo's, or name one by --email"
        ))
    })?;
    if found.state != State::Active {
        return Err(usage(format!("the account {email} is disabled")));
    }
    let has = role::of(found.role);
    if args.role.is_some_and(|asked| asked != has) {
        return Err(usage(format!("{email} has the role {}", has.as_str())));
    }
    Ok((found.id, has))
}

/// A number with `s`, `m`, `h` or `d`.
fn lifetime(text: &str) -> Result<TimeDelta, String> {
    let bad = || "write a number with s, m, h or d, at most 366d".to_owned();
    let unit = text.chars().last().ok_or_else(bad)?;
    let number: u64 = text.trim_end_matches(unit).parse().map_err(|_| bad())?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(bad()),
    };
    let lifetime = Duration::from_secs(number.checked_mul(seconds).ok_or_else(bad)?);
    if lifetime.is_zero() || lifetime > Duration::from_hours(366 * 24) {
        return Err(bad());
    }
    TimeDelta::from_std(lifetime).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_number_with_a_unit() {
        assert_eq!(lifetime("90s"), Ok(TimeDelta::seconds(90)));
        assert_eq!(lifetime("7d"), Ok(TimeDelta::days(7)));
        for text in [
            "",
            "h",
            "0s",
            "-1h",
            "1w",
            "400d",
            "99999999999999999999d",
            "1.5h",
            "é",
        ] {
            assert!(lifetime(text).is_err(), "{text}");
        }
    }
}
