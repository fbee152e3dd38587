//! The SQL of customers and their addresses.

use std::collections::HashMap;

use entity::accounts;
use entity::customer_addresses::{self, Column as AddressColumn, Model as AddressRow};
use entity::customers::{ActiveModel, Column, Entity, Model};
use entity::id::{AddressId, CustomerId};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::profile::{Change, ProfileChange};
use crate::db::Reader;
use crate::db::portable::keys;
use crate::kernel::address::Address;
use crate::kernel::error::{Fault, Stop};
use crate::kernel::page::{self, Cut, Page};
use crate::kernel::scope::Scope;
use crate::kernel::text::Email;
use crate::write::Write;

/// A customer's own fields, without their email.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// The language to write in.
    pub language: Option<String>,
}

impl Profile {
    /// What a row says.
    pub fn of(row: Model) -> Self {
        Self {
            first_name: row.first_name,
            last_name: row.last_name,
            phone: row.phone,
            language: row.language,
        }
    }

    /// The profile after a change.
    #[must_use]
    pub fn with(self, change: &ProfileChange) -> Self {
        let name = |change: &Change<String>, before| change.apply(Some(before)).unwrap_or_default();
        Self {
            first_name: name(&change.first_name, self.first_name),
            last_name: name(&change.last_name, self.last_name),
            phone: change.phone.apply(self.phone),
            language: change.language.apply(self.language),
        }
    }
}

fn visible(scope: &Scope) -> Condition {
    match scope {
        Scope::All => Condition::all(),
        Scope::Own { customer, .. } => match customer {
            Some(customer) => Condition::all().add(Column::Id.eq(*customer)),
            None => Condition::any().add(Column::Id.is_null()),
        },
    }
}

/// The customer of that id.
pub async fn by_id(read: &Reader, scope: &Scope, id: CustomerId) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id).filter(visible(scope));
    Ok(row.one(read).await?)
}

/// The customers of these ids.
pub async fn by_ids(
    read: &Reader,
    scope: &Scope,
    ids: &[CustomerId],
) -> Result<HashMap<CustomerId, Model>, Fault> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(keys(ids.iter().copied())))
        .filter(visible(scope))
        .all(read)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The customer who signs in with this email, however it is spelled.
pub async fn by_email(read: &Reader, scope: &Scope, email: &Email) -> Result<Option<Model>, Fault> {
    let account = Query::select()
        .column(accounts::Column::Id)
        .from(accounts::Entity)
        .and_where(accounts::Column::EmailNorm.eq(email.normal()))
        .to_owned();
    let row = Entity::find()
        .filter(Column::Id.in_subquery(account))
        .filter(visible(scope));
    Ok(row.one(read).await?)
}

/// Customers, the newest first.
pub async fn list(read: &Reader, scope: &Scope, page: &Page) -> Result<Cut<Model>, Stop> {
    let mut rows = Entity::find().filter(visible(scope)).limit(page.probe());
    if let Some(edge) = &page.edge {
        let id = edge
            .first()
            .and_then(|text| text.parse::<CustomerId>().ok());
        let id = id.ok_or_else(page::foreign_cursor)?;
        rows = rows.filter(if page.backward {
            Column::Id.gt(id)
        } else {
            Column::Id.lt(id)
        });
    }
    rows = if page.backward {
        rows.order_by_asc(Column::Id)
    } else {
        rows.order_by_desc(Column::Id)
    };
    Ok(page.cut(rows.all(read).await?))
}

/// The address books of these customers, each in the order in which addresses were added.
pub async fn books(
    read: &Reader,
    scope: &Scope,
    customers: &[CustomerId],
) -> Result<HashMap<CustomerId, Vec<AddressRow>>, Fault> {
    let mut rows = customer_addresses::Entity::find()
        .filter(AddressColumn::CustomerId.is_in(keys(customers.iter().copied())))
        .order_by_asc(AddressColumn::CustomerId)
        .order_by_asc(AddressColumn::Id);
    if let Scope::Own { customer, .. } = scope {
        let own = customer.map(|one| AddressColumn::CustomerId.eq(one));
        rows = rows.filter(own.unwrap_or_else(|| AddressColumn::CustomerId.is_null()));
    }
    let mut books: HashMap<CustomerId, Vec<AddressRow>> = HashMap::new();
    for row in rows.all(read).await? {
        books.entry(row.customer_id).or_default().push(row);
    }
    Ok(books)
}

