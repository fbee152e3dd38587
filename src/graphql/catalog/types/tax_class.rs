//! `TaxClass`.

use async_graphql::{Context, ID, Object};
use entity::id::TaxClassId;
use entity::tax_classes;

use crate::graphql::catalog::loaders::TaxClassById;
use crate::graphql::error::AppError;
use crate::graphql::guard::see;
use crate::graphql::loader::{fetch, load};
use crate::graphql::user_error::int;
use crate::kernel::error::Fault;

/// A class of goods that are taxed alike.
#[derive(Clone, Debug)]
pub struct TaxClass(pub tax_classes::Model);

impl TaxClass {
    /// The class with that id, if the caller may see it.
    pub async fn find(ctx: &Context<'_>, id: TaxClassId) -> Result<Option<Self>, AppError> {
        if see::catalog_read(ctx) {
            Ok(load(ctx, TaxClassById(id)).await?.map(Self))
        } else {
            Ok(None)
        }
    }

    /// The class of a row that names it.
    pub async fn by_id(ctx: &Context<'_>, id: TaxClassId) -> Result<Self, Fault> {
        let missing = || Fault::Corrupt {
            table: "tax_classes",
            column: "id",
            id: id.to_string(),
        };
        Ok(Self(
            fetch(ctx, TaxClassById(id)).await?.ok_or_else(missing)?,
        ))
    }
}

/// A class of goods that are taxed alike.
#[Object]
impl TaxClass {
    /// Global id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Unique code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whether products that name no class get it.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// Counts changes; give it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}
