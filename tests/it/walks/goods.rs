//! Samples of what is sold: categories, products, variants, images, prices, stock.

use entity::id::{CategoryId, ImageId, ProductId, VariantId};
use entity::stock_policies::Oversell;
use rialto::domain::catalog::commands::{
    CategoryCreate, CategoryDelete, CategoryMove, CategoryUpdate, ImageRemove, ImageUpdate,
    ImagesAdd, ImagesReorder, ProductCreate, ProductUpdate, VariantUpdate, VariantsCreate,
};
use rialto::domain::catalog::draft::{Grams, NewImage, NewVariant};
use rialto::domain::catalog::html::Html;
use rialto::domain::catalog::image::ImageUrl;
use rialto::domain::catalog::options::{Choice, NewOption};
use rialto::domain::inventory::commands::{StockAdjust, StockPolicySet, StockSet};
use rialto::domain::inventory::movement::Reason;
use rialto::domain::pricing::commands::{
    CatalogImport, PricesRemove, PricesSet, ProductArchive, ProductDiscontinue, ProductPublish,
    ProductReject, ProductRestore, ProductResume, ProductSubmit, ProductSuspend, VariantActivate,
    VariantDeactivate,
};
use rialto::domain::pricing::import_plan::ImportPlan;
use rialto::domain::pricing::price::NewPrice;
use rialto::kernel::money::Money;
use rialto::kernel::permission::Role;
use rialto::kernel::text::{Sku, Slug, Title};

use super::sample::{Sample, staff};
use super::world::World;

/// All of them.
pub async fn samples(world: &World) -> Vec<Sample> {
    let mut samples = categories(world).await;
    samples.extend(products(world).await);
    samples.extend(variants(world).await);
    samples.extend(images(world).await);
    samples.extend(lives(world).await);
    samples.extend(prices(world).await);
    samples.extend(stock(world).await);
    samples.extend(imports(world).await);
    samples
}

fn title(text: &str) -> Title {
    Title::parse(text).expect("a title")
}

async fn category(world: &World, parent: Option<CategoryId>) -> CategoryId {
    let name = world.name("category");
    world.till.market.category(&world.shop, &name, parent).await
}

async fn categories(world: &World) -> Vec<Sample> {
    let merchandiser = staff(Role::Merchandiser);
    let top = category(world, None).await;
    let moved = category(world, None).await;
    category(world, Some(moved)).await;
    let deleted = category(world, Some(top)).await;
    vec![
        Sample::of(&merchandiser, move || CategoryCreate {
            name: title("Walk"),
            slug: None,
            description: Some("Walk".to_owned()),
            parent: Some(top),
            position: None,
        }),
        Sample::of(&merchandiser, move || CategoryUpdate {
            category: top,
            expected_version: None,
            name: Some(title("Walked")),
            slug: Some(Slug::parse("walked").expect("a slug")),
            description: None,
            position: Some(3),
        }),
        Sample::of(&merchandiser, move || CategoryMove {
            category: moved,
            expected_version: None,
            parent: Some(top),
            position: None,
        }),
        Sample::of(&merchandiser, move || CategoryDelete {
            category: deleted,
            expected_version: None,
        }),
    ]
}

fn new_variant(sku: &str, size: &str) -> NewVariant {
    NewVariant {
        sku: Sku::parse(sku).expect("a SKU"),
        barcode: None,
        choices: vec![Choice {
            option: title("Size"),
            value: title(size),
        }],
        weight: Grams::new(100),
        requires_shipping: true,
    }
}

fn new_image(name: &str) -> NewImage {
    NewImage {
        url: ImageUrl::parse(&format!("https://images.example/{name}.jpg")).expect("a URL"),
        alt: name.to_owned(),
    }
}

async fn products(world: &World) -> Vec<Sample> {
    let merchandiser = staff(Role::Merchandiser);
    let place = category(world, None).await;
    let (updated, _) = world.product().await;
    vec![
        Sample::of(&merchandiser, move || ProductCreate {
            title: title("Walk"),
            slug: None,
            external_id: None,
            description: Html::sanitize("<p>Walk</p>").expect("HTML"),
            vendor: Some(title("Acme")),
            product_type: None,
            category: Some(place),
            tax_class: None,
            options: vec![NewOption {
                name: title("Size"),
                values: vec![title("S"), title("M")],
            }],
            variants: vec![new_variant("walk-s", "S"), new_variant("walk-m", "M")],
            images: vec![new_image("walk")],
        }),
        Sample::of(&merchandiser, move || ProductUpdate {
            product: updated,
            expected_version: None,
            title: Some(title("A walk in the park")),
            slug: None,
            external_id: None,
            description: None,
            vendor: Some(None),
            product_type: None,
            category: Some(Some(place)),
            tax_class: None,
        }),
    ]
}

async fn variants(world: &World) -> Vec<Sample> {
    let merchandiser = staff(Role::Merchandiser);
    let (extended, _) = world.product().await;
    let (_, changed) = world.product().await;
    let (_, on) = world.product().await;
    let (_, off) = world.product().await;
    let deactivate = |variant: VariantId| {
        move || VariantDeactivate {
            variant,
            expected_version: None,
        }
    };
    world.does(&merchandiser, deactivate(on[1])()).await;
    vec![
        Sample::of(&merchandiser, move || VariantsCreate {
            product: extended,
            expected_version: None,
            variants: vec![new_variant("walk-xl", "XL")],
        }),
        Sample::of(&merchandiser, move || VariantUpdate {
            variant: changed[0],
            expected_version: None,
            sku: Some(Sku::parse("walked").expect("a SKU")),
            barcode: None,
            weight: Some(None),
            requires_shipping: Some(false),
            position: Some(5),
        }),
        Sample::of(&merchandiser, deactivate(off[1])),
        Sample::of(&merchandiser, move || VariantActivate {
            variant: on[1],
            expected_version: None,
        }),
    ]
}

