//! Everything that price and readiness of carts depend on: eight statements, however many carts
//! and lines there are.

use std::collections::HashMap;

use entity::cart_addresses::Kind;
use entity::carts::Model;
use entity::id::CartId;

use super::{details, goods, market};
use crate::db::Reader;
use crate::domain::cart::facts::{Attribution, Basket, Contact, Facts};
use crate::domain::tax::choose;
use crate::kernel::address::Address;
use crate::kernel::error::Fault;

/// The facts of one cart.
pub async fn facts(read: &Reader, cart: &Model) -> Result<Facts, Fault> {
    let mut facts = facts_of(read, std::slice::from_ref(cart)).await?;
    let missing = || Fault::bug("a cart without facts");
    facts.remove(&cart.id).ok_or_else(missing)
}

/// The basket of a cart that is in the version that `known` was read in: what others may have
/// changed of it (market, goods, delivery, taxes) is read again, contact and addresses are not.
pub async fn again(read: &Reader, cart: &Model, known: &Basket) -> Result<Basket, Fault> {
    let own = Own::of(known);
    let mut baskets = baskets(read, std::slice::from_ref(cart), own).await?;
    baskets
        .pop()
        .ok_or_else(|| Fault::bug("a cart without a basket"))
}

/// The facts of carts.
pub async fn facts_of(read: &Reader, carts: &[Model]) -> Result<HashMap<CartId, Facts>, Fault> {
    let own = Own::read(read, carts).await?;
    let baskets = baskets(read, carts, own).await?;
    let shelf = goods::shelf(read, carts).await?;
    let with_shelf = |basket: Basket| {
        let variants = basket.lines.iter().map(|line| line.goods.variant);
        let held = variants.filter_map(|one| Some((one, *shelf.get(&one)?)));
        let shelf = held.collect();
        (basket.cart, Facts { basket, shelf })
    };
    Ok(baskets.into_iter().map(with_shelf).collect())
}

/// What belongs to carts alone: with it, their versions change.
struct Own {
    contacts: HashMap<CartId, Contact>,
    addresses: HashMap<(CartId, Kind), Address>,
}

impl Own {
    async fn read(read: &Reader, carts: &[Model]) -> Result<Self, Fault> {
        let ids: Vec<CartId> = carts.iter().map(|cart| cart.id).collect();
        Ok(Self {
            contacts: details::contacts(read, &ids).await?,
            addresses: details::addresses(read, &ids).await?,
        })
    }

    fn of(basket: &Basket) -> Self {
        let contact = basket.contact.clone().map(|one| (basket.cart, one));
        let kept = |kind, address: &Option<Address>| Some(((basket.cart, kind), address.clone()?));
        let shipping = kept(Kind::Shipping, &basket.shipping);
        let billing = kept(Kind::Billing, &basket.billing);
        Self {
            contacts: contact.into_iter().collect(),
            addresses: shipping.into_iter().chain(billing).collect(),
        }
    }
}

async fn baskets(read: &Reader, carts: &[Model], mut own: Own) -> Result<Vec<Basket>, Fault> {
    let channels: Vec<_> = carts.iter().map(|cart| cart.channel_id).collect();
    let methods: Vec<_> = carts
        .iter()
        .filter_map(|one| one.delivery_method_id)
        .collect();
    let markets = market::markets(read, &channels).await?;
    let mut lines = goods::lines(read, carts).await?;
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
            contact: own.contacts.remove(&cart.id),
            shipping: own.addresses.remove(&(cart.id, Kind::Shipping)),
            billing: own.addresses.remove(&(cart.id, Kind::Billing)),
            delivery: method.and_then(|method| methods.get(&method).cloned()),
            rates: HashMap::new(),
        })
    };
    let baskets: Result<Vec<Basket>, Fault> = carts.iter().map(basket).collect();
    taxed(read, baskets?).await
}

/// The baskets with the tax rates of where they go.
async fn taxed(read: &Reader, mut baskets: Vec<Basket>) -> Result<Vec<Basket>, Fault> {
    let countries = baskets
        .iter()
        .map(|one| one.destination().country.to_owned());
    let mut countries: Vec<String> = countries.collect();
    countries.sort_unstable();
    countries.dedup();
    let rates = market::rates(read, &countries).await?;
    for basket in &mut baskets {
        let place = basket.destination();
        let listed = rates.get(place.country).cloned().unwrap_or_default();
        basket.rates = choose::choose(listed, place.region);
    }
    Ok(baskets)
}

fn attribution(cart: &Model) -> Attribution {
    Attribution {
        source: cart.campaign_source.clone(),
        medium: cart.campaign_medium.clone(),
        name: cart.campaign_name.clone(),
    }
}
