//! `location.update`: changes what may change of a location.

use entity::id::LocationId;
use entity::locations::{Kind, Model};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::inventory::refusal::Refusal;
use crate::domain::inventory::store::locations;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::text::Country;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays.
#[derive(Debug, Serialize)]
pub struct LocationUpdate {
    /// Which location.
    pub location: LocationId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// What people call it.
    pub name: Option<String>,
    /// What sort of place.
    pub kind: Option<Kind>,
    /// Where it is.
    pub country: Option<Country>,
    /// Whether orders may be served from it. What was promised from it still goes out.
    pub active: Option<bool>,
    /// Makes it the default.
    pub make_default: bool,
}

/// The location that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct LocationUpdated {
    /// Its id.
    pub location: LocationId,
}

impl Command for LocationUpdate {
    const NAME: &'static str = "location.update";
    const PERMISSION: Permission = Permission::LocationManage;
    type Prepared = NothingPrepared;
    type Output = LocationUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<LocationUpdated, Stop> {
        let known = locations::lock_all(w).await?;
        let row = known.into_iter().find(|row| row.id == self.location);
        let mut row = row.ok_or_else(|| Refusal::UnknownLocation.at("input.id"))?;
        let current = row.version;
        if self.expected_version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current }.into());
        }
        self.apply(&mut row);
        if row.is_default && !row.active {
            return Err(Refusal::DefaultMustServe.into());
        }
        if self.make_default {
            locations::only_default(w, row.id).await?;
        }
        if !locations::change(w, &row).await? {
            return Err(Refusal::Stale { current }.into());
        }
        let (id, changes) = (row.id, json!({ "fields": self.fields() }));
        w.audit(Entry::new("location", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "location": id });
        w.emit(Event::new("location", id.uuid(), "location.updated", data));
        Ok(LocationUpdated { location: id })
    }
}

impl LocationUpdate {
    fn apply(&self, row: &mut Model) {
        if let Some(name) = &self.name {
            row.name.clone_from(name);
        }
        if let Some(kind) = self.kind {
            row.kind = kind;
        }
        if let Some(country) = &self.country {
            row.country = country.to_string();
        }
        if let Some(active) = self.active {
            row.active = active;
        }
        row.is_default |= self.make_default;
    }

    fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("name", self.name.is_some()),
            ("kind", self.kind.is_some()),
            ("country", self.country.is_some()),
            ("active", self.active.is_some()),
            ("isDefault", self.make_default),
        ];
        let named = given.into_iter().filter(|(_, given)| *given);
        named.map(|(field, _)| field).collect()
    }
}
