//! `location.create`: adds a place that holds stock. The first one is the default.

use entity::id::LocationId;
use entity::locations::{Kind, Model};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::inventory::refusal::Refusal;
use crate::domain::inventory::store::locations;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::{Country, ShortCode};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// A new location.
#[derive(Debug, Serialize)]
pub struct LocationCreate {
    /// Unique.
    pub code: ShortCode,
    /// What people call it.
    pub name: String,
    /// What sort of place.
    pub kind: Kind,
    /// Where it is.
    pub country: Country,
    /// Whether it is meant when none is named.
    pub is_default: bool,
}

/// The location that was created.
#[derive(Debug, Serialize, Deserialize)]
pub struct LocationCreated {
    /// Its id.
    pub location: LocationId,
}

impl Command for LocationCreate {
    const NAME: &'static str = "location.create";
    const PERMISSION: Permission = Permission::LocationManage;
    type Prepared = NothingPrepared;
    type Output = LocationCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<LocationCreated, Stop> {
        let known = locations::lock_all(w).await?;
        if known.iter().any(|row| row.code == self.code.as_str()) {
            return Err(Refusal::CodeTaken.into());
        }
        if known.len() >= locations::MAX {
            return Err(Refusal::TooManyLocations.into());
        }
        let id: LocationId = w.id();
        let is_default = self.is_default || !known.iter().any(|row| row.is_default);
        let row = Model {
            id,
            code: self.code.to_string(),
            name: self.name.clone(),
            kind: self.kind,
            country: self.country.to_string(),
            active: true,
            is_default,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        };
        if !locations::add(w, row).await? {
            return Err(Refusal::CodeTaken.into());
        }
        if is_default {
            locations::only_default(w, id).await?;
        }
        let changes = json!({ "code": self.code, "kind": self.kind, "isDefault": is_default });
        w.audit(Entry::new("location", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "location": id });
        w.emit(Event::new("location", id.uuid(), "location.created", data));
        Ok(LocationCreated { location: id })
    }
}
