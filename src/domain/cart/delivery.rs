//! What a delivery costs a cart, and where it goes.

use super::facts::{Basket, Delivery};
use crate::domain::shipping::quote;
use crate::kernel::money::Money;

impl Delivery {
    /// What it costs for goods of that value, as they are priced.
    pub fn cost(&self, goods: Money) -> Money {
        quote::price(&self.tariff, goods)
    }

    /// Whether it serves the country, as far as the method says.
    pub fn serves(&self, country: &str) -> bool {
        quote::serves(&self.countries, country)
    }
}

/// The deliveries of `offered` that the cart can choose: still offered, and serving the country of
/// the shipping address if there is one.
pub fn options<'a>(basket: &Basket, offered: &'a [Delivery]) -> Vec<&'a Delivery> {
    let country = basket
        .shipping
        .as_ref()
        .map(|address| address.country.as_str());
    let open = |one: &&Delivery| one.active && country.is_none_or(|country| one.serves(country));
    offered.iter().filter(open).collect()
}

#[cfg(test)]
mod tests {
    use entity::delivery_methods::Kind;

    use super::*;
    use crate::domain::cart::facts::tests::{method, ready};

    #[test]
    fn a_cart_can_choose_what_is_offered_and_goes_to_its_country() {
        let mut methods: Vec<_> = ["any", "AT", "DE", "closed"]
            .map(|code| {
                let mut one = method(Kind::FlatRate, 4_90, None);
                one.code = code.to_owned();
                one.active = code != "closed";
                if code.len() == 2 {
                    one.countries = vec![code.to_owned()];
                }
                one
            })
            .into();
        let mut basket = ready().basket;
        let codes = |basket: &Basket, methods: &[Delivery]| -> Vec<String> {
            let options = options(basket, methods);
            options.iter().map(|one| one.code.clone()).collect()
        };
        assert_eq!(codes(&basket, &methods), ["any", "DE"]);
        basket.shipping = None;
        assert_eq!(codes(&basket, &methods), ["any", "AT", "DE"]);
        methods.clear();
        assert!(codes(&basket, &methods).is_empty());
    }
}
