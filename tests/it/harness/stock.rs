//! What the shop has: tax classes, locations, variants, and how many of them.

use entity::id::{LocationId, TaxClassId, VariantId};
use entity::locations::Kind;
use entity::stock_policies::Oversell;
use rialto::domain::catalog::commands::{ProductCreate, TaxClassCreate};
use rialto::domain::catalog::draft::NewVariant;
use rialto::domain::catalog::html::Html;
use rialto::domain::inventory::commands::{LocationCreate, StockAdjust, StockPolicySet};
use rialto::domain::inventory::movement::Reason;
use rialto::kernel::permission::Role;
use rialto::kernel::text::{Country, ShortCode, Sku, Title};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::Shop;

impl Shop {
    /// A class of goods, the default from now on.
    pub async fn tax_class(&self, code: &str) -> TaxClassId {
        let command = TaxClassCreate {
            code: ShortCode::parse(code).expect("a code"),
            name: Title::parse(code).expect("a name"),
            is_default: true,
        };
        self.done(Role::Admin, command).await.tax_class
    }

    /// A warehouse; the first one is the default.
    pub async fn location(&self, code: &str) -> LocationId {
        let command = LocationCreate {
            code: ShortCode::parse(code).expect("a code"),
            name: code.to_owned(),
            kind: Kind::Warehouse,
            country: Country::parse("DE").expect("a country"),
            is_default: false,
        };
        self.done(Role::Warehouse, command).await.location
    }

    /// A product with one variant of that number.
    pub async fn variant(&self, sku: &str) -> VariantId {
        let command = ProductCreate {
            title: Title::parse(sku).expect("a title"),
            slug: None,
            external_id: None,
            description: Html::sanitize("").expect("no text"),
            vendor: None,
            product_type: None,
            category: None,
            tax_class: None,
            options: Vec::new(),
            variants: vec![NewVariant {
                sku: Sku::parse(sku).expect("a number"),
                barcode: None,
                choices: Vec::new(),
                weight: None,
                requires_shipping: true,
            }],
            images: Vec::new(),
        };
        self.done(Role::Merchandiser, command).await;
        let row = entity::variants::Entity::find()
            .filter(entity::variants::Column::Sku.eq(sku))
            .one(&self.app.door.reader())
            .await;
        row.expect("an answer").expect("the variant").id
    }

    /// So many pieces more at the location.
    pub async fn receives(&self, variant: VariantId, location: LocationId, pieces: i64) {
        let command = StockAdjust {
            variant,
            location: Some(location),
            delta: pieces,
            reason: Reason::Received,
        };
        self.adjusts(command).await;
    }

    /// Nobody counts the variant any more.
    pub async fn stops_counting(&self, variant: VariantId) {
        self.sets_policy(variant, Some(false), None).await;
    }

    /// Whether the variant may be sold beyond what there is.
    pub async fn oversells(&self, variant: VariantId, oversell: Oversell) {
        self.sets_policy(variant, None, Some(oversell)).await;
    }

    async fn sets_policy(
        &self,
        variant: VariantId,
        tracked: Option<bool>,
        oversell: Option<Oversell>,
    ) {
        let command = StockPolicySet {
            variant,
            expected_version: None,
            tracked,
            oversell,
        };
        self.done(Role::Warehouse, command).await;
    }

    async fn adjusts(&self, command: StockAdjust) {
        self.done(Role::Warehouse, command).await;
    }

    /// What `rialto check` finds wrong with the stock.
    pub async fn stock_findings(&self) -> Vec<String> {
        let found = rialto::domain::inventory::check::check(&self.app.door.reader()).await;
        let found = found.unwrap_or_else(|fault| panic!("{fault:?}"));
        found.iter().map(ToString::to_string).collect()
    }
}
