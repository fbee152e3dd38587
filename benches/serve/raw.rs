//! The same answers as the API's by hand: SQL that asks for what is shown and nothing else, rows
//! decoded by position, structs that `serde_json` writes. What a program without GraphQL, without
//! roles and without a typed catalog would do, on the same pool.
//!
//! [`crate::reads`] compares every answer here with the API's before anything is measured.

use std::collections::HashMap;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use entity::id::{CategoryId, ProductId, VariantId};
use rialto::db::Reader;
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Products of a page.
pub const PAGE: usize = 20;

/// What the baseline reads with, and what it may know by heart: the channel.
#[derive(Clone)]
pub struct Raw {
    read: Reader,
    channel: Uuid,
}

#[derive(Serialize)]
struct Money {
    amount: String,
    currency: String,
}

#[derive(Serialize)]
struct Image {
    url: String,
    alt: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    id: String,
    title: String,
    slug: String,
    featured_image: Option<Image>,
    variants: Vec<ListedVariant>,
}

#[derive(Serialize)]
struct ListedVariant {
    id: String,
    sku: String,
    title: String,
    price: Option<Money>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    nodes: Vec<Listed>,
    page_info: PageInfo,
}

/// What a cursor of the list says: which list it is of, and after what.
#[derive(Serialize, Deserialize)]
struct Cursor {
    l: String,
    k: (DateTime<Utc>, String),
}

/// The sort key of a row as the API writes it.
#[derive(Serialize)]
struct Edge<'a> {
    l: &'a str,
    k: (String, &'a str),
}

impl Raw {
    /// Reads for the default channel.
    pub async fn new(read: Reader) -> Result<Self> {
        let sql = "SELECT id FROM channels WHERE is_default";
        let row = read.query_one_raw(statement(&read, sql, [])).await?;
        let channel = row.context("no channel")?.try_get_by_index(0)?;
        Ok(Self { read, channel })
    }

