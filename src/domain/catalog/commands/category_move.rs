//! `category.move`: hangs a category with all below it somewhere else, never below itself.
//!
//! Two moves at once cannot make a circle: each locks what is above its old and its new place and
//! all that moves along, and looks again whether that is still so.

use entity::categories::Model;
use entity::id::CategoryId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::catalog::refusal::{Refusal, check_version};
use crate::domain::catalog::store::{categories, tree};
use crate::domain::catalog::tree::{MoveFacts, place};
use crate::kernel::error::{Refusal as _, Stop};
use crate::kernel::permission::Permission;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// Where to.
#[derive(Debug, Serialize)]
pub struct CategoryMove {
    /// Which category.
    pub category: CategoryId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// The category above; none is the top.
    pub parent: Option<CategoryId>,
    /// Order among its new siblings; last where none is given.
    pub position: Option<i64>,
}

/// The category that was moved.
#[derive(Debug, Serialize, Deserialize)]
pub struct CategoryMoved {
    /// Its id.
    pub category: CategoryId,
}

impl Command for CategoryMove {
    const NAME: &'static str = "category.move";
    const PERMISSION: Permission = Permission::CatalogManage;
    type Prepared = NothingPrepared;
    type Output = CategoryMoved;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<CategoryMoved, Stop> {
        let ends: Vec<CategoryId> = self.parent.into_iter().chain([self.category]).collect();
        let locked = tree::lock(w, &ends, Some(self.category)).await?;
        let row = locked
            .get(&self.category)
            .ok_or(Refusal::NotFound("category"))?
            .clone();
        check_version(self.expected_version, row.version)?;
        let parent = match self.parent {
            Some(parent) => Some(
                locked
                    .get(&parent)
                    .ok_or_else(|| Refusal::NotFound("category").at("input.parentId"))?,
            ),
            None => None,
        };
        let subtree = tree::below(w.read(), row.id).await?;
        let facts = MoveFacts {
            parent_is_below: subtree.iter().any(|(id, _)| Some(*id) == self.parent),
            parent_depth: parent.map(|parent| parent.depth),
            height: subtree
                .iter()
                .map(|(_, distance)| *distance)
                .max()
                .unwrap_or(0),
        };
        place(facts).map_err(|refusal| refusal.at("input.parentId"))?;
        let from = row.parent_id;
        self.carry_out(w, row, &subtree).await?;
        let id = self.category;
        let changes = json!({ "from": from, "to": self.parent });
        w.audit(Entry::new("category", id.uuid(), Self::NAME).changes(changes));
        let data = json!({ "category": id, "from": from, "to": self.parent });
        w.emit(Event::new("category", id.uuid(), "category.moved", data));
        Ok(CategoryMoved { category: id })
    }
}

impl CategoryMove {
    async fn carry_out(
        &self,
        w: &Write,
        mut row: Model,
        subtree: &[(CategoryId, i64)],
    ) -> Result<(), Stop> {
        row.position = match self.position {
            Some(position) => position,
            None => categories::next_position(w.read(), self.parent).await?,
        };
        let mut ends: Vec<CategoryId> = self.parent.into_iter().collect();
        ends.extend(row.parent_id);
        let ways = tree::above(w.read(), &ends).await?;
        let way = |end: Option<CategoryId>| {
            end.and_then(|end| ways.get(&end).cloned())
                .unwrap_or_default()
        };
        let (old, new) = (way(row.parent_id), way(self.parent));
        row.parent_id = self.parent;
        categories::change(w, &row).await?;
        tree::hang(w, subtree, &old, &new).await
    }
}
