//! Products for tests, made through commands.

use entity::id::{CategoryId, ChannelId, LocationId, ProductId, TaxClassId, VariantId};
use entity::locations::Kind;
use rialto::domain::catalog::commands::{CategoryCreate, TaxClassCreate};
use rialto::domain::catalog::store;
use rialto::domain::inventory::commands::LocationCreate;
use rialto::domain::pricing::commands::CatalogImport;
use rialto::domain::pricing::import_plan::{
    ImportPlan, Imported, Outcome, PlannedOption, PlannedPrice, PlannedProduct, PlannedStock,
    PlannedVariant, Visibility,
};
use rialto::kernel::money::Money;
use rialto::kernel::permission::Role;
use rialto::kernel::text::{Country, ShortCode, Sku, Slug, Title};

use crate::harness::Shop;

/// What every product needs around it.
pub struct Market {
    pub eu: ChannelId,
    pub us: ChannelId,
    pub location: LocationId,
    pub tax_class: TaxClassId,
}

/// A product to be: priced in both channels, published, three in stock.
#[derive(Clone)]
pub struct Draft {
    pub planned: PlannedProduct,
}

impl Market {
    /// Two channels, a location and a tax class.
    pub async fn open(shop: &Shop) -> Self {
        let location = LocationCreate {
            code: ShortCode::parse("main").expect("a code"),
            name: "Main".into(),
            kind: Kind::Warehouse,
            country: Country::parse("DE").expect("a country"),
            is_default: true,
        };
        let tax_class = TaxClassCreate {
            code: ShortCode::parse("standard").expect("a code"),
            name: Title::parse("Standard").expect("a name"),
            is_default: true,
        };
        Self {
            eu: shop.opens_channel("eu").await,
            us: shop.opens_channel("us").await,
            location: shop.done(Role::Admin, location).await.location,
            tax_class: shop.done(Role::Admin, tax_class).await.tax_class,
        }
    }

    /// A draft of a product with one variant for each size.
    pub fn product(&self, slug: &str, sizes: &[&str]) -> Draft {
        let price = |channel, code: &str| PlannedPrice {
            channel,
            amount: Money::new(1_250, code.parse().expect("a currency")),
            compare_at: None,
        };
        let variant = |size: Option<&str>| PlannedVariant {
            sku: Sku::parse(&format!("{slug}-{}", size.unwrap_or("only"))).expect("a SKU"),
            values: size.map(str::to_owned).into_iter().collect(),
            barcode: None,
            weight_grams: Some(200),
            requires_shipping: true,
            prices: vec![price(self.eu, "EUR"), price(self.us, "USD")],
            stock: PlannedStock::Tracked {
                on_hand: 3,
                oversell: entity::stock_policies::Oversell::Deny,
            },
        };
        let options = (!sizes.is_empty()).then(|| PlannedOption {
            name: "Size".into(),
            values: sizes.iter().map(|&size| size.to_owned()).collect(),
        });
        let variants = match sizes {
            [] => vec![variant(None)],
            sizes => sizes.iter().map(|size| variant(Some(size))).collect(),
        };
        let planned = PlannedProduct {
            external_id: slug.to_owned(),
            slug: Slug::parse(slug).expect("a slug"),
            title: slug.to_owned(),
            description_html: format!("<p>{slug}</p>"),
            vendor: "Acme".into(),
            product_type: String::new(),
            category: None,
            tax_class: self.tax_class,
            visibility: Visibility::Published,
            options: options.into_iter().collect(),
            variants,
            images: Vec::new(),
        };
        Draft { planned }
    }

    /// Imports the drafts.
    pub async fn imports(&self, shop: &Shop, drafts: &[Draft]) -> Imported {
        let plan = ImportPlan {
            location: self.location,
            products: drafts.iter().map(|draft| draft.planned.clone()).collect(),
        };
        shop.done(Role::Merchandiser, CatalogImport { plan }).await
    }

    /// Imports one draft that must be new, and gives its id and those of its variants.
    pub async fn sells(&self, shop: &Shop, draft: &Draft) -> (ProductId, Vec<VariantId>) {
        let imported = self.imports(shop, std::slice::from_ref(draft)).await;
        let [one] = imported.products.as_slice() else {
            panic!("one product: {imported:?}");
        };
        let Outcome::Created(product) = one.outcome else {
            panic!("created: {one:?}");
        };
        let read = shop.app.db.reader();
        let found = store::variants::of_products(&read, &[product]).await;
        let variants = found
            .expect("variants")
            .remove(&product)
            .unwrap_or_default();
        (product, variants.iter().map(|variant| variant.id).collect())
    }

    /// A category.
    pub async fn category(
        &self,
        shop: &Shop,
        name: &str,
        parent: Option<CategoryId>,
    ) -> CategoryId {
        let command = CategoryCreate {
            name: Title::parse(name).expect("a name"),
            slug: None,
            description: None,
            parent,
            position: None,
        };
        shop.done(Role::Merchandiser, command).await.category
    }
}

impl Draft {
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        self.planned.title = title.to_owned();
        self
    }

    #[must_use]
    pub fn in_category(mut self, category: CategoryId) -> Self {
        self.planned.category = Some(category);
        self
    }

    /// Sets the price of all variants in all channels, in minor units.
    #[must_use]
    pub fn priced(mut self, minor: i64) -> Self {
        for variant in &mut self.planned.variants {
            for price in &mut variant.prices {
                price.amount.minor = minor;
            }
        }
        self
    }

    /// Sets the stock of all variants.
    #[must_use]
    pub fn stocked(mut self, on_hand: i64) -> Self {
        for variant in &mut self.planned.variants {
            variant.stock = PlannedStock::Tracked {
                on_hand,
                oversell: entity::stock_policies::Oversell::Deny,
            };
        }
        self
    }

    #[must_use]
    pub fn untracked(mut self) -> Self {
        for variant in &mut self.planned.variants {
            variant.stock = PlannedStock::Untracked;
        }
        self
    }

    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.planned.visibility = Visibility::Hidden;
        self
    }

    /// Sells it in the first channel only.
    #[must_use]
    pub fn in_eu_only(mut self) -> Self {
        for variant in &mut self.planned.variants {
            variant.prices.truncate(1);
        }
        self
    }
}
