//! What a channel offers of the variants in question, and what is in stock of them: as many
//! statements for many as for one.

use std::collections::HashMap;

use entity::id::{CartId, CartLineId, ChannelId, ProductId, TaxClassId, VariantId};
use entity::products::State as ProductState;
use entity::stock_policies::Oversell;
use entity::{
    cart_lines, carts, locations, prices, product_images, products, stock_levels, stock_policies,
    variants,
};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
};

use super::lines;
use crate::db::Reader;
use crate::db::portable::keys;
use crate::domain::cart::facts::{Goods, Line, Shelf};
use crate::domain::cart::lines::Known;
use crate::domain::inventory::availability::{Availability, Policy};
use crate::domain::inventory::serves;
use crate::kernel::error::Fault;
use crate::kernel::money::{Currency, Money};

/// The lines of carts, in order, each with what it asks for.
pub async fn lines(
    read: &Reader,
    carts: &[carts::Model],
) -> Result<HashMap<CartId, Vec<Line>>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        cart: CartId,
        line: CartLineId,
        quantity: i64,
        #[sea_orm(nested)]
        goods: GoodsRow,
    }
    let select = cart_lines::Entity::find()
        .select_only()
        .column_as(cart_lines::Column::CartId, "cart")
        .column_as(cart_lines::Column::Id, "line")
        .column_as(cart_lines::Column::Quantity, "quantity")
        .join(JoinType::InnerJoin, variant())
        .join(JoinType::InnerJoin, cart())
        .filter(cart_lines::Column::CartId.is_in(carts.iter().map(|cart| cart.id)))
        .order_by_asc(cart_lines::Column::Position)
        .order_by_asc(cart_lines::Column::Id);
    let rows: Vec<Row> = goods_of(select, price_for_cart())
        .into_model()
        .all(read)
        .await?;
    let mut currencies = HashMap::new();
    for cart in carts {
        currencies.insert(cart.id, currency(cart)?);
    }
    let mut lines: HashMap<CartId, Vec<Line>> = HashMap::new();
    for row in rows {
        let Some(currency) = currencies.get(&row.cart) else {
            continue;
        };
        lines.entry(row.cart).or_default().push(Line {
            id: row.line,
            quantity: row.quantity,
            goods: row.goods.goods(*currency),
        });
    }
    Ok(lines)
}

/// What there is of everything that the carts hold.
pub async fn shelf(read: &Reader, carts: &[carts::Model]) -> Result<Shelf, Fault> {
    let held = Query::select()
        .column(cart_lines::Column::VariantId)
        .from(cart_lines::Entity)
        .and_where(cart_lines::Column::CartId.is_in(carts.iter().map(|cart| cart.id)))
        .to_owned();
    stock(read, |column| {
        Condition::all().add(column.in_subquery(held.clone()))
    })
    .await
}

/// What there is to know about the lines of a cart and about some `more` variants.
pub async fn known(read: &Reader, cart: &carts::Model, more: &[VariantId]) -> Result<Known, Fault> {
    let held = lines::held(read, cart.id).await?;
    let mut all: Vec<VariantId> = held.iter().map(|one| one.variant).collect();
    all.extend(more);
    all.sort_unstable();
    all.dedup();
    let select = variants::Entity::find()
        .select_only()
        .filter(variants::Column::Id.is_in(keys(all.iter().copied())));
    let price = price_in(cart.channel_id);
    let rows: Vec<GoodsRow> = goods_of(select, price).into_model().all(read).await?;
    let currency = currency(cart)?;
    let goods = rows
        .into_iter()
        .map(|row| (row.variant, row.goods(currency)));
    Ok(Known {
        held,
        goods: goods.collect(),
        shelf: stock(read, |column| {
            Condition::all().add(column.is_in(all.clone()))
        })
        .await?,
    })
}

#[derive(FromQueryResult)]
struct GoodsRow {
    variant: VariantId,
    product: ProductId,
    sku: String,
    product_title: String,
    variant_title: String,
    image_url: Option<String>,
    product_state: ProductState,
    variant_active: bool,
    requires_shipping: bool,
    tax_class: TaxClassId,
    price_minor: Option<i64>,
}

impl GoodsRow {
    fn goods(self, currency: Currency) -> Goods {
        Goods {
            variant: self.variant,
            product: self.product,
            sku: self.sku,
            product_title: self.product_title,
            variant_title: self.variant_title,
            image_url: self.image_url,
            product_state: self.product_state,
            variant_active: self.variant_active,
            requires_shipping: self.requires_shipping,
            tax_class: self.tax_class,
            price: self.price_minor.map(|minor| Money::new(minor, currency)),
        }
    }
}

