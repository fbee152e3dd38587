//! What must be true of channels: their defaults are among what they offer.

use entity::id::ChannelId;
use uuid::Uuid;

use crate::db::Reader;
use crate::db::rules::{Rule, broken};
use crate::kernel::error::Fault;
use crate::kernel::finding::Finding;

const RULES: &[Rule] = &[
    Rule {
        name: "channel.sells_to_its_default_country",
        sql: "
            SELECT channel.id FROM channels AS channel
            LEFT JOIN channel_countries AS country
                ON country.channel_id = channel.id AND country.country = channel.default_country
            WHERE country.country IS NULL LIMIT 100",
        id: channel,
        says: "its default country is none of its countries",
    },
    Rule {
        name: "channel.speaks_its_default_language",
        sql: "
            SELECT channel.id FROM channels AS channel
            LEFT JOIN channel_languages AS language
                ON language.channel_id = channel.id
                AND language.language = channel.default_language
            WHERE language.language IS NULL LIMIT 100",
        id: channel,
        says: "its default language is none of its languages",
    },
];

/// All findings of this area.
pub async fn check(read: &Reader) -> Result<Vec<Finding>, Fault> {
    broken(read, RULES).await
}

fn channel(id: Uuid) -> String {
    ChannelId::from_uuid(id).to_string()
}
