//! `tax_rate.set`: what a class of goods is taxed at a place, from now on.
//!
//! Orders keep the rates they were placed with; open carts are taxed anew.

use entity::id::{TaxClassId, TaxRateId};
use entity::tax_rates::Model;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::tax::refusal::Refusal;
use crate::domain::tax::store;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::rate::Rate;
use crate::kernel::text::Country;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The rate of a class at a place; one that is there is replaced.
#[derive(Debug, Serialize)]
pub struct TaxRateSet {
    /// The class of goods.
    pub class: TaxClassId,
    /// The country.
    pub country: Country,
    /// The region within it, in capitals; empty for all of it.
    pub region: String,
    /// What an invoice calls the tax.
    pub name: String,
    /// The rate.
    pub rate: Rate,
    /// The version the present rate was read at; 0 where there was none.
    pub expected_version: Option<i64>,
}

/// The rate that was set.
#[derive(Debug, Serialize, Deserialize)]
pub struct TaxRateWasSet {
    /// Its id.
    pub rate: TaxRateId,
}

impl Command for TaxRateSet {
    const NAME: &'static str = "tax_rate.set";
    const PERMISSION: Permission = Permission::TaxManage;
    type Prepared = NothingPrepared;
    type Output = TaxRateWasSet;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<TaxRateWasSet, Stop> {
        // The class is locked, so that two who set its rate at one place go one after the other.
        if !store::lock_class(w, self.class).await? {
            return Err(Refusal::UnknownClass.into());
        }
        let country = self.country.as_str();
        let there = store::at(w.read(), self.class, country, &self.region).await?;
        let current = there.as_ref().map_or(0, |row| row.version);
        if self.expected_version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current }.into());
        }
        let before = there.as_ref().map(|row| row.rate_ppm);
        let row = self.row(there, w);
        let id = row.id;
        if before.is_some() {
            store::change(w, &row).await?;
        } else {
            store::add(w, row).await?;
        }
        let changes = json!({
            "taxClass": self.class, "country": self.country, "region": self.region,
            "ratePpm": self.rate.ppm(), "wasPpm": before,
        });
        w.audit(Entry::new("tax_rate", id.uuid(), Self::NAME).changes(changes.clone()));
        w.emit(Event::new("tax_rate", id.uuid(), "tax_rate.set", changes));
        Ok(TaxRateWasSet { rate: id })
    }
}

impl TaxRateSet {
    fn row(&self, there: Option<Model>, w: &Write) -> Model {
        let (id, version, created_at) = there.map_or_else(
            || (w.id(), 1, w.now()),
            |row| (row.id, row.version, row.created_at),
        );
        Model {
            id,
            tax_class_id: self.class,
            country: self.country.to_string(),
            region: self.region.clone(),
            name: self.name.clone(),
            rate_ppm: self.rate.ppm(),
            version,
            created_at,
            updated_at: w.now(),
        }
    }
}
