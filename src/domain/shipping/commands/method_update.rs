//! `delivery_method.update`: changes a way to deliver, or offers it no longer.
//!
//! Orders keep what they were placed with; a cart that has chosen it is priced anew.

use entity::delivery_methods::{Kind, Model};
use entity::id::{DeliveryMethodId, TaxClassId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::shipping::refusal::Refusal;
use crate::domain::shipping::store;
use crate::domain::shipping::terms::Terms;
use crate::kernel::error::Stop;
use crate::kernel::money::Money;
use crate::kernel::permission::Permission;
use crate::kernel::text::Country;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays.
#[derive(Debug, Serialize)]
pub struct DeliveryMethodUpdate {
    /// Which method.
    pub method: DeliveryMethodId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// What the buyer reads.
    pub name: Option<String>,
    /// How the price comes about.
    pub kind: Option<Kind>,
    /// What it costs.
    pub price: Option<Money>,
    /// The value of goods from which it is free.
    pub free_over: Option<Money>,
    /// How it is taxed.
    pub tax_class: Option<TaxClassId>,
    /// Where it goes; empty for all countries of the channel.
    pub countries: Option<Vec<Country>>,
    /// Working days at best.
    pub min_days: Option<i64>,
    /// Working days at worst.
    pub max_days: Option<i64>,
    /// Order in which it is offered.
    pub position: Option<i64>,
    /// Whether it is offered.
    pub active: Option<bool>,
}

/// The method that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeliveryMethodUpdated {
    /// Its id.
    pub method: DeliveryMethodId,
}

impl Command for DeliveryMethodUpdate {
    const NAME: &'static str = "delivery_method.update";
    const PERMISSION: Permission = Permission::DeliveryManage;
    type Prepared = NothingPrepared;
    type Output = DeliveryMethodUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(
        &self,
        (): &NothingPrepared,
        w: &mut Write,
    ) -> Result<DeliveryMethodUpdated, Stop> {
        let seen = store::method(w.read(), self.method).await?;
        let channel = seen.ok_or(Refusal::UnknownMethod)?.channel_id;
        let terms_of = store::lock_channel(w, channel).await?;
        let (currency, countries) = terms_of.ok_or(Refusal::UnknownChannel)?;
        let row = store::lock(w, self.method).await?;
        let row = row.ok_or(Refusal::UnknownMethod)?;
        let current = row.version;
        if self.expected_version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current }.into());
        }
        if let Some(class) = self.tax_class
            && !store::class_exists(w.read(), class).await?
        {
            return Err(Refusal::UnknownClass.into());
        }
        let terms = self
            .terms(store::terms(&row)?)
            .checked(currency, &countries)?;
        if !store::change(w, &self.row(row, &terms)).await? {
            return Err(Refusal::Stale { current }.into());
        }
        let id = self.method.uuid();
        let changes = json!({ "terms": terms, "active": self.active, "fields": self.fields() });
        w.audit(Entry::new("delivery_method", id, Self::NAME).changes(changes));
        w.emit(Event::new(
            "delivery_method",
            id,
            "delivery_method.updated",
            json!({ "deliveryMethod": self.method, "channel": channel }),
        ));
        Ok(DeliveryMethodUpdated {
            method: self.method,
        })
    }
}

impl DeliveryMethodUpdate {
    fn terms(&self, before: Terms) -> Terms {
        let texts = |list: &Vec<Country>| list.iter().map(Country::to_string).collect();
        Terms {
            kind: self.kind.unwrap_or(before.kind),
            price: self.price.unwrap_or(before.price),
            free_over: self.free_over.or(before.free_over),
            countries: self.countries.as_ref().map_or(before.countries, texts),
            min_days: self.min_days.unwrap_or(before.min_days),
            max_days: self.max_days.unwrap_or(before.max_days),
            position: self.position.unwrap_or(before.position),
        }
    }

    fn row(&self, before: Model, terms: &Terms) -> Model {
        Model {
            name: self.name.clone().unwrap_or(before.name),
            kind: terms.kind,
            price_minor: terms.price.minor,
            free_over_minor: terms.free_over.map(|over| over.minor),
            tax_class_id: self.tax_class.unwrap_or(before.tax_class_id),
            countries: json!(terms.countries),
            min_days: terms.min_days,
            max_days: terms.max_days,
            position: terms.position,
            active: self.active.unwrap_or(before.active),
            ..before
        }
    }

    fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("name", self.name.is_some()),
            ("kind", self.kind.is_some()),
            ("price", self.price.is_some()),
            ("freeOver", self.free_over.is_some()),
            ("taxClass", self.tax_class.is_some()),
            ("countries", self.countries.is_some()),
            ("minDays", self.min_days.is_some()),
            ("maxDays", self.max_days.is_some()),
            ("position", self.position.is_some()),
            ("active", self.active.is_some()),
        ];
        let named = given.into_iter().filter(|(_, given)| *given);
        named.map(|(field, _)| field).collect()
    }
}
