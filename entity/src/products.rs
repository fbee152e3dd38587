//! What is shown and described; what is sold are its variants.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{CategoryId, ProductId, TaxClassId};
use crate::words::words;

/// One product.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub struct Model {
    /// Names the product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProductId,
    /// Its name in an address; unique.
    pub slug: String,
    /// Its id in the system it came from; unique.
    pub external_id: Option<String>,
    /// What people call it.
    pub title: String,
    /// Sanitized HTML.
    pub description_html: String,
    /// Who makes it; empty if unknown.
    pub vendor: String,
    /// The merchant's own sort; empty if none.
    pub product_type: String,
    /// Where it stands in the tree.
    pub category_id: Option<CategoryId>,
    /// How it is taxed.
    pub tax_class_id: TaxClassId,
    /// Where it is in its life.
    pub state: State,
    /// When it first became active.
    pub published_at: Option<DateTimeUtc>,
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

words! {
    /// The life of a product.
    State {
        Draft = "draft",
        InReview = "in_review",
        Active = "active",
        Suspended = "suspended",
        Discontinued = "discontinued",
        Archived = "archived",
    }
}
