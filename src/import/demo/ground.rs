//! What goods stand on: channels, tax classes with rates, ways to deliver, a location.

use entity::channels::{RoundingMode, TaxMode, TaxRounding};
use entity::delivery_methods::Kind as Delivery;
use entity::id::{ChannelId, LocationId, TaxClassId};
use entity::locations::Kind as Place;

use super::{Ground, ask, good, unless_there};
use crate::domain::catalog::commands::TaxClassCreate;
use crate::domain::catalog::store::tax_classes;
use crate::domain::channel::commands::ChannelCreate;
use crate::domain::channel::store as channels;
use crate::domain::inventory::commands::LocationCreate;
use crate::domain::inventory::store::locations;
use crate::domain::shipping::commands::DeliveryMethodCreate;
use crate::domain::shipping::terms::Terms;
use crate::domain::tax::commands::TaxRateSet;
use crate::kernel::error::Stop;
use crate::kernel::money::Money;
use crate::kernel::text::{Country, Language, ShortCode, Title};
use crate::write::Door;

/// Class, country, region, what an invoice calls it, percent.
const RATES: &[(Class, &str, &str, &str, &str)] = &[
    (Class::Standard, "DE", "", "MwSt. 19 %", "19"),
    (Class::Reduced, "DE", "", "MwSt. 7 %", "7"),
    (Class::Standard, "AT", "", "USt. 20 %", "20"),
    (Class::Reduced, "AT", "", "USt. 10 %", "10"),
    (Class::Standard, "FR", "", "TVA 20 %", "20"),
    (Class::Reduced, "FR", "", "TVA 5,5 %", "5.5"),
    (Class::Standard, "NL", "", "BTW 21 %", "21"),
    (Class::Reduced, "NL", "", "BTW 9 %", "9"),
    (Class::Standard, "US", "CA", "California sales tax", "7.25"),
    (Class::Reduced, "US", "CA", "California sales tax", "7.25"),
    (Class::Standard, "US", "NY", "New York sales tax", "4"),
    (Class::Reduced, "US", "NY", "New York sales tax", "4"),
    (Class::Standard, "US", "TX", "Texas sales tax", "6.25"),
    (Class::Reduced, "US", "TX", "Texas sales tax", "6.25"),
    (Class::Standard, "US", "WA", "Washington sales tax", "6.5"),
    (Class::Reduced, "US", "WA", "Washington sales tax", "6.5"),
];

#[derive(Clone, Copy)]
enum Class {
    Standard,
    Reduced,
}

/// Makes what is not there.
pub(super) async fn lay(door: &Door) -> Result<Ground, Stop> {
    let ground = Ground {
        standard: tax_class(door, "standard", "Standard", true).await?,
        reduced: tax_class(door, "reduced", "Reduced", false).await?,
        eu: channel(door, &EU).await?,
        us: channel(door, &US).await?,
        location: location(door).await?,
    };
    for (class, country, region, name, percent) in RATES {
        let rate = TaxRateSet {
            class: match class {
                Class::Standard => ground.standard,
                Class::Reduced => ground.reduced,
            },
            country: good("country", Country::parse(country))?,
            region: (*region).to_owned(),
            name: (*name).to_owned(),
            rate: good("rate", percent.parse())?,
            expected_version: Some(0),
        };
        unless_there(ask(door, rate).await)?;
    }
    deliver(door, &EU, ground.eu, ground.standard).await?;
    deliver(door, &US, ground.us, ground.standard).await?;
    Ok(ground)
}

/// A channel as the demo has it.
struct Market {
    code: &'static str,
    name: &'static str,
    currency: &'static str,
    tax_mode: TaxMode,
    countries: &'static [&'static str],
    languages: &'static [&'static str],
    is_default: bool,
    flat: &'static str,
    parcel: &'static str,
    free_over: &'static str,
}

const EU: Market = Market {
    code: "eu",
    name: "Europe",
    currency: "EUR",
    tax_mode: TaxMode::Inclusive,
    countries: &["DE", "AT", "FR", "NL"],
    languages: &["en", "de", "fr", "nl"],
    is_default: true,
    flat: "9.90",
    parcel: "4.90",
    free_over: "75.00",
};

const US: Market = Market {
    code: "us",
    name: "United States",
    currency: "USD",
    tax_mode: TaxMode::Exclusive,
    countries: &["US"],
    languages: &["en"],
    is_default: false,
    flat: "14.00",
    parcel: "6.00",
    free_over: "100.00",
};

async fn channel(door: &Door, market: &Market) -> Result<ChannelId, Stop> {
    if let Some(row) = channels::by_code(&door.reader(), market.code).await? {
        return Ok(row.id);
    }
    let countries = market.countries.iter().map(|code| Country::parse(code));
    let languages = market.languages.iter().map(|tag| Language::parse(tag));
    let create = ChannelCreate {
        code: good("code", ShortCode::parse(market.code))?,
        name: market.name.to_owned(),
        currency: good("currency", market.currency.parse())?,
        tax_mode: market.tax_mode,
        tax_rounding: TaxRounding::Line,
        rounding_mode: RoundingMode::HalfUp,
        countries: good("countries", countries.collect())?,
        languages: good("languages", languages.collect())?,
        is_default: market.is_default,
    };
    Ok(ask(door, create).await?.channel)
}

async fn tax_class(
    door: &Door,
    code: &str,
    name: &str,
    is_default: bool,
) -> Result<TaxClassId, Stop> {
    if let Some(row) = tax_classes::by_code(&door.reader(), code).await? {
        return Ok(row.id);
    }
    let create = TaxClassCreate {
        code: good("code", ShortCode::parse(code))?,
        name: good("name", Title::parse(name))?,
        is_default,
    };
    Ok(ask(door, create).await?.tax_class)
}

async fn location(door: &Door) -> Result<LocationId, Stop> {
    let code = "main";
    if let Some(row) = locations::by_code(&door.reader(), code).await? {
        return Ok(row.id);
    }
    let create = LocationCreate {
        code: good("code", ShortCode::parse(code))?,
        name: "Main warehouse".to_owned(),
        kind: Place::Warehouse,
        country: good("country", Country::parse("DE"))?,
        is_default: true,
    };
    Ok(ask(door, create).await?.location)
}

/// A parcel that is free from some amount on, and an express at a flat rate.
async fn deliver(
    door: &Door,
    market: &Market,
    channel: ChannelId,
    tax_class: TaxClassId,
) -> Result<(), Stop> {
    let currency = good("currency", market.currency.parse())?;
    let amount = |text: &str| good("price", Money::parse(text, currency));
    let parcel = Terms {
        kind: Delivery::FreeOver,
        price: amount(market.parcel)?,
        free_over: Some(amount(market.free_over)?),
        countries: Vec::new(),
        min_days: 2,
        max_days: 4,
        position: 1,
    };
    let express = Terms {
        kind: Delivery::FlatRate,
        price: amount(market.flat)?,
        free_over: None,
        countries: Vec::new(),
        min_days: 1,
        max_days: 1,
        position: 2,
    };
    for (code, name, terms) in [
        ("parcel", "Parcel", parcel),
        ("express", "Express", express),
    ] {
        let create = DeliveryMethodCreate {
            channel,
            code: good("code", ShortCode::parse(code))?,
            name: name.to_owned(),
            terms,
            tax_class,
        };
        unless_there(ask(door, create).await)?;
    }
    Ok(())
}
