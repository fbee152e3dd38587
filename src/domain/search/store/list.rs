//! A page of products, and how many there are.

use std::collections::HashMap;

use entity::id::{CategoryId, ProductId};
use entity::product_listings::{self, Column as Listing};
use entity::products::{self, Column, Model, State};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement, UnionType};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, FromQueryResult, Iterable, QueryResult, Statement,
    TryGetable,
};

use super::conditions::{col, listed, of_filter, of_product};
use crate::db::Reader;
use crate::domain::search::filter::{Audience, Filter, Sort, View};
use crate::kernel::clock::Instant;
use crate::kernel::error::{Code, Fault, Refused, Stop};
use crate::kernel::page::{Cut, Page};

/// Counting stops here.
pub const COUNT_MAX: u64 = 10_000;
const LISTED_FROM: &str = "listed_from";
const IN_CATEGORY: &str = "in_category";

/// A product of a list.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The product.
    pub product: Model,
    /// Its lowest price in the channel, where the list goes by prices.
    pub price_from_minor: Option<i64>,
}

impl FromQueryResult for Hit {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let price = i64::try_get_by(row, LISTED_FROM);
        Ok(Self {
            product: Model::from_query_result(row, prefix)?,
            price_from_minor: price.ok(),
        })
    }
}

/// A page of the list.
pub async fn page(
    read: &Reader,
    view: View,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<Cut<Hit>, Stop> {
    let engine = read.get_database_backend();
    let Some(statement) = statement(engine, view, filter, sort, page)? else {
        return Ok(page.cut(Vec::new()));
    };
    let hits = Hit::find_by_statement(statement)
        .all(read)
        .await
        .map_err(Fault::from)?;
    Ok(page.cut(hits))
}

/// The statement behind [`page`], for those who explain it; none where nothing can be in the list.
pub fn statement(
    engine: DbBackend,
    view: View,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<Option<Statement>, Refused> {
    let select = select(view, filter, sort, page)?;
    Ok(select.map(|select| engine.build(&select)))
}

/// The rows of a page, probe row included, of each of these categories with those below it: one
/// statement for all.
pub async fn probes(
    read: &Reader,
    view: View,
    sort: Sort,
    categories: &[CategoryId],
    page: &Page,
) -> Result<HashMap<CategoryId, Vec<Hit>>, Stop> {
    let mut all: Option<SelectStatement> = None;
    for category in categories {
        let Some(inner) = select(view, &of_category(*category), sort, page)? else {
            return Ok(HashMap::new());
        };
        let one = Query::select()
            .expr(Expr::cust("*"))
            .expr_as(Expr::val(*category), IN_CATEGORY)
            .from_subquery(inner, "hits")
            .to_owned();
        all = Some(match all {
            None => one,
            Some(mut before) => before.union(UnionType::All, one).to_owned(),
        });
    }
    let mut found: HashMap<CategoryId, Vec<Hit>> = HashMap::new();
    if let Some(all) = all {
        for row in read.query_all(&all).await.map_err(Fault::from)? {
            let hit = Hit::from_query_result(&row, "").map_err(Fault::from)?;
            let category = row.try_get("", IN_CATEGORY).map_err(Fault::from)?;
            found.entry(category).or_default().push(hit);
        }
    }
    Ok(found)
}

/// How many products the list has; counting stops at [`COUNT_MAX`].
pub async fn count(read: &Reader, view: View, filter: &Filter, sort: Sort) -> Result<u64, Fault> {
    let Some(count) = tally(view, filter, sort) else {
        return Ok(0);
    };
    let row = read.query_one(&count).await?;
    let rows: i64 = row
        .map(|row| row.try_get("", "rows"))
        .transpose()?
        .unwrap_or(0);
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// How many products each of these categories has with those below it, in one statement.
pub async fn counts(
    read: &Reader,
    view: View,
    categories: &[CategoryId],
) -> Result<HashMap<CategoryId, u64>, Fault> {
    let mut select = Query::select();
    for (at, category) in categories.iter().enumerate() {
        let Some(count) = tally(view, &of_category(*category), Sort::default()) else {
            return Ok(HashMap::new());
        };
        let count = Expr::SubQuery(None, Box::new(count.into()));
        select.expr_as(count, format!("rows_{at}"));
    }
    if categories.is_empty() {
        return Ok(HashMap::new());
    }
    let row = read.query_one(&select).await?;
    let mut counts = HashMap::new();
    for (at, category) in categories.iter().enumerate() {
        let rows: i64 = row
            .as_ref()
            .map(|row| row.try_get("", &format!("rows_{at}")))
            .transpose()?
            .unwrap_or(0);
        counts.insert(*category, u64::try_from(rows).unwrap_or(0));
    }
    Ok(counts)
}

fn of_category(category: CategoryId) -> Filter {
    Filter {
        category: Some(category),
        ..Filter::default()
    }
}

fn select(
    view: View,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<Option<SelectStatement>, Refused> {
    let Some(mut select) = base(view, filter, sort) else {
        return Ok(None);
    };
    for column in Column::iter() {
        select.column((products::Entity, column));
    }
    if sort.is_by_price() {
        select.expr_as(
            col((product_listings::Entity, Listing::PriceFromMinor)),
            LISTED_FROM,
        );
    }
    let ascending = is_ascending(sort) != page.backward;
    if let Some(edge) = &page.edge {
        let place = place(view, sort);
        let edge = edge_of(view, sort, edge)?;
        select.and_where(if ascending {
            place.gt(edge)
        } else {
            place.lt(edge)
        });
    }
    let order = if ascending { Order::Asc } else { Order::Desc };
    for key in keys(view, sort) {
        select.order_by_expr(key, order.clone());
    }
    select.limit(page.probe());
    Ok(Some(select))
}

fn tally(view: View, filter: &Filter, sort: Sort) -> Option<SelectStatement> {
    let mut select = base(view, filter, sort)?;
    select.expr(Expr::val(1)).limit(COUNT_MAX);
    let count = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), "rows")
        .from_subquery(select, "hits")
        .to_owned();
    Some(count)
}

/// The sort key of a product.
pub fn key(view: View, sort: Sort, hit: &Hit) -> Vec<String> {
    let product = &hit.product;
    let first = match (sort, view.audience) {
        (Sort::Newest, Audience::Staff) => return vec![product.id.to_string()],
        (Sort::Newest, Audience::Shoppers) => product
            .published_at
            .map(|at| at.to_rfc3339())
            .unwrap_or_default(),
        (Sort::Title, _) => product.title.clone(),
        (Sort::PriceAsc | Sort::PriceDesc, _) => {
            hit.price_from_minor.unwrap_or_default().to_string()
        }
    };
    vec![first, product.id.to_string()]
}

/// What is in the list; none where nothing can be.
fn base(view: View, filter: &Filter, sort: Sort) -> Option<SelectStatement> {
    let by_price = sort.is_by_price() || filter.asks_price();
    let mut select = Query::select();
    if by_price {
        let channel = view.channel?;
        let listing = |column| col((product_listings::Entity, column));
        select
            .from(product_listings::Entity)
            .inner_join(
                products::Entity,
                of_product(Column::Id).eq(listing(Listing::ProductId)),
            )
            .and_where(listing(Listing::ChannelId).eq(channel));
        if let Some(min) = filter.price_min {
            select.and_where(listing(Listing::PriceToMinor).gte(min));
        }
        if let Some(max) = filter.price_max {
            select.and_where(listing(Listing::PriceFromMinor).lte(max));
        }
    } else {
        select.from(products::Entity);
    }
    match view.audience {
        Audience::Shoppers => {
            select.and_where(of_product(Column::State).eq(State::Active));
            let channel = view.channel?;
            if !by_price {
                select.and_where(listed(channel));
            }
        }
        Audience::Staff => {
            if let Some(states) = &filter.states {
                select.and_where(of_product(Column::State).is_in(states.iter().copied()));
            }
        }
    }
    select.cond_where(Condition::all().add(of_filter(filter)));
    Some(select)
}

fn is_ascending(sort: Sort) -> bool {
    match sort {
        Sort::Title | Sort::PriceAsc => true,
        Sort::Newest | Sort::PriceDesc => false,
    }
}

/// The columns a list goes by; the id breaks ties.
fn keys(view: View, sort: Sort) -> Vec<Expr> {
    let id = of_product(Column::Id);
    match (sort, view.audience) {
        (Sort::Newest, Audience::Staff) => vec![id],
        (Sort::Newest, Audience::Shoppers) => vec![of_product(Column::PublishedAt), id],
        (Sort::Title, _) => vec![of_product(Column::Title), id],
        (Sort::PriceAsc | Sort::PriceDesc, _) => vec![
            col((product_listings::Entity, Listing::PriceFromMinor)),
            col((product_listings::Entity, Listing::ProductId)),
        ],
    }
}

/// The keys as one value, which an index compares as a whole.
fn place(view: View, sort: Sort) -> Expr {
    let mut keys = keys(view, sort);
    match keys.pop() {
        Some(only) if keys.is_empty() => only,
        Some(last) => {
            keys.push(last);
            Expr::tuple(keys)
        }
        None => Expr::val(true),
    }
}

/// The values of a cursor, in the types of the keys.
fn edge_of(view: View, sort: Sort, edge: &[String]) -> Result<Expr, Refused> {
    let foreign = || {
        Refused::new(
            Code::InvalidCursor,
            "The cursor does not belong to this list.",
        )
        .at("after")
    };
    let id = |text: &String| text.parse::<ProductId>().map_err(|_| foreign());
    match (sort, view.audience, edge) {
        (Sort::Newest, Audience::Staff, [product]) => Ok(Expr::val(id(product)?)),
        (Sort::Newest, Audience::Shoppers, [at, product]) => {
            let at: Instant = at.parse().map_err(|_| foreign())?;
            Ok(Expr::tuple([Expr::val(at), Expr::val(id(product)?)]))
        }
        (Sort::Title, _, [title, product]) => Ok(Expr::tuple([
            Expr::val(title.as_str()),
            Expr::val(id(product)?),
        ])),
        (Sort::PriceAsc | Sort::PriceDesc, _, [price, product]) => {
            let price: i64 = price.parse().map_err(|_| foreign())?;
            Ok(Expr::tuple([Expr::val(price), Expr::val(id(product)?)]))
        }
        (Sort::Newest | Sort::Title | Sort::PriceAsc | Sort::PriceDesc, _, _) => Err(foreign()),
    }
}
