//! The pictures of a product.

use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{ImageId, ProductId, VariantId};

/// One image.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_images")]
pub struct Model {
    /// Names the image.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImageId,
    /// The product.
    pub product_id: ProductId,
    /// The variant it shows, if one.
    pub variant_id: Option<VariantId>,
    /// Where it is; unique within the product.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
    /// Order within the product.
    pub position: i64,
    /// When it was added.
    pub created_at: DateTimeUtc,
}

/// None: reads join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
