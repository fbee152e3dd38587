//! `category.update`: changes name, slug, text or order of a category.

use entity::categories::Model;
use entity::id::CategoryId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::catalog::refusal::{Refusal, check_version};
use crate::domain::catalog::store::categories;
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::text::{Slug, Title};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays.
#[derive(Debug, Serialize)]
pub struct CategoryUpdate {
    /// Which category.
    pub category: CategoryId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// What people call it.
    pub name: Option<Title>,
    /// Its name in an address.
    pub slug: Option<Slug>,
    /// Plain text; an empty one removes it.
    pub description: Option<String>,
    /// Order among its siblings.
    pub position: Option<i64>,
}

/// The category that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct CategoryUpdated {
    /// Its id.
    pub category: CategoryId,
}

impl Command for CategoryUpdate {
    const NAME: &'static str = "category.update";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = CategoryUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CategoryUpdated, Stop> {
        let mut locked = categories::lock(w, &[self.category]).await?;
        let mut row = locked
            .remove(&self.category)
            .ok_or(Refusal::NotFound("category"))?;
        check_version(self.expected_version, row.version)?;
        let fields = self.fields();
        if fields.is_empty() {
            return Err(Refusal::NothingToDo.into());
        }
        if let Some(slug) = &self.slug {
            let other = categories::by_slug(w.read(), slug.as_str()).await?;
            if other.is_some_and(|other| other.id != row.id) {
                return Err(Refusal::Taken("slug").at("input.slug").into());
            }
        }
        self.apply(&mut row);
        categories::change(w, &row).await?;
        let id = row.id;
        let changes = json!({ "fields": fields });
        w.audit(Entry::new("category", id.uuid(), Self::NAME).changes(changes));
        w.emit(Event::new(
            "category",
            id.uuid(),
            "category.updated",
            json!({ "category": id }),
        ));
        Ok(CategoryUpdated { category: id })
    }
}

impl CategoryUpdate {
    fn apply(&self, row: &mut Model) {
        if let Some(name) = &self.name {
            row.name = name.to_string();
        }
        if let Some(slug) = &self.slug {
            row.slug = slug.to_string();
        }
        if let Some(description) = &self.description {
            row.description = (!description.is_empty()).then(|| description.clone());
        }
        if let Some(position) = self.position {
            row.position = position;
        }
    }

    fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("name", self.name.is_some()),
            ("slug", self.slug.is_some()),
            ("description", self.description.is_some()),
            ("position", self.position.is_some()),
        ];
        given
            .into_iter()
            .filter(|(_, given)| *given)
            .map(|(field, _)| field)
            .collect()
    }
}
