//! The verbs of prices, of a product's life, and the import of whole products.

mod archive;
mod discontinue;
mod import;
mod publish;
mod reject;
mod remove;
mod restore;
mod resume;
mod set;
mod submit;
mod suspend;
mod variant_activate;
mod variant_deactivate;

pub use archive::ProductArchive;
pub use discontinue::ProductDiscontinue;
pub use import::CatalogImport;
pub use publish::ProductPublish;
pub use reject::ProductReject;
pub use remove::{PricesRemove, PricesRemoved};
pub use restore::ProductRestore;
pub use resume::ProductResume;
pub use set::{PricesSet, PricesSetDone};
pub use submit::ProductSubmit;
pub use suspend::ProductSuspend;
pub use variant_activate::VariantActivate;
pub use variant_deactivate::VariantDeactivate;

use entity::id::{ProductId, VariantId};
use entity::products::State;
use serde::{Deserialize, Serialize};

/// A product that took a step in its life.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProductMoved {
    /// Its id.
    pub product: ProductId,
    /// Where it is now.
    pub state: State,
}

/// A variant that was put on or off sale.
#[derive(Debug, Serialize, Deserialize)]
pub struct VariantSwitched {
    /// Its product.
    pub product: ProductId,
    /// Its id.
    pub variant: VariantId,
}
