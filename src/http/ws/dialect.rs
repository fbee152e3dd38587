//! Which sub-protocol is spoken.

/// A sub-protocol of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `graphql-transport-ws`, which the npm package graphql-ws speaks.
    Transport,
    /// `graphql-ws`, which the npm package subscriptions-transport-ws spoke: the names are like that.
    Old,
}

impl Dialect {
    /// As it stands in `Sec-WebSocket-Protocol`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Transport => "graphql-transport-ws",
            Self::Old => "graphql-ws",
        }
    }

    /// The first that a client offers and we speak. Clients that offer both go by that order when
    /// they cannot see our choice.
    pub fn chosen<'a>(offers: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut names = offers.flat_map(|header| header.split(',')).map(str::trim);
        names.find_map(|name| {
            let ours = [Self::Transport, Self::Old].into_iter();
            ours.into_iter().find(|dialect| dialect.name() == name)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn the_first_offer_that_we_speak_is_taken() {
        for (offers, taken) in [
            (vec!["graphql-transport-ws"], Some(Dialect::Transport)),
            (vec!["graphql-ws"], Some(Dialect::Old)),
            (vec!["graphql-ws, graphql-transport-ws"], Some(Dialect::Old)),
            (
                vec!["graphql-transport-ws,graphql-ws"],
                Some(Dialect::Transport),
            ),
            (
                vec!["graphql-ws", "graphql-transport-ws"],
                Some(Dialect::Old),
            ),
            (vec!["mqtt, graphql-ws"], Some(Dialect::Old)),
            (vec!["mqtt"], None),
            (vec!["GraphQL-WS"], None),
            (vec![], None),
        ] {
            let text = format!("{offers:?}");
            assert_eq!(Dialect::chosen(offers.into_iter()), taken, "{text}");
        }
    }
}
