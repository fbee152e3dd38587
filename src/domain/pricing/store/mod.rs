//! The SQL of prices. Writes `prices`, `price_history` and `product_listings` only; reads the
//! catalog, channels and promised stock.

pub mod facts;
pub mod import;
pub mod listings;
pub mod prices;