/// Locks the customer and reads them.
pub(super) async fn lock(w: &Write, id: CustomerId) -> Result<Option<Model>, Fault> {
    let row = Entity::find_by_id(id).lock(LockType::Update);
    Ok(row.one(w.read()).await?)
}

/// Inserts the profile of a new account.
pub(super) async fn create(
    w: &Write,
    id: CustomerId,
    email: &Email,
    profile: Profile,
) -> Result<(), Fault> {
    let row = ActiveModel {
        id: Set(id),
        email: Set(email.as_str().to_owned()),
        first_name: Set(profile.first_name),
        last_name: Set(profile.last_name),
        phone: Set(profile.phone),
        language: Set(profile.language),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    };
    Entity::insert(row).exec_without_returning(w).await?;
    Ok(())
}

/// Replaces the profile if it has still this version; whether it had.
pub(super) async fn replace(
    w: &Write,
    id: CustomerId,
    version: i64,
    profile: Profile,
) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::FirstName, Expr::value(profile.first_name))
        .col_expr(Column::LastName, Expr::value(profile.last_name))
        .col_expr(Column::Phone, Expr::value(profile.phone))
        .col_expr(Column::Language, Expr::value(profile.language))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
        .col_expr(Column::UpdatedAt, Expr::value(w.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The book of a customer that is locked.
pub(super) async fn book(w: &Write, customer: CustomerId) -> Result<Vec<AddressRow>, Fault> {
    let rows = customer_addresses::Entity::find()
        .filter(AddressColumn::CustomerId.eq(customer))
        .order_by_asc(AddressColumn::Id)
        .all(w.read())
        .await?;
    Ok(rows)
}

/// Inserts an address.
pub(super) async fn insert_address(
    w: &Write,
    id: AddressId,
    customer: CustomerId,
    address: &Address,
    is_default: bool,
) -> Result<(), Fault> {
    let address = address.clone();
    let row = customer_addresses::ActiveModel {
        id: Set(id),
        customer_id: Set(customer),
        first_name: Set(address.first_name),
        last_name: Set(address.last_name),
        company: Set(address.company),
        line1: Set(address.line1),
        line2: Set(address.line2),
        city: Set(address.city),
        region: Set(address.region),
        postal_code: Set(address.postal_code),
        country: Set(address.country.into_string()),
        phone: Set(address.phone),
        is_default: Set(is_default),
        version: Set(1),
        created_at: Set(w.now()),
        updated_at: Set(w.now()),
    };
    customer_addresses::Entity::insert(row)
        .exec_without_returning(w)
        .await?;
    Ok(())
}

/// Replaces an address if it has still this version; whether it had.
pub(super) async fn update_address(
    w: &Write,
    id: AddressId,
    version: i64,
    address: &Address,
) -> Result<bool, Fault> {
    let address = address.clone();
    let done = customer_addresses::Entity::update_many()
        .col_expr(AddressColumn::FirstName, Expr::value(address.first_name))
        .col_expr(AddressColumn::LastName, Expr::value(address.last_name))
        .col_expr(AddressColumn::Company, Expr::value(address.company))
        .col_expr(AddressColumn::Line1, Expr::value(address.line1))
        .col_expr(AddressColumn::Line2, Expr::value(address.line2))
        .col_expr(AddressColumn::City, Expr::value(address.city))
        .col_expr(AddressColumn::Region, Expr::value(address.region))
        .col_expr(AddressColumn::PostalCode, Expr::value(address.postal_code))
        .col_expr(
            AddressColumn::Country,
            Expr::value(address.country.into_string()),
        )
        .col_expr(AddressColumn::Phone, Expr::value(address.phone))
        .col_expr(
            AddressColumn::Version,
            Expr::col(AddressColumn::Version).add(1_i64),
        )
        .col_expr(AddressColumn::UpdatedAt, Expr::value(w.now()))
        .filter(AddressColumn::Id.eq(id))
        .filter(AddressColumn::Version.eq(version))
        .exec(w)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Makes one address of the book the default, and no other.
pub(super) async fn set_default(
    w: &Write,
    customer: CustomerId,
    id: AddressId,
) -> Result<(), Fault> {
    customer_addresses::Entity::update_many()
        .col_expr(AddressColumn::IsDefault, AddressColumn::Id.eq(id))
        .filter(AddressColumn::CustomerId.eq(customer))
        .exec(w)
        .await?;
    Ok(())
}

/// Deletes an address.
pub(super) async fn delete_address(w: &Write, id: AddressId) -> Result<(), Fault> {
    customer_addresses::Entity::delete_by_id(id).exec(w).await?;
    Ok(())
}
