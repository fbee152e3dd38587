//! `channel.update`: changes what may change of a channel.

use entity::channels::Model;
use entity::id::ChannelId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::create::texts;
use crate::domain::channel::refusal::Refusal;
use crate::domain::channel::store;
use crate::kernel::error::Stop;
use crate::kernel::permission::Permission;
use crate::kernel::text::{Country, Language};
use crate::write::{Before, Command, Entry, Event, NothingPrepared, Write};

/// The new values; what is left out stays.
#[derive(Debug, Serialize)]
pub struct ChannelUpdate {
    /// Which channel.
    pub channel: ChannelId,
    /// The version it was read at.
    pub expected_version: Option<i64>,
    /// Name for people.
    pub name: Option<String>,
    /// Where it sells; the first is the default.
    pub countries: Option<Vec<Country>>,
    /// What it speaks; the first is the default.
    pub languages: Option<Vec<Language>>,
    /// Makes it the default.
    pub make_default: bool,
    /// Opens or closes it.
    pub active: Option<bool>,
}

/// The channel that was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChannelUpdated {
    /// Its id.
    pub channel: ChannelId,
}

impl Command for ChannelUpdate {
    const NAME: &'static str = "channel.update";
    const PERMISSION: Permission = Permission::ChannelManage;
    type Prepared = NothingPrepared;
    type Output = ChannelUpdated;

    async fn prepare(&self, _: &Before) -> Result<NothingPrepared, Stop> {
        Ok(())
    }

    async fn run(&self, (): &NothingPrepared, w: &mut Write) -> Result<ChannelUpdated, Stop> {
        let mut row = store::lock(w, self.channel)
            .await?
            .ok_or(Refusal::NotFound)?;
        if self
            .expected_version
            .is_some_and(|expected| expected != row.version)
        {
            return Err(Refusal::Stale {
                current: row.version,
            }
            .into());
        }
        self.apply(&mut row)?;
        if self.make_default && !row.is_default {
            store::clear_default(w).await?;
            row.is_default = true;
        }
        store::update(w, &row).await?;
        if let Some(countries) = &self.countries {
            store::set_countries(w, row.id, &texts(countries, Country::as_str)).await?;
        }
        if let Some(languages) = &self.languages {
            store::set_languages(w, row.id, &texts(languages, Language::as_str)).await?;
        }
        let id = row.id;
        let changes = json!({ "fields": self.fields() });
        w.audit(Entry::new("channel", id.uuid(), Self::NAME).changes(changes));
        w.emit(Event::new(
            "channel",
            id.uuid(),
            "channel.updated",
            json!({ "channel": id }),
        ));
        Ok(ChannelUpdated { channel: id })
    }
}

impl ChannelUpdate {
    fn apply(&self, row: &mut Model) -> Result<(), Refusal> {
        if let Some(name) = &self.name {
            row.name.clone_from(name);
        }
        if let Some(countries) = &self.countries {
            let first = countries.first().ok_or(Refusal::Empty("countries"))?;
            row.default_country = first.to_string();
        }
        if let Some(languages) = &self.languages {
            let first = languages.first().ok_or(Refusal::Empty("languages"))?;
            row.default_language = first.to_string();
        }
        if let Some(active) = self.active {
            row.active = active;
        }
        Ok(())
    }

    fn fields(&self) -> Vec<&'static str> {
        let given = [
            ("name", self.name.is_some()),
            ("countries", self.countries.is_some()),
            ("languages", self.languages.is_some()),
            ("isDefault", self.make_default),
            ("active", self.active.is_some()),
        ];
        given
            .into_iter()
            .filter(|(_, given)| *given)
            .map(|(field, _)| field)
            .collect()
    }
}
