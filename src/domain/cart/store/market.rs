//! What is read of a cart's channel: its terms, deliveries and tax rates.

use std::collections::HashMap;

use entity::id::{ChannelId, DeliveryMethodId};
use entity::{channel_countries, channel_languages, channels, delivery_methods, tax_rates};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::cart::facts::{Delivery, Market};
use crate::domain::shipping::quote::Tariff;
use crate::domain::tax::choose::{Listed, RateRow};
use crate::kernel::error::Fault;
use crate::kernel::money::{Currency, Money};
use crate::kernel::rate::Rate;

/// The terms of a channel.
pub async fn market(read: &Reader, id: ChannelId) -> Result<Market, Fault> {
    let missing = || corrupt("id", id);
    markets(read, &[id]).await?.remove(&id).ok_or_else(missing)
}

/// The terms of channels.
pub async fn markets(
    read: &Reader,
    ids: &[ChannelId],
) -> Result<HashMap<ChannelId, Market>, Fault> {
    let rows = channels::Entity::find()
        .filter(channels::Column::Id.is_in(keys(ids.iter().copied())))
        .all(read)
        .await?;
    let served = channel_countries::Entity::find()
        .filter(channel_countries::Column::ChannelId.is_in(keys(ids.iter().copied())))
        .order_by_asc(channel_countries::Column::Country)
        .all(read)
        .await?;
    let mut countries: HashMap<ChannelId, Vec<String>> = HashMap::new();
    for row in served {
        countries
            .entry(row.channel_id)
            .or_default()
            .push(row.country);
    }
    let market = |row: channels::Model| {
        let currency = row.currency.parse();
        let market = Market {
            channel: row.id,
            active: row.active,
            currency: currency.map_err(|_| corrupt("currency", row.id))?,
            tax_mode: row.tax_mode,
            tax_rounding: row.tax_rounding,
            rounding_mode: row.rounding_mode,
            default_country: row.default_country,
            countries: countries.remove(&row.id).unwrap_or_default(),
        };
        Ok((row.id, market))
    };
    rows.into_iter().map(market).collect()
}

fn corrupt(column: &'static str, id: ChannelId) -> Fault {
    Fault::Corrupt {
        table: "channels",
        column,
        id: id.to_string(),
    }
}

/// The languages that a channel is kept in, the default first.
pub async fn languages(read: &Reader, channel: ChannelId) -> Result<Vec<String>, Fault> {
    let rows = channel_languages::Entity::find()
        .select_only()
        .column(channel_languages::Column::Language)
        .filter(channel_languages::Column::ChannelId.eq(channel))
        .order_by_asc(channel_languages::Column::Position);
    Ok(rows.into_tuple().all(read).await?)
}

/// The deliveries that a channel offers, in order.
pub async fn deliveries(read: &Reader, channel: ChannelId) -> Result<Vec<Delivery>, Fault> {
    let mut offered = deliveries_of(read, &[channel]).await?;
    Ok(offered.remove(&channel).unwrap_or_default())
}

/// The deliveries that channels offer, each in order.
pub async fn deliveries_of(
    read: &Reader,
    channels: &[ChannelId],
) -> Result<HashMap<ChannelId, Vec<Delivery>>, Fault> {
    let rows = delivery_methods::Entity::find()
        .filter(delivery_methods::Column::ChannelId.is_in(keys(channels.iter().copied())))
        .filter(delivery_methods::Column::Active.eq(true))
        .order_by_asc(delivery_methods::Column::Position)
        .order_by_asc(delivery_methods::Column::Id)
        .all(read)
        .await?;
    let mut offered: HashMap<ChannelId, Vec<Delivery>> = HashMap::new();
    for row in rows {
        let channel = row.channel_id;
        offered.entry(channel).or_default().push(from_row(row)?);
    }
    Ok(offered)
}

/// Deliveries by id, offered or not.
pub async fn methods(
    read: &Reader,
    ids: &[DeliveryMethodId],
) -> Result<HashMap<DeliveryMethodId, Delivery>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = delivery_methods::Entity::find()
        .filter(delivery_methods::Column::Id.is_in(keys(ids.iter().copied())))
        .all(read)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, from_row(row)?)))
        .collect()
}

/// The tax rates of countries.
pub async fn rates(
    read: &Reader,
    countries: &[String],
) -> Result<HashMap<String, Vec<Listed>>, Fault> {
    let rows = tax_rates::Entity::find()
        .filter(tax_rates::Column::Country.is_in(countries))
        .all(read)
        .await?;
    let mut rates: HashMap<String, Vec<Listed>> = HashMap::new();
    for row in rows {
        let country = row.country.clone();
        rates.entry(country).or_default().push(listed(row)?);
    }
    Ok(rates)
}

fn listed(row: tax_rates::Model) -> Result<Listed, Fault> {
    let rate = Rate::from_ppm(row.rate_ppm).ok_or_else(|| Fault::Corrupt {
        table: "tax_rates",
        column: "rate_ppm",
        id: row.id.to_string(),
    })?;
    Ok(Listed {
        class: row.tax_class_id,
        region: row.region,
        row: RateRow {
            name: row.name,
            rate,
        },
    })
}

fn from_row(row: delivery_methods::Model) -> Result<Delivery, Fault> {
    let corrupt = |column| Fault::Corrupt {
        table: "delivery_methods",
        column,
        id: row.id.to_string(),
    };
    let currency: Currency = row.currency.parse().map_err(|_| corrupt("currency"))?;
    let countries =
        serde_json::from_value(row.countries.clone()).map_err(|_| corrupt("countries"))?;
    Ok(Delivery {
        method: row.id,
        code: row.code,
        name: row.name,
        tariff: Tariff {
            kind: row.kind,
            price: Money::new(row.price_minor, currency),
            free_over: row.free_over_minor.map(|minor| Money::new(minor, currency)),
        },
        tax_class: row.tax_class_id,
        countries,
        active: row.active,
        min_days: row.min_days,
        max_days: row.max_days,
    })
}
