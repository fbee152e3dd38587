//! Which of a channel's languages a cart speaks.

use super::refusal::Refusal;
use crate::kernel::text::Language;

/// The language that is `wanted`, which must be one of those `kept`; else the one that the buyer
/// `accepts`, or the same without its region; else the first that is kept, the default.
pub fn choose(
    kept: &[String],
    wanted: Option<&Language>,
    accepts: Option<&str>,
) -> Result<String, Refusal> {
    let find = |tag: &str| {
        kept.iter()
            .find(|one| one.eq_ignore_ascii_case(tag))
            .cloned()
    };
    if let Some(wanted) = wanted {
        return find(wanted.as_str()).ok_or(Refusal::Language);
    }
    let primary = accepts.and_then(|tag| tag.split('-').next());
    let found = accepts.and_then(find).or_else(|| primary.and_then(find));
    found
        .or_else(|| kept.first().cloned())
        .ok_or(Refusal::Language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wanted_language_is_kept_to_and_an_accepted_one_if_it_can_be() {
        let kept = ["en".to_owned(), "de".to_owned(), "fr-CH".to_owned()];
        for (wanted, accepts, spoken) in [
            (None, None, Ok("en")),
            (None, Some("de"), Ok("de")),
            (None, Some("de-AT"), Ok("de")),
            (None, Some("fr-CH"), Ok("fr-CH")),
            (None, Some("fr"), Ok("en")),
            (Some("de"), Some("fr"), Ok("de")),
            (Some("fr"), Some("de"), Err(Refusal::Language)),
        ] {
            let wanted = wanted.map(|tag| Language::parse(tag).unwrap());
            let chosen = choose(&kept, wanted.as_ref(), accepts);
            assert_eq!(chosen.as_deref().map_err(Clone::clone), spoken);
        }
    }
}
