//! What a list of products is asked for, and the names of its pages.

use entity::id::{CategoryId, ChannelId, ProductId};
use entity::products::State;
use serde::Serialize;

use crate::domain::catalog::words;
use crate::kernel::error::{Code, Refused};
use crate::kernel::money::{Currency, Money};

/// The most words a search may have.
pub const WORDS_MAX: usize = 8;
/// The most ids or slugs, options, or values of an option that a filter takes.
pub const LIST_MAX: usize = 100;
/// The most options that a filter takes.
pub const OPTIONS_MAX: usize = 5;

/// Who looks, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct View {
    /// The channel whose listings and prices count; none where the shop has no channel yet.
    pub channel: Option<ChannelId>,
    /// Who looks.
    pub audience: Audience,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Audience {
    /// They see what is on sale in the channel.
    Shoppers,
    /// They see everything.
    Staff,
}

/// Whether one can buy it now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Stocked {
    /// Some active variant can be bought.
    In,
    /// None can.
    Out,
}

/// A value of an option: one of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionFilter {
    /// The option's name.
    pub name: String,
    /// Any of these values.
    pub values: Vec<String>,
}

/// What a product must be to be in the list; what is left out does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// In this category or one below it.
    pub category: Option<CategoryId>,
    /// Its price range in the channel reaches this amount, in minor units.
    pub price_min: Option<i64>,
    /// Its price range in the channel begins at most at this amount, in minor units.
    pub price_max: Option<i64>,
    /// Whether it can be bought now.
    pub stocked: Option<Stocked>,
    /// One active variant has one value of each of these.
    pub options: Vec<OptionFilter>,
    /// Words that begin words of it: all of them.
    pub words: Vec<String>,
    /// One of these.
    pub ids: Option<Vec<ProductId>>,
    /// One of these.
    pub slugs: Option<Vec<String>>,
    /// In one of these states; for staff only.
    pub states: Option<Vec<State>>,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub enum Sort {
    /// Last published first; for staff, last created first.
    #[default]
    Newest,
    /// By title.
    Title,
    /// By the lowest price in the channel; what has no price there is not in the list.
    PriceAsc,
    /// The same, highest first.
    PriceDesc,
}

impl Sort {
    /// Whether it goes by the channel's prices.
    pub fn is_by_price(self) -> bool {
        match self {
            Self::PriceAsc | Self::PriceDesc => true,
            Self::Newest | Self::Title => false,
        }
    }
}

impl Filter {
    /// Words of a text that somebody searches for.
    pub fn search(&mut self, text: &str) -> Result<(), Refused> {
        self.words = words::words(text);
        self.words.sort_unstable();
        self.words.dedup();
        if self.words.len() > WORDS_MAX {
            let message = format!("A search may have at most {WORDS_MAX} words.");
            return Err(Refused::new(Code::LimitExceeded, message).at("filter.text"));
        }
        if self.words.is_empty() {
            let message = "A search needs a letter or a digit.";
            return Err(Refused::invalid("filter.text", message));
        }
        Ok(())
    }

    /// Bounds of the price, in the channel's currency.
    pub fn price(
        &mut self,
        min: Option<Money>,
        max: Option<Money>,
        currency: Currency,
    ) -> Result<(), Refused> {
        for (money, path) in [(min, "filter.price.min"), (max, "filter.price.max")] {
            if money.is_some_and(|money| money.currency != currency) {
                let message = format!("The channel sells in {currency}.");
                return Err(Refused::new(Code::CurrencyMismatch, message).at(path));
            }
            if money.is_some_and(|money| money.minor < 0) {
                return Err(Refused::invalid(path, "A price cannot be below zero."));
            }
        }
        if let (Some(min), Some(max)) = (min, max)
            && min.minor > max.minor
        {
            return Err(Refused::invalid(
                "filter.price",
                "The bounds are the wrong way round.",
            ));
        }
        self.price_min = min.map(|money| money.minor);
        self.price_max = max.map(|money| money.minor);
        Ok(())
    }

    /// Whether it asks for the channel's prices.
    pub fn asks_price(&self) -> bool {
        self.price_min.is_some() || self.price_max.is_some()
    }
}

/// The name of a list for its cursors: who looks, what for, in which order.
pub fn list_name(view: View, filter: &Filter, sort: Sort) -> String {
    let parts = serde_json::to_string(&(view, filter, sort)).unwrap_or_default();
    format!("products:{parts}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_a_few_distinct_words() {
        let search = |text: &str| {
            let mut filter = Filter::default();
            filter
                .search(text)
                .map(|()| filter.words)
                .map_err(|refused| refused.code)
        };
        assert_eq!(
            search("Blue  shirt blue"),
            Ok(vec!["blue".into(), "shirt".into()])
        );
        assert_eq!(search(" -- "), Err(Code::Validation));
        assert_eq!(search("a b c d e f g h i"), Err(Code::LimitExceeded));
    }

    #[test]
    fn price_bounds_are_in_the_channels_currency_and_the_right_way_round() {
        let (eur, usd): (Currency, Currency) = ("EUR".parse().unwrap(), "USD".parse().unwrap());
        let price = |min, max| {
            let mut filter = Filter::default();
            let done = filter.price(min, max, eur);
            done.map(|()| (filter.price_min, filter.price_max))
                .map_err(|no| no.path.join("."))
        };
        let euro = |minor| Some(Money::new(minor, eur));
        for (min, max, expected) in [
            (None, None, Ok((None, None))),
            (euro(1), euro(1), Ok((Some(1), Some(1)))),
            (euro(2), euro(1), Err("filter.price")),
            (euro(-1), None, Err("filter.price.min")),
            (None, Some(Money::new(1, usd)), Err("filter.price.max")),
        ] {
            assert_eq!(price(min, max), expected.map_err(str::to_owned));
        }
    }

    #[test]
    fn lists_that_differ_have_different_names() {
        let view = |audience| View {
            channel: None,
            audience,
        };
        let filter = Filter::default();
        let other = Filter {
            words: vec!["a".into()],
            ..Filter::default()
        };
        let names = [
            list_name(view(Audience::Shoppers), &filter, Sort::Newest),
            list_name(view(Audience::Staff), &filter, Sort::Newest),
            list_name(view(Audience::Shoppers), &filter, Sort::Title),
            list_name(view(Audience::Shoppers), &other, Sort::Newest),
        ];
        let distinct: std::collections::HashSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
    }
}
