//! What must be true of prices: each is the last of its history and in its channel's currency, and
//! a listing is the range of the prices it stands for.

use entity::id::{PriceId, ProductId};
use uuid::Uuid;

use crate::db::Reader;
use crate::db::rules::{Rule, broken};
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

const RULES: &[Rule] = &[
    Rule {
        name: "pricing.price_is_the_last_of_its_history",
        sql: "
            SELECT price.id FROM prices AS price
            LEFT JOIN price_history AS told ON told.id = (
                SELECT last.id FROM price_history AS last
                WHERE last.variant_id = price.variant_id AND last.channel_id = price.channel_id
                ORDER BY last.valid_from DESC, last.id DESC LIMIT 1)
            WHERE told.amount_minor IS NULL OR told.amount_minor <> price.amount_minor
                OR COALESCE(told.compare_at_minor, -1) <> COALESCE(price.compare_at_minor, -1)
            LIMIT 100",
        id: price,
        says: "its history ends with another price",
    },
    Rule {
        name: "pricing.price_is_in_the_currency_of_its_channel",
        sql: "
            SELECT price.id FROM prices AS price
            JOIN channels AS channel ON channel.id = price.channel_id
            WHERE price.currency <> channel.currency LIMIT 100",
        id: price,
        says: "its channel has another currency",
    },
    Rule {
        name: "pricing.listing_is_the_range_of_its_prices",
        sql: "
            SELECT variant.product_id AS id FROM variants AS variant
            JOIN prices AS price ON price.variant_id = variant.id
            LEFT JOIN product_listings AS listing
                ON listing.product_id = variant.product_id
                AND listing.channel_id = price.channel_id
            WHERE variant.active
            GROUP BY variant.product_id, price.channel_id, listing.price_from_minor,
                listing.price_to_minor
            HAVING listing.price_from_minor IS NULL
                OR listing.price_from_minor <> MIN(price.amount_minor)
                OR listing.price_to_minor <> MAX(price.amount_minor)
            LIMIT 100",
        id: product,
        says: "its listing is not the range of its prices",
    },
    Rule {
        name: "pricing.listing_has_a_price",
        sql: "
            SELECT listing.product_id AS id FROM product_listings AS listing
            WHERE NOT EXISTS (
                SELECT 1 FROM variants AS variant
                JOIN prices AS price ON price.variant_id = variant.id
                WHERE variant.product_id = listing.product_id AND variant.active
                    AND price.channel_id = listing.channel_id)
            GROUP BY listing.product_id LIMIT 100",
        id: product,
        says: "it is listed where none of its variants has a price",
    },
];

/// All findings of this area.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    broken(read, RULES).await
}

fn price(id: Uuid) -> String {
    PriceId::from_uuid(id).to_string()
}

fn product(id: Uuid) -> String {
    ProductId::from_uuid(id).to_string()
}
