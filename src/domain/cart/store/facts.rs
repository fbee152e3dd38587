//! Everything that price and readiness of carts depend on: eight statements, however many carts
//! and lines there are.

use std::collections::HashMap;

use entity::cart_addresses::Kind;
use entity::carts::Model;
use entity::id::CartId;

use super::{details, goods, market};
use crate::db::Reader;
use crate::domain::cart::facts::{Attribution, Basket, Facts};
use crate::domain::tax::choose;
use crate::kernel::error::Fault;

/// The facts of one cart.
pub async fn facts(read: &Reader, cart: &Model) -> Result<Facts, Fault> {
    let mut facts = facts_of(read, std::slice::from_ref(cart)).await?;
    let missing = || Fault::bug("a cart without facts");
    facts.remove(&cart.id).ok_or_else(missing)
}

/// The facts of carts.
pub async fn facts_of(read: &Reader, carts: &[Model]) -> Result<HashMap<CartId, Facts>, Fault> {
    let mut baskets = baskets(read, carts).await?;
    let countries = baskets
        .iter()
        .map(|one| one.destination().country.to_owned());
    let mut countries: Vec<String> = countries.collect();
    countries.sort_unstable();
    countries.dedup();
    let rates = market::rates(read, &countries).await?;
    let shelf = goods::shelf(read, carts).await?;
    for basket in &mut baskets {
        let place = basket.destination();
        let listed = rates.get(place.country).cloned().unwrap_or_default();
        basket.rates = choose::choose(listed, place.region);
    }
    let with_shelf = |basket: Basket| {
        let variants = basket.lines.iter().map(|line| line.goods.variant);
        let held = variants.filter_map(|one| Some((one, *shelf.get(&one)?)));
        let shelf = held.collect();
        (basket.cart, Facts { basket, shelf })
    };
    Ok(baskets.into_iter().map(with_shelf).collect())
}

/// All but the tax rates.
async fn baskets(read: &Reader, carts: &[Model]) -> Result<Vec<Basket>, Fault> {
    let ids: Vec<CartId> = carts.iter().map(|cart| cart.id).collect();
    let channels: Vec<_> = carts.iter().map(|cart| cart.channel_id).collect();
    let methods: Vec<_> = carts
        .iter()
        .filter_map(|one| one.delivery_method_id)
        .collect();
    let markets = market::markets(read, &channels).await?;
    let mut lines = goods::lines(read, carts).await?;
    let mut contacts = details::contacts(read, &ids).await?;
    let mut addresses = details::addresses(read, &ids).await?;
    let methods = market::methods(read, &methods).await?;
    let basket = |cart: &Model| {
        let missing = || Fault::bug("a cart without a channel");
        let method = cart.delivery_method_id;
        Ok(Basket {
            cart: cart.id,
            customer: cart.customer_id,
            language: cart.language.clone(),
            attribution: attribution(cart),
            market: markets.get(&cart.channel_id).cloned().ok_or_else(missing)?,
            lines: lines.remove(&cart.id).unwrap_or_default(),
            contact: contacts.remove(&cart.id),
            shipping: addresses.remove(&(cart.id, Kind::Shipping)),
            billing: addresses.remove(&(cart.id, Kind::Billing)),
            delivery: method.and_then(|method| methods.get(&method).cloned()),
            rates: HashMap::new(),
        })
    };
    carts.iter().map(basket).collect()
}

fn attribution(cart: &Model) -> Attribution {
    Attribution {
        source: cart.campaign_source.clone(),
        medium: cart.campaign_medium.clone(),
        name: cart.campaign_name.clone(),
    }
}
