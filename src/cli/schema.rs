//! `rialto schema`: the SDL of the API.

use super::exit::{Exit, Failure};
use super::out;
use crate::app::{App, Setup};
use crate::db::Pools;
use crate::domain::access;
use crate::graphql::Api;
use crate::graphql::{self, Limits};
use crate::http::{Bounds, Lives};
use crate::kernel::error::Fault;
use crate::kernel::permission::Role;
use crate::kernel::secret::SecretKey;
use crate::process::Times;

/// Print the GraphQL schema.
///
/// The whole of it is the manual of the API, as it stands in `schema.graphql`. With `--role` it is
/// what introspection shows to that role: fields it may not use are not there.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// As this role sees it: guest, shopper, merchandiser, support, warehouse, finance, admin.
    #[arg(long, value_parser = role)]
    role: Option<Role>,
}

/// Prints it.
pub async fn run(args: &Args) -> anyhow::Result<Exit> {
    match args.role {
        None => out::write(format_args!("{}", Api::sdl())),
        Some(role) => {
            let sdl = seen_by(role).await.map_err(Failure::from)?;
            out::write(format_args!("{sdl}"));
        }
    }
    Ok(Exit::Done)
}

/// Introspection needs a house to ask, but no rows: the database is empty and in memory.
async fn seen_by(role: Role) -> Result<String, Fault> {
    let setup = Setup {
        database_url: "sqlite::memory:".to_owned(),
        pools: Pools::default(),
        secret: SecretKey::new([0; 32]),
        sandbox: true,
        limits: Limits::default(),
        graph: graphql::Settings::default(),
        lives: Lives::default(),
        bounds: Bounds::default(),
        access: access::Settings::default(),
        times: Times::default(),
        fuse: None,
    };
    let app = App::build(setup).await?;
    app.front.api.sdl_of(role).await
}

/// The role of a name.
pub fn role(name: &str) -> Result<Role, String> {
    Role::parse(name).ok_or_else(|| {
        let names: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
        format!("there is no such role; there are {}", names.join(", "))
    })
}
