//! The SQL of channels. Writes `channels`, `channel_countries` and `channel_languages` only.

use std::collections::HashMap;

use entity::id::ChannelId;
use entity::{channel_countries, channel_languages, channels};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::error::Fault;
use crate::kernel::page::{Cut, Page};
use crate::write::Write;

/// The channel with that code, if it is active.
pub async fn by_code(read: &Reader, code: &str) -> Result<Option<channels::Model>, Fault> {
    let found = channels::Entity::find()
        .filter(channels::Column::Code.eq(code))
        .filter(channels::Column::Active.eq(true));
    Ok(found.one(read).await?)
}

/// The channel of requests that name none, if it is active.
pub async fn default(read: &Reader) -> Result<Option<channels::Model>, Fault> {
    let found = channels::Entity::find()
        .filter(channels::Column::IsDefault.eq(true))
        .filter(channels::Column::Active.eq(true));
    Ok(found.one(read).await?)
}

/// Channels by id.
pub async fn by_ids(
    read: &Reader,
    ids: &[ChannelId],
) -> Result<HashMap<ChannelId, channels::Model>, Fault> {
    let found =
        channels::Entity::find().filter(channels::Column::Id.is_in(keys(ids.iter().copied())));
    Ok(found
        .all(read)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// A page of channels by code; one row more than wanted. Inactive ones only for who sees them.
pub async fn page(
    read: &Reader,
    inactive_too: bool,
    page: &Page,
) -> Result<Cut<channels::Model>, Fault> {
    let mut query = channels::Entity::find().limit(page.probe());
    if !inactive_too {
        query = query.filter(channels::Column::Active.eq(true));
    }
    if let Some([code]) = page.edge.as_deref() {
        query = query.filter(if page.backward {
            channels::Column::Code.lt(code)
        } else {
            channels::Column::Code.gt(code)
        });
    }
    let query = if page.backward {
        query.order_by_desc(channels::Column::Code)
    } else {
        query.order_by_asc(channels::Column::Code)
    };
    Ok(page.cut(query.all(read).await?))
}

/// Countries of channels, by channel, sorted.
pub async fn countries(
    read: &Reader,
    ids: &[ChannelId],
) -> Result<HashMap<ChannelId, Vec<String>>, Fault> {
    let rows = channel_countries::Entity::find()
        .filter(channel_countries::Column::ChannelId.is_in(keys(ids.iter().copied())))
        .order_by_asc(channel_countries::Column::Country);
    let mut by_channel: HashMap<ChannelId, Vec<String>> = HashMap::new();
    for row in rows.all(read).await? {
        by_channel
            .entry(row.channel_id)
            .or_default()
            .push(row.country);
    }
    Ok(by_channel)
}

/// Languages of channels, by channel, in their order.
pub async fn languages(
    read: &Reader,
    ids: &[ChannelId],
) -> Result<HashMap<ChannelId, Vec<String>>, Fault> {
    let rows = channel_languages::Entity::find()
        .filter(channel_languages::Column::ChannelId.is_in(keys(ids.iter().copied())))
        .order_by_asc(channel_languages::Column::Position);
    let mut by_channel: HashMap<ChannelId, Vec<String>> = HashMap::new();
    for row in rows.all(read).await? {
        by_channel
            .entry(row.channel_id)
            .or_default()
            .push(row.language);
    }
    Ok(by_channel)
}

/// Locks a channel.
pub async fn lock(w: &Write, id: ChannelId) -> Result<Option<channels::Model>, Fault> {
    Ok(channels::Entity::find_by_id(id)
        .lock(LockType::Update)
        .one(w.read())
        .await?)
}

/// Whether a channel has this code.
pub async fn code_exists(read: &Reader, code: &str) -> Result<bool, Fault> {
    let found = channels::Entity::find()
        .filter(channels::Column::Code.eq(code))
        .one(read)
        .await?;
    Ok(found.is_some())
}

/// Inserts a channel.
pub async fn insert(w: &Write, row: channels::Model) -> Result<(), Fault> {
    channels::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(w)
        .await?;
    Ok(())
}

/// Writes name, defaults and activity of a locked channel and counts its version up.
pub async fn update(w: &Write, row: &channels::Model) -> Result<(), Fault> {
    use channels::Column;
    channels::Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(
            Column::DefaultLanguage,
            Expr::value(row.default_language.clone()),
        )
        .col_expr(
            Column::DefaultCountry,
            Expr::value(row.default_country.clone()),
        )
        .col_expr(Column::IsDefault, Expr::value(row.is_default))
        .col_expr(Column::Active, Expr::value(row.active))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(row.id))
        .exec(w)
        .await?;
    Ok(())
}

/// Takes the mark of the default off whichever channel has it.
pub async fn clear_default(w: &Write) -> Result<(), Fault> {
    use channels::Column;
    channels::Entity::update_many()
        .col_expr(Column::IsDefault, Expr::value(false))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .filter(Column::IsDefault.eq(true))
        .exec(w)
        .await?;
    Ok(())
}

/// Replaces the countries of a channel.
pub async fn set_countries(w: &Write, id: ChannelId, countries: &[String]) -> Result<(), Fault> {
    channel_countries::Entity::delete_many()
        .filter(channel_countries::Column::ChannelId.eq(id))
        .exec(w)
        .await?;
    let row = |country: &String| channel_countries::ActiveModel {
        channel_id: Set(id),
        country: Set(country.clone()),
    };
    let rows = countries.iter().map(row);
    channel_countries::Entity::insert_many(rows)
        .exec_without_returning(w)
        .await?;
    Ok(())
}

/// Replaces the languages of a channel.
pub async fn set_languages(w: &Write, id: ChannelId, languages: &[String]) -> Result<(), Fault> {
    channel_languages::Entity::delete_many()
        .filter(channel_languages::Column::ChannelId.eq(id))
        .exec(w)
        .await?;
    let rows = (1..)
        .zip(languages)
        .map(|(position, language)| channel_languages::ActiveModel {
            channel_id: Set(id),
            language: Set(language.clone()),
            position: Set(position),
        });
    channel_languages::Entity::insert_many(rows)
        .exec_without_returning(w)
        .await?;
    Ok(())
}
