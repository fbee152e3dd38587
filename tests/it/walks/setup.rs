//! Samples of what a shop is set up with: channels, taxes, locations, deliveries, rules, the clock.

use entity::channels::{RoundingMode, TaxMode, TaxRounding};
use entity::delivery_methods::Kind as Delivery;
use entity::id::{DeliveryMethodId, TaxRateId};
use entity::locations::Kind;
use entity::{delivery_methods, tax_rates};
use rialto::domain::catalog::commands::{TaxClassCreate, TaxClassUpdate};
use rialto::domain::channel::commands::{ChannelCreate, ChannelUpdate};
use rialto::domain::inventory::commands::{LocationCreate, LocationUpdate};
use rialto::domain::shipping::commands::{DeliveryMethodCreate, DeliveryMethodUpdate};
use rialto::domain::shipping::terms::Terms;
use rialto::domain::tax::commands::{TaxRateRemove, TaxRateSet};
use rialto::kernel::lifecycle::Rule;
use rialto::kernel::money::Money;
use rialto::kernel::permission::Role;
use rialto::kernel::text::{Country, Language, ShortCode, Title};
use rialto::write::rules::SyncRules;
use rialto::write::wall::ClockAdvance;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::sample::{Sample, staff};
use super::world::World;

/// All of them.
pub async fn samples(world: &World) -> Vec<Sample> {
    let mut samples = house();
    samples.extend(channels(world));
    samples.extend(taxes(world).await);
    samples.extend(locations(world));
    samples.extend(deliveries(world).await);
    samples
}

fn code(text: &str) -> ShortCode {
    ShortCode::parse(text).expect("a code")
}

fn country(text: &str) -> Country {
    Country::parse(text).expect("a country")
}

fn house() -> Vec<Sample> {
    let more = || {
        let mut rules = rialto::domain::rules();
        rules.push(Rule {
            machine: "walk",
            from: "here",
            action: "go",
            to: "there",
        });
        SyncRules { rules }
    };
    vec![
        Sample::of(&staff(Role::System), more),
        Sample::of(&staff(Role::Guest), || ClockAdvance { seconds: 60 }),
    ]
}

fn channels(world: &World) -> Vec<Sample> {
    let admin = staff(Role::Admin);
    let channel = world.till.market.us;
    vec![
        Sample::of(&admin, || ChannelCreate {
            code: code("walk"),
            name: "Walk".to_owned(),
            currency: "EUR".parse().expect("a currency"),
            tax_mode: TaxMode::Inclusive,
            tax_rounding: TaxRounding::Line,
            rounding_mode: RoundingMode::HalfUp,
            countries: vec![country("DE"), country("AT")],
            languages: vec![Language::parse("en").expect("a language")],
            is_default: true,
        }),
        Sample::of(&admin, move || ChannelUpdate {
            channel,
            expected_version: None,
            name: Some("Walked".to_owned()),
            countries: Some(vec![country("US"), country("CA")]),
            languages: Some(vec![Language::parse("de").expect("a language")]),
            make_default: true,
            active: None,
        }),
    ]
}

async fn rate(world: &World, of: &str) -> TaxRateId {
    let row = tax_rates::Entity::find().filter(tax_rates::Column::Country.eq(of));
    let row = row.one(&world.shop.app.door.reader()).await;
    row.expect("an answer").expect("a rate").id
}

async fn taxes(world: &World) -> Vec<Sample> {
    let finance = staff(Role::Finance);
    let class = world.till.market.tax_class;
    let removed = rate(world, "FR").await;
    let set = |of: &'static str| {
        move || TaxRateSet {
            class,
            country: country(of),
            region: String::new(),
            name: "VAT".to_owned(),
            rate: "7".parse().expect("a rate"),
            expected_version: None,
        }
    };
    let other = world.shop.tax_class("other").await;
    vec![
        Sample::of(&finance, || TaxClassCreate {
            code: code("walk"),
            name: Title::parse("Walk").expect("a name"),
            is_default: true,
        }),
        Sample::of(&finance, move || TaxClassUpdate {
            tax_class: other,
            expected_version: None,
            name: Some(Title::parse("Walked").expect("a name")),
            make_default: true,
        }),
        Sample::of(&finance, set("DE")),
        Sample::of(&finance, set("IT")),
        Sample::of(&finance, move || TaxRateRemove {
            rate: removed,
            expected_version: None,
        }),
    ]
}

fn locations(world: &World) -> Vec<Sample> {
    let warehouse = staff(Role::Warehouse);
    let location = world.till.market.location;
    vec![
        Sample::of(&warehouse, || LocationCreate {
            code: code("walk"),
            name: "Walk".to_owned(),
            kind: Kind::Warehouse,
            country: country("DE"),
            is_default: true,
        }),
        Sample::of(&warehouse, move || LocationUpdate {
            location,
            expected_version: None,
            name: Some("Walked".to_owned()),
            kind: None,
            country: Some(country("AT")),
            active: None,
            make_default: true,
        }),
    ]
}

async fn method(world: &World, of: &str) -> DeliveryMethodId {
    let row = delivery_methods::Entity::find().filter(delivery_methods::Column::Code.eq(of));
    let row = row.one(&world.shop.app.door.reader()).await;
    row.expect("an answer").expect("a method").id
}

async fn deliveries(world: &World) -> Vec<Sample> {
    let merchandiser = staff(Role::Merchandiser);
    let (channel, tax_class) = (world.till.market.eu, world.till.market.tax_class);
    let euro = "EUR".parse().expect("a currency");
    let express = method(world, "express").await;
    vec![
        Sample::of(&merchandiser, move || DeliveryMethodCreate {
            channel,
            code: code("walk"),
            name: "Walk".to_owned(),
            terms: Terms {
                kind: Delivery::FreeOver,
                price: Money::new(1_00, euro),
                free_over: Some(Money::new(10_00, euro)),
                countries: vec!["DE".to_owned()],
                min_days: 1,
                max_days: 2,
                position: 9,
            },
            tax_class,
        }),
        Sample::of(&merchandiser, move || DeliveryMethodUpdate {
            method: express,
            expected_version: None,
            name: Some("Walked".to_owned()),
            kind: None,
            price: Some(Money::new(8_00, euro)),
            free_over: None,
            tax_class: None,
            countries: Some(vec![country("DE")]),
            min_days: None,
            max_days: None,
            position: None,
            active: None,
        }),
    ]
}