/// The columns of a [`GoodsRow`], for a selection that has the variants.
fn goods_of<E: EntityTrait>(select: Select<E>, price: RelationDef) -> Select<E> {
    select
        .column_as(variants::Column::Id, "variant")
        .column_as(variants::Column::ProductId, "product")
        .column_as(variants::Column::Sku, "sku")
        .column_as(products::Column::Title, "product_title")
        .column_as(variants::Column::Title, "variant_title")
        .column_as(products::Column::State, "product_state")
        .column_as(variants::Column::Active, "variant_active")
        .column_as(variants::Column::RequiresShipping, "requires_shipping")
        .column_as(products::Column::TaxClassId, "tax_class")
        .column_as(prices::Column::AmountMinor, "price_minor")
        .expr_as(picture(), "image_url")
        .join(JoinType::InnerJoin, product())
        .join(JoinType::LeftJoin, price)
}

fn currency(cart: &carts::Model) -> Result<Currency, Fault> {
    cart.currency.parse().map_err(|_| Fault::Corrupt {
        table: "carts",
        column: "currency",
        id: cart.id.to_string(),
    })
}

/// What there is of some variants: their policies, and what lies free at each location that serves
/// orders. `wanted` says which, given the column that names one.
async fn stock(read: &Reader, wanted: impl Fn(Expr) -> Condition) -> Result<Shelf, Fault> {
    let policies: Vec<(VariantId, Option<bool>, Option<Oversell>)> = variants::Entity::find()
        .select_only()
        .column(variants::Column::Id)
        .column(stock_policies::Column::Tracked)
        .column(stock_policies::Column::Oversell)
        .join(JoinType::LeftJoin, policy())
        .filter(wanted(Expr::col((variants::Entity, variants::Column::Id))))
        .into_tuple()
        .all(read)
        .await?;
    let serving = Query::select()
        .column(locations::Column::Id)
        .from(locations::Entity)
        .cond_where(serves())
        .to_owned();
    let levels = stock_levels::Entity::find()
        .filter(wanted(Expr::col(stock_levels::Column::VariantId)))
        .filter(stock_levels::Column::LocationId.in_subquery(serving))
        .all(read)
        .await?;
    let mut free: HashMap<VariantId, Vec<i64>> = HashMap::new();
    for row in levels {
        let left = row.on_hand - row.unavailable - row.safety - row.committed;
        free.entry(row.variant_id).or_default().push(left);
    }
    let availability = |(variant, tracked, oversell)| {
        let policy = match (tracked, oversell) {
            (Some(tracked), Some(oversell)) => Policy { tracked, oversell },
            _ => Policy::default(),
        };
        let free = free.remove(&variant).unwrap_or_default();
        (variant, Availability::new(policy, free))
    };
    Ok(policies.into_iter().map(availability).collect())
}

fn variant() -> RelationDef {
    cart_lines::Entity::belongs_to(variants::Entity)
        .from(cart_lines::Column::VariantId)
        .to(variants::Column::Id)
        .into()
}

fn cart() -> RelationDef {
    cart_lines::Entity::belongs_to(carts::Entity)
        .from(cart_lines::Column::CartId)
        .to(carts::Column::Id)
        .into()
}

fn product() -> RelationDef {
    variants::Entity::belongs_to(products::Entity)
        .from(variants::Column::ProductId)
        .to(products::Column::Id)
        .into()
}

/// The price in one channel.
fn price_in(channel: ChannelId) -> RelationDef {
    price(move || prices::Column::ChannelId.eq(channel))
}

/// The price in the channel of the cart that is joined.
fn price_for_cart() -> RelationDef {
    price(|| {
        let channel = (carts::Entity, carts::Column::ChannelId);
        Expr::col((prices::Entity, prices::Column::ChannelId)).equals(channel)
    })
}

fn price(channel: impl Fn() -> Expr + Send + Sync + 'static) -> RelationDef {
    variants::Entity::belongs_to(prices::Entity)
        .from(variants::Column::Id)
        .to(prices::Column::VariantId)
        .on_condition(move |_, _| Condition::all().add(channel()))
        .into()
}

fn policy() -> RelationDef {
    variants::Entity::belongs_to(stock_policies::Entity)
        .from(variants::Column::Id)
        .to(stock_policies::Column::VariantId)
        .into()
}

/// The picture of the variant, or else the first of its product. Two subqueries, because SQLite
/// does not know the outer row in the order of an inner one.
fn picture() -> Expr {
    let variant = (variants::Entity, variants::Column::Id);
    let product = (variants::Entity, variants::Column::ProductId);
    let image = |column| Expr::col((product_images::Entity, column));
    let own = first_url(image(product_images::Column::VariantId).equals(variant));
    let any = first_url(image(product_images::Column::ProductId).equals(product));
    Func::coalesce([Expr::from(own), Expr::from(any)]).into()
}

fn first_url(of: Expr) -> SelectStatement {
    let image = |column| (product_images::Entity, column);
    Query::select()
        .column(image(product_images::Column::Url))
        .from(product_images::Entity)
        .and_where(of)
        .order_by(image(product_images::Column::Position), Order::Asc)
        .order_by(image(product_images::Column::Id), Order::Asc)
        .limit(1)
        .to_owned()
}
