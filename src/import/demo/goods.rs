//! The goods of the demo shop: `goods.toml` as a plan.

use std::collections::{BTreeSet, HashMap};

use entity::id::CategoryId;
use entity::stock_policies::Oversell;
use serde::Deserialize;

use super::{Ground, ask, good, seeder};
use crate::domain::catalog::commands::CategoryCreate;
use crate::domain::catalog::store::categories;
use crate::domain::pricing::commands::CatalogImport;
use crate::domain::pricing::import_plan::{
    ImportPlan, Outcome, PlannedImage, PlannedOption, PlannedPrice, PlannedProduct, PlannedStock,
    PlannedVariant, Visibility,
};
use crate::kernel::error::Stop;
use crate::kernel::money::{Money, MoneyError};
use crate::kernel::text::{Sku, Slug, Title};
use crate::write::Door;

const FILE: &str = include_str!("goods.toml");

/// What the file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goods {
    category: Vec<Shelf>,
    product: Vec<Good>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shelf {
    name: String,
    children: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Good {
    title: String,
    category: String,
    vendor: String,
    text: String,
    eur: String,
    usd: String,
    was_eur: Option<String>,
    was_usd: Option<String>,
    grams: Option<i64>,
    stock: Stock,
    #[serde(default)]
    options: Vec<Vec<String>>,
    #[serde(default)]
    sold_out: BTreeSet<String>,
    tax: Option<String>,
    #[serde(default = "yes")]
    ships: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Stock {
    Counted(i64),
    Word(String),
}

fn yes() -> bool {
    true
}

/// Makes the categories that are not there, and brings the goods up to date.
pub(super) async fn stock(door: &Door, ground: &Ground, goods: &Goods) -> Result<usize, Stop> {
    let mut shelves: HashMap<&str, CategoryId> = HashMap::new();
    for shelf in &goods.category {
        let above = category(door, &shelf.name, None).await?;
        for child in &shelf.children {
            shelves.insert(child, category(door, child, Some(above)).await?);
        }
    }
    let plan = ImportPlan {
        location: ground.location,
        products: goods.plan(ground, &shelves)?,
    };
    let count = plan.products.len();
    let done = door
        .execute(&seeder(), None, CatalogImport { plan })
        .await?;
    for product in done.output.products {
        if let Outcome::Refused(refused) = product.outcome {
            return Err(refused.into());
        }
    }
    Ok(count)
}

async fn category(door: &Door, name: &str, parent: Option<CategoryId>) -> Result<CategoryId, Stop> {
    let slug = slug::slugify(name);
    if let Some(row) = categories::by_slug(&door.reader(), &slug).await? {
        return Ok(row.id);
    }
    let create = CategoryCreate {
        name: good("name", Title::parse(name))?,
        slug: Some(good("slug", Slug::parse(&slug))?),
        description: None,
        parent,
        position: None,
    };
    Ok(ask(door, create).await?.category)
}

impl Goods {
    /// Reads the file that is built in.
    pub fn read() -> Result<Self, String> {
        toml::from_str(FILE).map_err(|error| error.to_string())
    }

    /// The external id of the first product.
    pub(super) fn first(&self) -> Option<String> {
        self.product.first().map(|one| external_id(&one.name()))
    }

    /// Every product, as it shall be.
    pub(super) fn plan(
        &self,
        ground: &Ground,
        shelves: &HashMap<&str, CategoryId>,
    ) -> Result<Vec<PlannedProduct>, Stop> {
        let plan = |one: &Good| one.plan(ground, shelves.get(one.category.as_str()).copied());
        self.product.iter().map(plan).collect()
    }
}

fn external_id(name: &str) -> String {
    format!("demo:{name}")
}

impl Good {
    fn name(&self) -> String {
        slug::slugify(&self.title)
    }

    fn plan(&self, ground: &Ground, category: Option<CategoryId>) -> Result<PlannedProduct, Stop> {
        let name = self.name();
        let options: Vec<PlannedOption> = self
            .options
            .iter()
            .filter_map(|option| option.split_first())
            .map(|(name, values)| PlannedOption {
                name: name.clone(),
                values: values.to_vec(),
            })
            .collect();
        let variants: Result<Vec<_>, Stop> = combinations(&options)
            .into_iter()
            .map(|values| self.variant(ground, &name, values))
            .collect();
        Ok(PlannedProduct {
            external_id: external_id(&name),
            slug: good("slug", Slug::parse(&name))?,
            title: self.title.clone(),
            description_html: format!("<p>{}</p>", self.text),
            vendor: self.vendor.clone(),
            product_type: self.category.clone(),
            category,
            tax_class: match self.tax.as_deref() {
                Some("reduced") => ground.reduced,
                _ => ground.standard,
            },
            visibility: Visibility::Published,
            images: self.images(&name, &options),
            options,
            variants: variants?,
        })
    }

    fn variant(
        &self,
        ground: &Ground,
        name: &str,
        values: Vec<String>,
    ) -> Result<PlannedVariant, Stop> {
        let parts: Vec<String> = values.iter().map(slug::slugify).collect();
        let sku = [&[name.to_owned()], parts.as_slice()]
            .concat()
            .join("-")
            .to_uppercase();
        let price = |text: &str, code: &str| -> Result<Money, MoneyError> {
            Money::parse(text, code.parse()?)
        };
        let was = |text: &Option<String>, code: &str| {
            text.as_deref().map(|text| price(text, code)).transpose()
        };
        let none_left = values.iter().any(|value| self.sold_out.contains(value));
        Ok(PlannedVariant {
            sku: good("sku", Sku::parse(&sku))?,
            barcode: None,
            weight_grams: self.grams,
            requires_shipping: self.ships,
            prices: vec![
                PlannedPrice {
                    channel: ground.eu,
                    amount: good("eur", price(&self.eur, "EUR"))?,
                    compare_at: good("was_eur", was(&self.was_eur, "EUR"))?,
                },
                PlannedPrice {
                    channel: ground.us,
                    amount: good("usd", price(&self.usd, "USD"))?,
                    compare_at: good("was_usd", was(&self.was_usd, "USD"))?,
                },
            ],
            stock: match &self.stock {
                Stock::Counted(count) => PlannedStock::Tracked {
                    on_hand: if none_left { 0 } else { *count },
                    oversell: Oversell::Deny,
                },
                Stock::Word(word) if word == "backorder" => PlannedStock::Tracked {
                    on_hand: 0,
                    oversell: Oversell::Backorder,
                },
                Stock::Word(_) => PlannedStock::Untracked,
            },
            values,
        })
    }

    /// One picture of the product, and one for each of its colors.
    fn images(&self, name: &str, options: &[PlannedOption]) -> Vec<PlannedImage> {
        let mut images = vec![PlannedImage {
            url: format!("/demo/{name}.svg"),
            alt: self.title.clone(),
            variant: None,
        }];
        let colors = options.iter().find(|option| option.name == "Color");
        for color in colors.iter().flat_map(|option| &option.values) {
            images.push(PlannedImage {
                url: format!("/demo/{name}_{}.svg", slug::slugify(color)),
                alt: format!("{} in {}", self.title, color.to_lowercase()),
                variant: None,
            });
        }
        images
    }
}

/// Every way to choose one value of each option.
pub(super) fn combinations(options: &[PlannedOption]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for option in options {
        let longer = |begun: &Vec<String>| {
            let with = |value: &String| [begun.as_slice(), std::slice::from_ref(value)].concat();
            option.values.iter().map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use entity::id::{ChannelId, LocationId, TaxClassId};
    use uuid::Uuid;

    use super::*;

    fn ground() -> Ground {
        Ground {
            eu: ChannelId::from_uuid(Uuid::from_u128(1)),
            us: ChannelId::from_uuid(Uuid::from_u128(2)),
            location: LocationId::from_uuid(Uuid::from_u128(3)),
            standard: TaxClassId::from_uuid(Uuid::from_u128(4)),
            reduced: TaxClassId::from_uuid(Uuid::from_u128(5)),
        }
    }

    #[test]
    fn the_demo_sells_some_dozens_of_things_each_in_a_category_that_is_there() {
        let goods = Goods::read().unwrap();
        let shelves: HashMap<&str, CategoryId> = goods
            .category
            .iter()
            .flat_map(|shelf| &shelf.children)
            .map(|name| (name.as_str(), CategoryId::from_uuid(Uuid::from_u128(9))))
            .collect();
        let plan = goods.plan(&ground(), &shelves).unwrap();
        assert!(plan.len() >= 36, "{}", plan.len());
        assert!(plan.iter().all(|product| product.category.is_some()));
        let skus: Vec<_> = plan.iter().flat_map(|product| &product.variants).collect();
        let different: HashSet<_> = skus.iter().map(|variant| &variant.sku).collect();
        assert_eq!(different.len(), skus.len());
        let counted = skus
            .iter()
            .filter(|one| matches!(one.stock, PlannedStock::Tracked { on_hand: 1.., .. }));
        assert!(counted.count() > 60);
        for product in &plan {
            for image in &product.images {
                let name = image
                    .url
                    .trim_start_matches("/demo/")
                    .trim_end_matches(".svg");
                assert!(
                    super::super::picture::picture(name).is_some(),
                    "{}",
                    image.url
                );
            }
        }
    }

    #[test]
    fn every_combination_comes_once() {
        let option = |name: &str, values: &[&str]| PlannedOption {
            name: name.to_owned(),
            values: values.iter().map(|&value| value.to_owned()).collect(),
        };
        let all = combinations(&[option("Size", &["S", "M"]), option("Color", &["a", "b"])]);
        assert_eq!(all.len(), 4);
        assert_eq!(all[1], ["S", "b"]);
        assert_eq!(combinations(&[]), [Vec::<String>::new()]);
    }
}
