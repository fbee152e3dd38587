//! The tree of the catalog.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::CategoryId;

/// One category.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "categories")]
pub struct Model {
    /// Names the category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CategoryId,
    /// The category above; none at the top.
    pub parent_id: Option<CategoryId>,
    /// Its name in an address; unique.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// Plain text.
    pub description: Option<String>,
    /// Order among its siblings.
    pub position: i64,
    /// Steps from the top, where it is 0.
    pub depth: i64,
    /// Counts the changes from 1; a writer says which one it has seen.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
