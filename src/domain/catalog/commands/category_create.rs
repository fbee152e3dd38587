//! `category.create`: adds a category, at the top or below another.

use entity::categories::Model;
use entity::id::CategoryId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::catalog::draft::slug_of;
use crate::domain::catalog::refusal::Refusal;
use crate::domain::catalog::store::{categories, tree};
use crate::domain::catalog::tree::{MoveFacts, place};
use crate::kernel::error::{Refusal as _, Refused, Stop};
use crate::kernel::permission::Permission;
use crate::kernel::text::{Slug, Title};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// A new category.
#[derive(Debug, Serialize)]
pub struct CategoryCreate {
    /// What people call it.
    pub name: Title,
    /// Its name in an address; made from the name where none is given.
    pub slug: Option<Slug>,
    /// Plain text.
    pub description: Option<String>,
    /// The category above; none at the top.
    pub parent: Option<CategoryId>,
    /// Order among its siblings; last where none is given.
    pub position: Option<i64>,
}

/// The category that was created.
#[derive(Debug, Serialize, Deserialize)]
pub struct CategoryCreated {
    /// Its id.
    pub category: CategoryId,
}

impl Command for CategoryCreate {
    const NAME: &'static str = "category.create";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = CategoryCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CategoryCreated, Stop> {
        let slug = self
            .slug
            .clone()
            .or_else(|| slug_of(&self.name))
            .ok_or_else(no_slug)?;
        let (depth, way) = self.way(w).await?;
        if categories::by_slug(w.read(), slug.as_str())
            .await?
            .is_some()
        {
            return Err(Refusal::Taken("slug").at("input.slug").into());
        }
        let position = match self.position {
            Some(position) => position,
            None => categories::next_position(w.read(), self.parent).await?,
        };
        let id: CategoryId = w.id();
        let row = Model {
            id,
            parent_id: self.parent,
            slug: slug.into_string(),
            name: self.name.to_string(),
            description: self.description.clone(),
            position,
            depth,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        };
        let changes = json!({ "slug": row.slug, "parent": self.parent, "position": position });
        categories::add(w, row).await?;
        tree::plant(w, id, &way).await?;
        w.audit(Entry::new("category", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "category": id, "parent": self.parent });
        w.emit(Event::new("category", id.uuid(), "category.created", data));
        Ok(CategoryCreated { category: id })
    }
}

impl CategoryCreate {
    /// Its depth, and the way from its parent to the top, which is locked.
    async fn way(&self, w: &Write) -> Result<(i64, Vec<CategoryId>), Stop> {
        let Some(parent) = self.parent else {
            return Ok((0, Vec::new()));
        };
        let locked = tree::lock(w, &[parent], None).await?;
        let above = locked.get(&parent);
        let above = above.ok_or_else(|| Refusal::NotFound("category").at("input.parentId"))?;
        let facts = MoveFacts {
            parent_is_below: false,
            parent_depth: Some(above.depth),
            height: 0,
        };
        let depth = place(facts).map_err(|refusal| refusal.at("input.parentId"))?;
        let way = tree::above(w.read(), &[parent]).await?.remove(&parent);
        Ok((depth, way.unwrap_or_default()))
    }
}

fn no_slug() -> Refused {
    Refused::invalid("input.slug", "The name gives no slug: name one.")
}
