//! The rows of `cart_contacts` and `cart_addresses`: personal data.

use std::collections::HashMap;

use entity::cart_addresses::{self, Kind};
use entity::id::{CartId, CustomerId};
use entity::{cart_contacts, customers};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::cart::facts::Contact;
use crate::kernel::address::Address;
use crate::kernel::error::Fault;
use crate::kernel::text::Country;
use crate::write::Write;

/// How to reach the buyers of carts.
pub async fn contacts(read: &Reader, carts: &[CartId]) -> Result<HashMap<CartId, Contact>, Fault> {
    let rows = cart_contacts::Entity::find()
        .filter(cart_contacts::Column::CartId.is_in(keys(carts.iter().copied())))
        .all(read)
        .await?;
    let contact = |row: cart_contacts::Model| Contact {
        email: row.email,
        phone: row.phone,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.cart_id, contact(row)))
        .collect())
}

/// Where carts go, and who pays.
pub async fn addresses(
    read: &Reader,
    carts: &[CartId],
) -> Result<HashMap<(CartId, Kind), Address>, Fault> {
    let rows = cart_addresses::Entity::find()
        .filter(cart_addresses::Column::CartId.is_in(keys(carts.iter().copied())))
        .all(read)
        .await?;
    let with_key = |row: cart_addresses::Model| Ok(((row.cart_id, row.kind), address(row)?));
    rows.into_iter().map(with_key).collect()
}

/// Where a cart goes.
pub async fn shipping(read: &Reader, cart: CartId) -> Result<Option<Address>, Fault> {
    let key = (cart, Kind::Shipping);
    let row = cart_addresses::Entity::find_by_id(key).one(read).await?;
    row.map(address).transpose()
}

/// Sets or replaces the contact.
pub async fn put_contact(w: &Write, cart: CartId, contact: &Contact) -> Result<(), Fault> {
    let there = OnConflict::column(cart_contacts::Column::CartId)
        .update_columns([cart_contacts::Column::Email, cart_contacts::Column::Phone])
        .to_owned();
    insert_contact(w, cart, contact, there).await
}

/// Gives a cart without a contact the one of its customer.
pub async fn adopt_contact(w: &Write, cart: CartId, customer: CustomerId) -> Result<(), Fault> {
    let row = customers::Entity::find_by_id(customer)
        .one(w.read())
        .await?;
    let Some(row) = row else {
        return Ok(());
    };
    let contact = Contact {
        email: row.email,
        phone: row.phone,
    };
    let there = OnConflict::column(cart_contacts::Column::CartId)
        .do_nothing()
        .to_owned();
    insert_contact(w, cart, &contact, there).await
}

/// Sets or replaces one address.
pub async fn put_address(
    w: &Write,
    cart: CartId,
    kind: Kind,
    address: &Address,
) -> Result<(), Fault> {
    use cart_addresses::Column;
    let row = cart_addresses::ActiveModel {
        cart_id: Set(cart),
        kind: Set(kind),
        first_name: Set(address.first_name.clone()),
        last_name: Set(address.last_name.clone()),
        company: Set(address.company.clone()),
        line1: Set(address.line1.clone()),
        line2: Set(address.line2.clone()),
        city: Set(address.city.clone()),
        region: Set(address.region.clone()),
        postal_code: Set(address.postal_code.clone()),
        country: Set(address.country.as_str().to_owned()),
        phone: Set(address.phone.clone()),
    };
    let there = OnConflict::columns([Column::CartId, Column::Kind])
        .update_columns([
            Column::FirstName,
            Column::LastName,
            Column::Company,
            Column::Line1,
            Column::Line2,
            Column::City,
            Column::Region,
            Column::PostalCode,
            Column::Country,
            Column::Phone,
        ])
        .to_owned();
    cart_addresses::Entity::insert(row)
        .on_conflict(there)
        .exec_without_returning(w)
        .await?;
    Ok(())
}

async fn insert_contact(
    w: &Write,
    cart: CartId,
    contact: &Contact,
    there: OnConflict,
) -> Result<(), Fault> {
    let row = cart_contacts::ActiveModel {
        cart_id: Set(cart),
        email: Set(contact.email.clone()),
        phone: Set(contact.phone.clone()),
    };
    cart_contacts::Entity::insert(row)
        .on_conflict(there)
        .exec_without_returning(w)
        .await?;
    Ok(())
}

fn address(row: cart_addresses::Model) -> Result<Address, Fault> {
    let country = Country::parse(&row.country).map_err(|_| Fault::Corrupt {
        table: "cart_addresses",
        column: "country",
        id: row.cart_id.to_string(),
    })?;
    Ok(Address {
        first_name: row.first_name,
        last_name: row.last_name,
        company: row.company,
        line1: row.line1,
        line2: row.line2,
        city: row.city,
        region: row.region,
        postal_code: row.postal_code,
        country,
        phone: row.phone,
    })
}
