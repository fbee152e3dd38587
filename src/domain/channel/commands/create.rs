//! `channel.create`: opens a channel.

use entity::channels::{Model, RoundingMode, TaxMode, TaxRounding};
use entity::id::ChannelId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::domain::channel::refusal::Refusal;
use crate::domain::channel::store;
use crate::kernel::error::Stop;
use crate::kernel::money::Currency;
use crate::kernel::permission::Permission;
use crate::kernel::text::{Country, Language, ShortCode};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// A new channel.
#[derive(Debug, Serialize)]
pub struct ChannelCreate {
    /// Unique code, as `X-Channel` names it.
    pub code: ShortCode,
    /// Name for people.
    pub name: String,
    /// What it sells in; never changes.
    pub currency: Currency,
    /// Whether its prices include tax.
    pub tax_mode: TaxMode,
    /// Whether tax is rounded per line or per document.
    pub tax_rounding: TaxRounding,
    /// How halves are rounded.
    pub rounding_mode: RoundingMode,
    /// Where it sells; the first is the default.
    pub countries: Vec<Country>,
    /// What it speaks; the first is the default.
    pub languages: Vec<Language>,
    /// Whether requests that name no channel mean this one.
    pub is_default: bool,
}

/// The channel that was created.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChannelCreated {
    /// Its id.
    pub channel: ChannelId,
}

impl Command for ChannelCreate {
    const NAME: &'static str = "channel.create";
    const PERMISSION: Permission = Permission::ChannelManage;
    type Prepared = NothingPrepared;
    type Output = ChannelCreated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ChannelCreated, Stop> {
        let country = self.countries.first().ok_or(Refusal::Empty("countries"))?;
        let language = self.languages.first().ok_or(Refusal::Empty("languages"))?;
        if store::code_exists(w.read(), self.code.as_str()).await? {
            return Err(Refusal::CodeTaken.into());
        }
        if self.is_default {
            store::clear_default(w).await?;
        }
        let id: ChannelId = w.id();
        store::insert(w, self.row(id, country, language, w)).await?;
        store::set_countries(w, id, &texts(&self.countries, Country::as_str)).await?;
        store::set_languages(w, id, &texts(&self.languages, Language::as_str)).await?;
        let changes = json!({ "code": self.code, "currency": self.currency });
        w.audit(Entry::new("channel", id.uuid(), Self::NAME).changes(changes));
        w.emit(Event::new(
            "channel",
            id.uuid(),
            "channel.created",
            json!({ "channel": id }),
        ));
        Ok(ChannelCreated { channel: id })
    }
}

impl ChannelCreate {
    fn row(&self, id: ChannelId, country: &Country, language: &Language, w: &Write) -> Model {
        Model {
            id,
            code: self.code.to_string(),
            name: self.name.clone(),
            currency: self.currency.to_string(),
            tax_mode: self.tax_mode,
            tax_rounding: self.tax_rounding,
            rounding_mode: self.rounding_mode,
            default_language: language.to_string(),
            default_country: country.to_string(),
            is_default: self.is_default,
            active: true,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        }
    }
}

/// The texts of checked strings, each once, in their order.
pub(super) fn texts<T>(list: &[T], text: impl Fn(&T) -> &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::with_capacity(list.len());
    for one in list {
        if !texts.iter().any(|known| known == text(one)) {
            texts.push(text(one).to_owned());
        }
    }
    texts
}