    async fn rows(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>> {
        let rows = self.read.query_all_raw(statement(&self.read, sql, values));
        Ok(rows.await?)
    }

    /// A page of products, the newest first.
    pub async fn list(&self, after: &str) -> Result<Vec<u8>> {
        const FROM: &str = "SELECT p.id, p.title, p.slug, p.published_at FROM products p \
             WHERE p.state = 'active' AND EXISTS (SELECT 1 FROM product_listings l \
             WHERE l.product_id = p.id AND l.channel_id = $1)";
        const ORDER: &str = "ORDER BY p.published_at DESC, p.id DESC LIMIT 21";
        let cursor: Cursor = serde_json::from_slice(&BASE64URL_NOPAD.decode(after.as_bytes())?)?;
        let edge: ProductId = cursor.k.1.parse().ok().context("no product's cursor")?;
        let sql = format!("{FROM} AND (p.published_at, p.id) < ($2, $3) {ORDER}");
        let values = vec![self.channel.into(), cursor.k.0.into(), edge.uuid().into()];
        let mut rows = self.rows(&sql, values).await?;
        let has_next_page = rows.len() > PAGE;
        rows.truncate(PAGE);
        let ids = rows.iter().map(|row| row.try_get_by_index(0));
        let ids = ids.collect::<Result<Vec<Uuid>, _>>()?;
        let mut images = self.first_images(&ids).await?;
        let mut variants = self.listed_variants(&ids).await?;
        let mut nodes = Vec::with_capacity(ids.len());
        for (row, id) in rows.iter().zip(&ids) {
            nodes.push(Listed {
                id: ProductId::from_uuid(*id).to_string(),
                title: row.try_get_by_index(1)?,
                slug: row.try_get_by_index(2)?,
                featured_image: images.remove(id),
                variants: variants.remove(id).unwrap_or_default(),
            });
        }
        let end_cursor = match (rows.last(), nodes.last()) {
            (Some(row), Some(node)) => Some(end_cursor(&cursor.l, row, &node.id)?),
            _ => None,
        };
        let page_info = PageInfo {
            has_next_page,
            end_cursor,
        };
        answer("products", &Page { nodes, page_info })
    }

    async fn first_images(&self, products: &[Uuid]) -> Result<HashMap<Uuid, Image>> {
        let sql = format!(
            "SELECT product_id, url, alt FROM product_images WHERE product_id IN ({}) \
             ORDER BY product_id, position, id",
            places(1, PAGE)
        );
        let mut images = HashMap::new();
        for row in self.rows(&sql, padded(products, [])).await? {
            let image = Image {
                url: row.try_get_by_index(1)?,
                alt: row.try_get_by_index(2)?,
            };
            images.entry(row.try_get_by_index(0)?).or_insert(image);
        }
        Ok(images)
    }

    async fn listed_variants(
        &self,
        products: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<ListedVariant>>> {
        let sql = format!(
            "SELECT v.product_id, v.id, v.sku, v.title, r.amount_minor, r.currency \
             FROM variants v LEFT JOIN prices r ON r.variant_id = v.id AND r.channel_id = ${} \
             WHERE v.product_id IN ({}) AND v.active ORDER BY v.product_id, v.position, v.id",
            PAGE + 1,
            places(1, PAGE),
        );
        let mut variants: HashMap<Uuid, Vec<ListedVariant>> = HashMap::new();
        for row in self
            .rows(&sql, padded(products, [self.channel.into()]))
            .await?
        {
            let of = variants.entry(row.try_get_by_index(0)?).or_default();
            of.push(ListedVariant {
                id: VariantId::from_uuid(row.try_get_by_index(1)?).to_string(),
                sku: row.try_get_by_index(2)?,
                title: row.try_get_by_index(3)?,
                price: money(row.try_get_by_index(4)?, row.try_get_by_index(5)?),
            });
        }
        Ok(variants)
    }
}

#[derive(Serialize)]
struct Category {
    id: String,
    name: String,
    slug: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    children: Option<Vec<Category>>,
}

#[derive(Serialize)]
struct Nodes<T> {
    nodes: Vec<T>,
}

/// What the rows below a category are kept as: id, name, slug.
type Below = HashMap<Option<Uuid>, Vec<(Uuid, String, String)>>;

impl Raw {
    /// Three levels of categories.
    pub async fn tree(&self) -> Result<Vec<u8>> {
        let sql = "SELECT parent_id, id, name, slug FROM categories ORDER BY position, id";
        let mut below = Below::new();
        for row in self.rows(sql, Vec::new()).await? {
            let of = below.entry(row.try_get_by_index(0)?).or_default();
            let (id, name) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            of.push((id, name, row.try_get_by_index(3)?));
        }
        let nodes = branch(&mut below, None, 3);
        answer("categories", &Nodes { nodes })
    }
}

fn branch(below: &mut Below, parent: Option<Uuid>, levels: u8) -> Vec<Category> {
    let rows = below.remove(&parent).unwrap_or_default();
    let of = |(id, name, slug): (Uuid, String, String)| Category {
        id: CategoryId::from_uuid(id).to_string(),
        name,
        slug,
        children: (levels > 1).then(|| branch(below, Some(id), levels - 1)),
    };
    rows.into_iter().map(of).collect()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detailed {
    id: String,
    title: String,
    slug: String,
    description_html: String,
    vendor: Option<String>,
    product_type: Option<String>,
    options: Vec<Choices>,
    images: Vec<Image>,
    price_range: Option<Range>,
    variants: Vec<DetailedVariant>,
}

#[derive(Serialize)]
struct Choices {
    name: String,
    values: Vec<String>,
}

#[derive(Serialize)]
struct Choice {
    name: String,
    value: String,
}

#[derive(Serialize)]
struct Range {
    min: Option<Money>,
    max: Option<Money>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DetailedVariant {
    id: String,
    sku: String,
    title: String,
    in_stock: bool,
    options: Vec<Choice>,
    price: Option<Money>,
    compare_at_price: Option<Money>,
}

impl Raw {
    /// A product's page.
    pub async fn detail(&self, slug: &str) -> Result<Vec<u8>> {
        let sql = "SELECT p.id, p.title, p.slug, p.description_html, p.vendor, p.product_type, \
             l.price_from_minor, l.price_to_minor, l.currency FROM products p \
             JOIN product_listings l ON l.product_id = p.id AND l.channel_id = $2 \
             WHERE p.slug = $1 AND p.state IN ('active', 'discontinued')";
        let rows = self
            .rows(sql, vec![slug.into(), self.channel.into()])
            .await?;
        let row = rows.first().context("no such product")?;
        let id: Uuid = row.try_get_by_index(0)?;
        let currency: String = row.try_get_by_index(8)?;
        let product = Detailed {
            id: ProductId::from_uuid(id).to_string(),
            title: row.try_get_by_index(1)?,
            slug: row.try_get_by_index(2)?,
            description_html: row.try_get_by_index(3)?,
            vendor: row.try_get_by_index(4)?,
            product_type: row.try_get_by_index(5)?,
            options: self.options(id).await?,
            images: self.images(id).await?,
            price_range: Some(Range {
                min: money(row.try_get_by_index(6)?, Some(currency.clone())),
                max: money(row.try_get_by_index(7)?, Some(currency)),
            }),
            variants: self.variants(id).await?,
        };
        answer("product", &product)
    }

    async fn options(&self, product: Uuid) -> Result<Vec<Choices>> {
        let sql = "SELECT o.name, w.value FROM product_options o \
             JOIN product_option_values w ON w.option_id = o.id \
             WHERE o.product_id = $1 ORDER BY o.position, o.id, w.position, w.id";
        let mut options: Vec<Choices> = Vec::new();
        for row in self.rows(sql, vec![product.into()]).await? {
            let (name, value) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            match options.last_mut() {
                Some(last) if last.name == name => last.values.push(value),
                _ => options.push(Choices {
                    name,
                    values: vec![value],
                }),
            }
        }
        Ok(options)
    }

    async fn images(&self, product: Uuid) -> Result<Vec<Image>> {
        let sql = "SELECT url, alt FROM product_images WHERE product_id = $1 \
             ORDER BY position, id";
        let mut images = Vec::new();
        for row in self.rows(sql, vec![product.into()]).await? {
            images.push(Image {
                url: row.try_get_by_index(0)?,
                alt: row.try_get_by_index(1)?,
            });
        }
        Ok(images)
    }

    async fn variants(&self, product: Uuid) -> Result<Vec<DetailedVariant>> {
        let sql = "SELECT v.id, v.sku, v.title, r.amount_minor, r.compare_at_minor, r.currency, \
             COALESCE(NOT s.tracked OR s.oversell <> 'deny', FALSE) OR EXISTS ( \
               SELECT 1 FROM stock_levels k JOIN locations c ON c.id = k.location_id \
               WHERE k.variant_id = v.id AND c.active \
               AND c.kind IN ('warehouse', 'store', 'dropship') \
               AND k.on_hand - k.unavailable - k.safety > k.committed) \
             FROM variants v LEFT JOIN prices r ON r.variant_id = v.id AND r.channel_id = $2 \
             LEFT JOIN stock_policies s ON s.variant_id = v.id \
             WHERE v.product_id = $1 AND v.active ORDER BY v.position, v.id";
        let mut choices = self.choices(product).await?;
        let mut variants = Vec::new();
        for row in self
            .rows(sql, vec![product.into(), self.channel.into()])
            .await?
        {
            let id = row.try_get_by_index(0)?;
            let currency: Option<String> = row.try_get_by_index(5)?;
            variants.push(DetailedVariant {
                id: VariantId::from_uuid(id).to_string(),
                sku: row.try_get_by_index(1)?,
                title: row.try_get_by_index(2)?,
                in_stock: row.try_get_by_index(6)?,
                options: choices.remove(&id).unwrap_or_default(),
                price: money(row.try_get_by_index(3)?, currency.clone()),
                compare_at_price: money(row.try_get_by_index(4)?, currency),
            });
        }
        Ok(variants)
    }

    async fn choices(&self, product: Uuid) -> Result<HashMap<Uuid, Vec<Choice>>> {
        let sql = "SELECT c.variant_id, o.name, w.value FROM variants v \
             JOIN variant_option_values c ON c.variant_id = v.id \
             JOIN product_options o ON o.id = c.option_id \
             JOIN product_option_values w ON w.id = c.value_id \
             WHERE v.product_id = $1 ORDER BY o.position, o.id";
        let mut choices: HashMap<Uuid, Vec<Choice>> = HashMap::new();
        for row in self.rows(sql, vec![product.into()]).await? {
            let of = choices.entry(row.try_get_by_index(0)?).or_default();
            of.push(Choice {
                name: row.try_get_by_index(1)?,
                value: row.try_get_by_index(2)?,
            });
        }
        Ok(choices)
    }
}

fn statement(read: &Reader, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(read.get_database_backend(), sql, values)
}

/// `$first, …`, so many of them.
fn places(first: usize, count: usize) -> String {
    let places = (first..first + count).map(|place| format!("${place}"));
    places.collect::<Vec<_>>().join(", ")
}

/// The ids, the last one repeated up to a page, so that every page is one statement.
fn padded<const N: usize>(ids: &[Uuid], more: [Value; N]) -> Vec<Value> {
    let last = ids.last().copied().unwrap_or_default();
    let ids = ids.iter().copied().chain(std::iter::repeat(last));
    let ids = ids.take(PAGE).map(Value::from);
    ids.chain(more).collect()
}

/// The demo's currencies have two decimals.
fn money(minor: Option<i64>, currency: Option<String>) -> Option<Money> {
    let (minor, currency) = (minor?, currency?);
    let amount = format!("{}.{:02}", minor / 100, minor % 100);
    Some(Money { amount, currency })
}

fn end_cursor(list: &str, row: &QueryResult, id: &str) -> Result<String> {
    let at: DateTime<Utc> = row.try_get_by_index(3)?;
    let edge = Edge {
        l: list,
        k: (at.to_rfc3339(), id),
    };
    Ok(BASE64URL_NOPAD.encode(&serde_json::to_vec(&edge)?))
}

#[derive(Serialize)]
struct Answer<'a, T> {
    data: HashMap<&'static str, &'a T>,
    extensions: Extensions,
}

/// What the API says with every answer.
#[derive(Serialize)]
struct Extensions {
    context: Spoken,
}

#[derive(Serialize)]
struct Spoken {
    channel: &'static str,
    language: &'static str,
}

fn answer<T: Serialize>(field: &'static str, data: &T) -> Result<Vec<u8>> {
    let context = Spoken {
        channel: "eu",
        language: "en",
    };
    let answer = Answer {
        data: HashMap::from([(field, data)]),
        extensions: Extensions { context },
    };
    Ok(serde_json::to_vec(&answer)?)
}
