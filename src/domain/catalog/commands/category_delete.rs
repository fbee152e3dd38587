//! `category.delete`: removes a category that nothing belongs to.

use entity::id::CategoryId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::catalog::refusal::{Refusal, check_version};
use crate::domain::catalog::store::{categories, tree};
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Which one.
#[derive(Debug, Serialize)]
pub struct CategoryDelete {
    /// The category.
    pub category: CategoryId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
}

/// The category that was deleted.
#[derive(Debug, Serialize, Deserialize)]
pub struct CategoryDeleted {
    /// Its id.
    pub category: CategoryId,
}

impl Command for CategoryDelete {
    const NAME: &'static str = "category.delete";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = CategoryDeleted;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CategoryDeleted, Stop> {
        let id = self.category;
        let locked = tree::lock(w, &[id], None).await?;
        let row = locked.get(&id).ok_or(Refusal::NotFound("category"))?;
        check_version(self.expected_version, row.version)?;
        let children = categories::count(w.read(), Some(id)).await?;
        let products = categories::products_in(w.read(), id).await?;
        if children + products > 0 {
            return Err(Refusal::NotEmpty { children, products }.into());
        }
        categories::remove(w, id).await?;
        let changes = json!({ "slug": row.slug, "parent": row.parent_id });
        w.audit(Entry::new("category", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "category": id, "parent": row.parent_id });
        w.emit(Event::new("category", id.uuid(), "category.deleted", data));
        Ok(CategoryDeleted { category: id })
    }
}
