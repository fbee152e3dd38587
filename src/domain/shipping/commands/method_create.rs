//! `delivery_method.create`: a channel offers one more way to deliver.

use entity::delivery_methods::Model;
use entity::id::{ChannelId, DeliveryMethodId, TaxClassId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::shipping::refusal::Refusal;
use crate::domain::shipping::store;
use crate::domain::shipping::terms::Terms;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::ShortCode;
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// A new method.
#[derive(Debug, Serialize)]
pub struct DeliveryMethodCreate {
    /// The channel that offers it.
    pub channel: ChannelId,
    /// Unique within the channel.
    pub code: ShortCode,
    /// What the buyer reads.
    pub name: String,
    /// What it offers.
    pub terms: Terms,
    /// How it is taxed.
    pub tax_class: TaxClassId,
}

/// The method that was created.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeliveryMethodCreated {
    /// Its id.
    pub method: DeliveryMethodId,
}

impl Command for DeliveryMethodCreate {
    const NAME: &'static str = "delivery_method.create";
    const PERMISSION: Permission = Permission::DeliveryManage;
    type Prepared = NothingPrepared;
    type Output = DeliveryMethodCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(
        &self,
        (): &NothingPrepared,
        w: &mut Write,
    ) -> Result<DeliveryMethodCreated, Stop> {
        let channel = store::lock_channel(w, self.channel).await?;
        let (currency, countries) = channel.ok_or(Refusal::UnknownChannel)?;
        if !store::class_exists(w.read(), self.tax_class).await? {
            return Err(Refusal::UnknownClass.into());
        }
        if store::count(w.read(), self.channel).await? >= store::MAX {
            return Err(Refusal::TooMany.into());
        }
        let terms = self.terms.clone().checked(currency, &countries)?;
        let id: DeliveryMethodId = w.id();
        if !store::add(w, self.row(id, &terms, w)).await? {
            return Err(Refusal::CodeTaken.into());
        }
        let changes = json!({ "channel": self.channel, "code": self.code, "terms": terms });
        w.audit(Entry::new("delivery_method", id.uuid(), Self::NAME).changes(changes));
        w.emit(Event::new(
            "delivery_method",
            id.uuid(),
            "delivery_method.created",
            json!({ "deliveryMethod": id, "channel": self.channel }),
        ));
        Ok(DeliveryMethodCreated { method: id })
    }
}

impl DeliveryMethodCreate {
    fn row(&self, id: DeliveryMethodId, terms: &Terms, w: &Write) -> Model {
        Model {
            id,
            channel_id: self.channel,
            code: self.code.to_string(),
            name: self.name.clone(),
            kind: terms.kind,
            price_minor: terms.price.minor,
            free_over_minor: terms.free_over.map(|over| over.minor),
            currency: terms.price.currency.to_string(),
            tax_class_id: self.tax_class,
            countries: json!(terms.countries),
            min_days: terms.min_days,
            max_days: terms.max_days,
            active: true,
            position: terms.position,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        }
    }
}
