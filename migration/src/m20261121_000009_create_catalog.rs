//! The catalog: tax classes, the tree of categories, products with options, variants and images.

use sea_orm_migration::schema::{big_integer_null, boolean, text, text_null, uuid, uuid_null};

use crate::ddl::{
    NewTable, amount, created_at, creates, id, instant_null, one_of, table, updated_at, version,
};

creates!(
    tax_classes,
    categories,
    category_paths,
    products,
    product_options,
    product_option_values,
    variants,
    variant_option_values,
    product_images,
    product_terms,
);

fn tax_classes() -> NewTable {
    table("tax_classes")
        .cols([
            id(),
            text("code"),
            text("name"),
            boolean("is_default"),
            version(),
            created_at(),
            updated_at(),
        ])
        // A class by its code.
        .unique(&["code"])
}

fn categories() -> NewTable {
    table("categories")
        .cols([
            id(),
            uuid_null("parent_id"),
            text("slug"),
            text("name"),
            text_null("description"),
            amount("position"),
            amount("depth"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("parent_id", "categories")
        // A category by its address.
        .unique(&["slug"])
        // The children of a category in their order.
        .index(&["parent_id", "position", "id"])
}

fn category_paths() -> NewTable {
    table("category_paths")
        .cols([
            uuid("ancestor_id"),
            uuid("descendant_id"),
            amount("distance"),
        ])
        .key(&["ancestor_id", "descendant_id"])
        .part_of("ancestor_id", "categories")
        .part_of("descendant_id", "categories")
        // The way from a category to the top.
        .index(&["descendant_id", "distance"])
}

fn products() -> NewTable {
    table("products")
        .cols([
            id(),
            text("slug"),
            text_null("external_id"),
            text("title"),
            text("description_html"),
            text("vendor"),
            text("product_type"),
            uuid_null("category_id"),
            uuid("tax_class_id"),
            one_of(
                "state",
                &[
                    "draft",
                    "in_review",
                    "active",
                    "suspended",
                    "discontinued",
                    "archived",
                ],
            ),
            instant_null("published_at"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("category_id", "categories")
        .refers("tax_class_id", "tax_classes")
        // A product by its address.
        .unique(&["slug"])
        // A product by its id in the system it came from.
        .unique(&["external_id"])
        // The products of a category.
        .index(&["category_id", "id"])
        // The products of a tax class, before it is deleted.
        .index(&["tax_class_id"])
        // The catalog, newest first.
        .index(&["state", "published_at", "id"])
        // The catalog by title.
        .index(&["state", "title", "id"])
        .machine("product")
}

fn product_options() -> NewTable {
    table("product_options")
        .cols([id(), uuid("product_id"), text("name"), amount("position")])
        .part_of("product_id", "products")
        // The options of a product, each name once.
        .unique(&["product_id", "name"])
}

fn product_option_values() -> NewTable {
    table("product_option_values")
        .cols([id(), uuid("option_id"), text("value"), amount("position")])
        .part_of("option_id", "product_options")
        // The values of an option, each once.
        .unique(&["option_id", "value"])
}

fn variants() -> NewTable {
    table("variants")
        .cols([
            id(),
            uuid("product_id"),
            text("sku"),
            text_null("barcode"),
            text("title"),
            amount("position"),
            big_integer_null("weight_grams"),
            boolean("requires_shipping"),
            boolean("active"),
            version(),
            created_at(),
            updated_at(),
        ])
        .refers("product_id", "products")
        .check("\"weight_grams\" >= 0")
        // A variant by its number.
        .unique(&["sku"])
        // The variants of a product in their order.
        .index(&["product_id", "position", "id"])
        // A variant by what a scanner reads.
        .index(&["barcode"])
}

fn variant_option_values() -> NewTable {
    table("variant_option_values")
        .cols([uuid("variant_id"), uuid("option_id"), uuid("value_id")])
        .key(&["variant_id", "option_id"])
        .part_of("variant_id", "variants")
        .refers("option_id", "product_options")
        .refers("value_id", "product_option_values")
        // Whether an option is in use, before it is deleted.
        .index(&["option_id"])
        // The variants with a value.
        .index(&["value_id"])
}

fn product_images() -> NewTable {
    table("product_images")
        .cols([
            id(),
            uuid("product_id"),
            uuid_null("variant_id"),
            text("url"),
            text("alt"),
            amount("position"),
            created_at(),
        ])
        .part_of("product_id", "products")
        .part_of("variant_id", "variants")
        // The images of a product in their order.
        .index(&["product_id", "position", "id"])
        // An import may come twice.
        .unique(&["product_id", "url"])
        // The image of a variant.
        .index(&["variant_id"])
}

fn product_terms() -> NewTable {
    table("product_terms")
        .cols([text("term"), uuid("product_id")])
        .key(&["term", "product_id"])
        .part_of("product_id", "products")
        // The words of a product, to write them anew.
        .index(&["product_id"])
}
