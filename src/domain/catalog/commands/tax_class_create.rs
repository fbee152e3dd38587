//! `tax_class.create`: names a class of goods that are taxed alike.

use entity::id::TaxClassId;
use entity::tax_classes::Model;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store::tax_classes;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::text::{ShortCode, Title};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// A new tax class.
#[derive(Debug, Serialize)]
pub struct TaxClassCreate {
    /// Unique code.
    pub code: ShortCode,
    /// Name for people.
    pub name: Title,
    /// Whether products that name no class get it.
    pub is_default: bool,
}

/// The class that was created.
#[derive(Debug, Serialize, Deserialize)]
pub struct TaxClassCreated {
    /// Its id.
    pub tax_class: TaxClassId,
}

impl Command for TaxClassCreate {
    const NAME: &'static str = "tax_class.create";
    const PERMISSION: Permission = Permission::TaxManage;
    type Prepared = NothingPrepared;
    type Output = TaxClassCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<TaxClassCreated, Stop> {
        if tax_classes::by_code(w.read(), self.code.as_str())
            .await?
            .is_some()
        {
            return Err(Refusal::Taken("code").at("input.code").into());
        }
        if self.is_default {
            tax_classes::clear_default(w).await?;
        }
        let id: TaxClassId = w.id();
        let row = Model {
            id,
            code: self.code.to_string(),
            name: self.name.to_string(),
            is_default: self.is_default,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        };
        tax_classes::add(w, row).await?;
        let changes = json!({ "code": self.code, "isDefault": self.is_default });
        w.audit(Entry::new("tax_class", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "taxClass": id });
        w.emit(Event::new(
            "tax_class",
            id.uuid(),
            "tax_class.created",
            data,
        ));
        Ok(TaxClassCreated { tax_class: id })
    }
}