async fn with_images(world: &World) -> (ProductId, Vec<ImageId>) {
    let (product, _) = world.product().await;
    let command = ImagesAdd {
        product,
        expected_version: None,
        images: vec![new_image("one"), new_image("two")],
    };
    let added = world.does(&staff(Role::Merchandiser), command).await;
    (product, added.images)
}

async fn images(world: &World) -> Vec<Sample> {
    let merchandiser = staff(Role::Merchandiser);
    let (product, _) = world.product().await;
    let (_, updated) = with_images(world).await;
    let (_, removed) = with_images(world).await;
    let (reordered, order) = with_images(world).await;
    vec![
        Sample::of(&merchandiser, move || ImagesAdd {
            product,
            expected_version: None,
            images: vec![new_image("one"), new_image("two")],
        }),
        Sample::of(&merchandiser, move || ImageUpdate {
            image: updated[0],
            alt: Some("A walk".to_owned()),
            variant: None,
        }),
        Sample::of(&merchandiser, move || ImageRemove { image: removed[0] }),
        Sample::of(&merchandiser, move || ImagesReorder {
            product: reordered,
            expected_version: None,
            images: order.iter().rev().copied().collect(),
        }),
    ]
}

/// A command that moves a product, and where.
macro_rules! moving {
    ($command:ident, $product:expr) => {{
        let product = $product;
        move || $command {
            product,
            expected_version: None,
            reason: Some("walked".to_owned()),
        }
    }};
    ($command:ident because, $product:expr) => {{
        let product = $product;
        move || $command {
            product,
            expected_version: None,
            reason: "walked".to_owned(),
        }
    }};
}

async fn lives(world: &World) -> Vec<Sample> {
    let merchandiser = staff(Role::Merchandiser);
    let rejected = world.hidden().await;
    world
        .does(&merchandiser, moving!(ProductSubmit, rejected)())
        .await;
    let resumed = world.product().await.0;
    world
        .does(&merchandiser, moving!(ProductSuspend because, resumed)())
        .await;
    let restored = world.hidden().await;
    world
        .does(&merchandiser, moving!(ProductArchive, restored)())
        .await;
    vec![
        Sample::of(&merchandiser, moving!(ProductSubmit, world.hidden().await)),
        Sample::of(&merchandiser, moving!(ProductReject because, rejected)),
        Sample::of(&merchandiser, moving!(ProductPublish, world.hidden().await)),
        Sample::of(
            &merchandiser,
            moving!(ProductSuspend because, world.product().await.0),
        ),
        Sample::of(&merchandiser, moving!(ProductResume, resumed)),
        Sample::of(
            &merchandiser,
            moving!(ProductDiscontinue, world.product().await.0),
        ),
        Sample::of(&merchandiser, moving!(ProductArchive, world.hidden().await)),
        Sample::of(&merchandiser, moving!(ProductRestore, restored)),
    ]
}

async fn prices(world: &World) -> Vec<Sample> {
    let merchandiser = staff(Role::Merchandiser);
    let (_, set) = world.product().await;
    let (_, removed) = world.product().await;
    let channel = world.till.market.eu;
    let euro = "EUR".parse().expect("a currency");
    vec![
        Sample::of(&merchandiser, move || PricesSet {
            prices: vec![NewPrice {
                variant: set[0],
                channel,
                amount: Money::new(9_90, euro),
                compare_at: Some(Money::new(12_50, euro)),
                expected_version: None,
            }],
        }),
        Sample::of(&merchandiser, move || PricesRemove {
            prices: vec![(removed[0], channel)],
        }),
    ]
}

async fn stock(world: &World) -> Vec<Sample> {
    let warehouse = staff(Role::Warehouse);
    let (_, adjusted) = world.product().await;
    let (_, counted) = world.product().await;
    let (_, policed) = world.product().await;
    vec![
        Sample::of(&warehouse, move || StockAdjust {
            variant: adjusted[0],
            location: None,
            delta: 2,
            reason: Reason::Found,
        }),
        Sample::of(&warehouse, move || StockSet {
            variant: counted[0],
            location: None,
            quantity: 7,
            expected_quantity: 10,
            reason: Reason::Correction,
        }),
        Sample::of(&warehouse, move || StockPolicySet {
            variant: policed[0],
            expected_version: None,
            tracked: None,
            oversell: Some(Oversell::Backorder),
        }),
    ]
}

/// One import makes a product and brings another up to date.
async fn imports(world: &World) -> Vec<Sample> {
    let market = &world.till.market;
    let known = world.draft();
    market
        .imports(&world.shop, std::slice::from_ref(&known))
        .await;
    let changed = known.titled("A mug for a walk").priced(9_00).stocked(4);
    let plan = ImportPlan {
        location: market.location,
        products: vec![changed.planned, world.draft().planned],
    };
    vec![Sample::of(&staff(Role::Merchandiser), move || {
        CatalogImport { plan: plan.clone() }
    })]
}
