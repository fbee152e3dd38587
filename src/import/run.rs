//! Hands products to the door, some hundreds at a time.

use entity::id::LocationId;

use crate::domain::pricing::commands::CatalogImport;
use crate::domain::pricing::import_plan::{
    ImportPlan, ImportedProduct, Outcome, PRODUCTS_MAX, PlannedProduct,
};
use crate::kernel::caller::Caller;
use crate::kernel::error::Stop;
use crate::write::Door;

/// Variants of one command, so that a transaction stays short whatever the products are like.
const VARIANTS_MAX: usize = 2_000;

/// Whether an import is carried out or only tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For good.
    Carry,
    /// Everything is rolled back; what is told is what would happen.
    Try,
}

/// How many products became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New.
    pub created: u64,
    /// Brought up to date.
    pub updated: u64,
    /// As they were.
    pub unchanged: u64,
    /// Refused.
    pub refused: u64,
}

/// Products that make a difference to how the database plans.
const MANY: u64 = 100;

impl Tally {
    /// Counts one product.
    pub fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Created(_) => self.created += 1,
            Outcome::Updated(..) => self.updated += 1,
            Outcome::Unchanged(_) => self.unchanged += 1,
            Outcome::Refused(_) => self.refused += 1,
        }
    }

    fn written(self) -> u64 {
        self.created + self.updated
    }
}

/// Imports `products` in their order, one command a batch; `told` hears of each batch. What has
/// been carried out stays, whatever comes after; doing it again brings the rest.
pub async fn import(
    door: &Door,
    location: LocationId,
    products: impl IntoIterator<Item = PlannedProduct>,
    mode: Mode,
    mut told: impl FnMut(&[ImportedProduct]),
) -> Result<Tally, Stop> {
    let (mut tally, mut counted) = (Tally::default(), 0);
    let mut products = products.into_iter().peekable();
    while products.peek().is_some() {
        let mut batch = Vec::new();
        let mut variants = 0;
        while let Some(next) = products.next_if(|next| {
            let fits = variants + next.variants.len() <= VARIANTS_MAX;
            batch.is_empty() || (batch.len() < PRODUCTS_MAX && fits)
        }) {
            variants += next.variants.len();
            batch.push(next);
        }
        let plan = ImportPlan {
            location,
            products: batch,
        };
        let done = carry(door, plan, mode).await?;
        for one in &done {
            tally.count(&one.outcome);
        }
        told(&done);
        // After the first batch, so that the others are quick, and when all is there.
        let due = counted == 0 || products.peek().is_none();
        if due && mode == Mode::Carry && tally.written() >= counted + MANY {
            door.recount().await?;
            counted = tally.written();
        }
    }
    Ok(tally)
}

async fn carry(door: &Door, plan: ImportPlan, mode: Mode) -> Result<Vec<ImportedProduct>, Stop> {
    let caller = Caller::system("import");
    let command = CatalogImport { plan };
    let done = match mode {
        Mode::Carry => door.execute(&caller, None, command).await?,
        Mode::Try => {
            let trial = door.dry_run().await?;
            trial.door.execute(&caller, None, command).await?
        }
    };
    Ok(done.output.products)
}
