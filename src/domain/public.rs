//! What of the rows is for everybody's eyes, and which events tell that it may have changed.
//!
//! Answers that many are given alike are kept only where they read no other table than these. A
//! table that is missing here costs time; one that must not stand here would cost secrets: think
//! before adding. Which rows of a table a shopper may see is the readers' to decide, by role.

/// Tables that hold nothing of anyone in particular.
pub const TABLES: &[&str] = &[
    "categories",
    "category_paths",
    "channel_countries",
    "channel_languages",
    "channels",
    "delivery_methods",
    "locations",
    "prices",
    "product_images",
    "product_listings",
    "product_option_values",
    "product_options",
    "product_terms",
    "products",
    "sandbox_clocks",
    "stock_levels",
    "stock_policies",
    "variant_option_values",
    "variants",
];

/// Tables whose rows go when the row they are a part of goes: the database deletes them by itself,
/// and no statement names them.
pub const PARTS: &[(&str, &[&str])] = &[
    ("category_paths", &["categories"]),
    ("channel_countries", &["channels"]),
    ("channel_languages", &["channels"]),
    ("product_images", &["products", "variants"]),
    ("product_listings", &["products", "channels"]),
    ("product_option_values", &["product_options", "products"]),
    ("product_options", &["products"]),
    ("product_terms", &["products"]),
    ("stock_policies", &["variants"]),
    ("variant_option_values", &["variants"]),
];

/// The tables that rows of this one are a part of.
pub fn wholes_of(table: &str) -> &'static [&'static str] {
    let found = PARTS.iter().find(|(part, _)| *part == table);
    found.map_or(&[], |(_, wholes)| *wholes)
}

/// What moves when somebody buys.
const STOCK: &[&str] = &["stock_levels"];

/// Which of [`TABLES`] may have changed where an event about this noun was committed. A noun that is
/// not known here may have changed any.
pub fn changed_by(noun: &str) -> &'static [&'static str] {
    match noun {
        "cart" | "order" | "payment" | "fulfillment" => STOCK,
        "account" | "customer" | "signing_key" => &[],
        _ => TABLES,
    }
}
