//! `rialto migrate`: brings the database up to date, or tells how it stands.

use migration::Migrator;
use sea_orm_migration::MigratorTrait;

use super::exit::{Exit, Failure, told};
use super::open::{open, require_ready};
use super::out::say;
use crate::app::Fitness;
use crate::config::Loaded;

/// Bring the database up to date, or show how it stands.
///
/// `up` applies the migrations that are missing, then makes the transition rules in the database
/// those of this program. Running it again changes nothing. Migrations only go forward: to undo
/// one, write another.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Clone, Copy, Debug, clap::Subcommand)]
enum Verb {
    /// Apply what is missing and sync the transition rules.
    Up,
    /// List the migrations; exit code 3 if the database is not up to date.
    Status,
}

/// Carries it out.
pub async fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let app = open(&loaded.settings).await?;
    let before = app.fitness().await.map_err(Failure::from)?;
    match args.verb {
        Verb::Up => {
            if let Fitness::Ahead(_) = before {
                require_ready(&before)?;
            }
            app.migrate()
                .await
                .map_err(|fault| Failure::new(Exit::Fault, told(&fault)))?;
            say!("{}", summary(&before));
            Ok(Exit::Done)
        }
        Verb::Status => {
            list(&before);
            require_ready(&before)?;
            say!("up to date");
            Ok(Exit::Done)
        }
    }
}

fn summary(before: &Fitness) -> String {
    match before {
        Fitness::Ready | Fitness::Ahead(_) => "nothing to do".to_owned(),
        Fitness::Empty => format!("applied {} migrations", Migrator::migrations().len()),
        Fitness::Behind(missing) => format!("applied {} migrations", missing.len()),
        Fitness::RulesDiffer => "synced the transition rules".to_owned(),
    }
}

fn list(fitness: &Fitness) {
    for migration in Migrator::migrations() {
        let applied = match fitness {
            Fitness::Ready | Fitness::Ahead(_) | Fitness::RulesDiffer => true,
            Fitness::Empty => false,
            Fitness::Behind(missing) => !missing.iter().any(|name| name == migration.name()),
        };
        let word = if applied { "applied" } else { "missing" };
        say!("{word}  {}", migration.name());
    }
    if let Fitness::Ahead(unknown) = fitness {
        for name in unknown {
            say!("unknown  {name}");
        }
    }
}
