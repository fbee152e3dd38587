//! `tax_class.update`: renames a tax class, or makes it the default.

use entity::id::TaxClassId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::catalog::refusal::{Refusal, check_version};
use crate::domain::catalog::store::tax_classes;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::Title;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays.
#[derive(Debug, Serialize)]
pub struct TaxClassUpdate {
    /// Which class.
    pub tax_class: TaxClassId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// Name for people.
    pub name: Option<Title>,
    /// Makes it the class of products that name none.
    pub make_default: bool,
}

/// The class that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct TaxClassUpdated {
    /// Its id.
    pub tax_class: TaxClassId,
}

impl Command for TaxClassUpdate {
    const NAME: &'static str = "tax_class.update";
    const PERMISSION: Permission = Permission::TaxManage;
    type Prepared = NothingPrepared;
    type Output = TaxClassUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<TaxClassUpdated, Stop> {
        let row = tax_classes::lock(w, self.tax_class).await?;
        let mut row = row.ok_or(Refusal::NotFound("tax class"))?;
        check_version(self.expected_version, row.version)?;
        if self.name.is_none() && !self.make_default {
            return Err(Refusal::NothingToDo.into());
        }
        if let Some(name) = &self.name {
            row.name = name.to_string();
        }
        if self.make_default && !row.is_default {
            tax_classes::clear_default(w).await?;
            row.is_default = true;
        }
        tax_classes::change(w, &row).await?;
        let id = row.id;
        let changes = json!({ "name": row.name, "isDefault": row.is_default });
        w.audit(Entry::new("tax_class", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "taxClass": id });
        w.emit(Event::new(
            "tax_class",
            id.uuid(),
            "tax_class.updated",
            data,
        ));
        Ok(TaxClassUpdated { tax_class: id })
    }
}
