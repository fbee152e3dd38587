//! What must be true of the catalog: variants fill the grid of their options, and the paths of the
//! tree are those that the parents make.

use entity::id::{CategoryId, ProductId, VariantId};
use uuid::Uuid;

use crate::db::Reader;
use crate::db::rules::{Rule, broken};
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

const RULES: &[Rule] = &[
    Rule {
        name: "catalog.variant_has_a_value_of_every_option",
        sql: "
            SELECT variant.id FROM variants AS variant
            JOIN product_options AS opt ON opt.product_id = variant.product_id
            LEFT JOIN variant_option_values AS choice
                ON choice.variant_id = variant.id AND choice.option_id = opt.id
            WHERE choice.value_id IS NULL GROUP BY variant.id LIMIT 100",
        id: variant,
        says: "an option of its product has no value",
    },
    Rule {
        name: "catalog.choice_is_a_value_of_its_option",
        sql: "
            SELECT choice.variant_id AS id FROM variant_option_values AS choice
            JOIN product_option_values AS chosen ON chosen.id = choice.value_id
            JOIN product_options AS opt ON opt.id = choice.option_id
            JOIN variants AS variant ON variant.id = choice.variant_id
            WHERE chosen.option_id <> choice.option_id OR opt.product_id <> variant.product_id
            GROUP BY choice.variant_id LIMIT 100",
        id: variant,
        says: "it has a value of another option or product",
    },
    Rule {
        name: "catalog.variants_differ",
        sql: "
            SELECT one.product_id AS id FROM variants AS one
            JOIN variants AS other ON other.product_id = one.product_id AND other.id > one.id
            WHERE NOT EXISTS (
                SELECT 1 FROM variant_option_values AS a
                JOIN variant_option_values AS b
                    ON b.variant_id = other.id AND b.option_id = a.option_id
                WHERE a.variant_id = one.id AND a.value_id <> b.value_id)
            GROUP BY one.product_id LIMIT 100",
        id: product,
        says: "two of its variants have the same options",
    },
    Rule {
        name: "catalog.path_leads_where_the_parents_do",
        sql: "
            SELECT category.id FROM categories AS category
            JOIN category_paths AS above ON above.descendant_id = category.parent_id
            LEFT JOIN category_paths AS path
                ON path.descendant_id = category.id AND path.ancestor_id = above.ancestor_id
                AND path.distance = above.distance + 1
            WHERE path.distance IS NULL GROUP BY category.id LIMIT 100",
        id: category,
        says: "a category above it is not in its paths",
    },
    Rule {
        name: "catalog.depth_is_the_length_of_the_path",
        sql: "
            SELECT category.id FROM categories AS category
            LEFT JOIN category_paths AS path ON path.descendant_id = category.id
            GROUP BY category.id, category.depth
            HAVING COUNT(path.ancestor_id) <> category.depth + 1 LIMIT 100",
        id: category,
        says: "its depth is not that of its paths",
    },
];

/// All findings of this area.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    broken(read, RULES).await
}

fn variant(id: Uuid) -> String {
    VariantId::from_uuid(id).to_string()
}

fn product(id: Uuid) -> String {
    ProductId::from_uuid(id).to_string()
}

fn category(id: Uuid) -> String {
    CategoryId::from_uuid(id).to_string()
}
