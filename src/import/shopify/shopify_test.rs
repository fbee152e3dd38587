//! Files of merchants, whole and damaged.

use proptest::prelude::*;

use super::{Entry, Loss, NotProducts, Sheet, Targets, read};
use crate::domain::pricing::import_plan::{PlannedImage, PlannedStock, Visibility};
use entity::id::{CategoryId, ChannelId, TaxClassId};
use entity::stock_policies::Oversell;
use uuid::Uuid;

const APPAREL: &[u8] = include_bytes!("../../../tests/fixtures/shopify/apparel.csv");
const HOME: &[u8] = include_bytes!("../../../tests/fixtures/shopify/home-and-garden.csv");
const MESSY: &[u8] = include_bytes!("../../../tests/fixtures/shopify/messy.csv");
const NEWER: &[u8] = include_bytes!("../../../tests/fixtures/shopify/newer-columns.csv");

fn targets() -> Targets {
    Targets {
        channel: ChannelId::from_uuid(Uuid::from_u128(1)),
        currency: "EUR".parse().unwrap(),
        tax_class: TaxClassId::from_uuid(Uuid::from_u128(2)),
        category: None,
    }
}

fn sheet(bytes: &[u8]) -> Sheet {
    read(bytes, &targets()).unwrap()
}

fn product<'a>(sheet: &'a Sheet, slug: &str) -> &'a Entry {
    let found = sheet
        .products
        .iter()
        .find(|entry| entry.product.slug.as_str() == slug);
    found.unwrap_or_else(|| panic!("no {slug}"))
}

/// SKU, values joined, minor units, stock.
fn variants(entry: &Entry) -> Vec<(String, String, i64, PlannedStock)> {
    let row = |variant: &crate::domain::pricing::import_plan::PlannedVariant| {
        let price = variant.prices[0].amount.minor;
        (
            variant.sku.to_string(),
            variant.values.join("/"),
            price,
            variant.stock,
        )
    };
    entry.product.variants.iter().map(row).collect()
}

fn problems(sheet: &Sheet) -> Vec<(u64, Loss, &str)> {
    let told = sheet.problems.iter();
    told.map(|one| (one.line, one.loss, one.reason.as_str()))
        .collect()
}

#[test]
fn a_real_file_of_clothes_reads_whole() {
    let sheet = sheet(APPAREL);
    assert_eq!(problems(&sheet), []);
    assert_eq!(sheet.products.len(), 3);
    let shirt = &product(&sheet, "ocean-blue-shirt").product;
    assert_eq!(shirt.options, []);
    assert_eq!(shirt.variants[0].sku.as_str(), "ocean-blue-shirt");
    assert_eq!(shirt.variants[0].weight_grams, None);
    assert_eq!(shirt.visibility, Visibility::Published);
    assert_eq!(
        (shirt.vendor.as_str(), shirt.product_type.as_str()),
        ("partners-demo", "")
    );
    let top = product(&sheet, "classic-varsity-top");
    assert_eq!(top.product.options[0].values, ["Small", "Medium", "Large"]);
    assert_eq!(top.variant_lines, [3, 4, 5]);
    let untracked = PlannedStock::Untracked;
    assert_eq!(
        variants(top),
        [
            (
                "classic-varsity-top_small".to_owned(),
                "Small".to_owned(),
                6_000,
                untracked
            ),
            (
                "classic-varsity-top_medium".to_owned(),
                "Medium".to_owned(),
                6_000,
                untracked
            ),
            (
                "classic-varsity-top_large".to_owned(),
                "Large".to_owned(),
                6_000,
                untracked
            ),
        ]
    );
}

#[test]
fn a_real_file_of_furniture_reads_whole() {
    let mut sheet = sheet(HOME);
    assert_eq!(
        sheet.types(),
        ["indoor".to_owned(), "outdoor".to_owned()].into()
    );
    let outdoor = CategoryId::from_uuid(Uuid::from_u128(7));
    sheet.place_by_type(&[("outdoor".to_owned(), outdoor)].into());
    assert_eq!(problems(&sheet), []);
    let pot = &product(&sheet, "clay-plant-pot").product;
    let prices: Vec<_> = pot
        .variants
        .iter()
        .map(|one| one.prices[0].amount.minor)
        .collect();
    assert_eq!(prices, [999, 1_599]);
    assert_eq!(pot.images.len(), 2);
    assert_eq!(
        pot.description_html,
        "<p>Classic blown clay pot for plants</p>"
    );
    assert_eq!(pot.category, Some(outdoor));
    let sofa = &product(&sheet, "cream-sofa").product;
    assert_eq!(sofa.variants[0].prices[0].compare_at.unwrap().minor, 75_000);
    assert_eq!(sofa.category, None);
    let pots = product(&sheet, "biodegradable-cardboard-pots");
    let counted = PlannedStock::Tracked {
        on_hand: 8,
        oversell: Oversell::Deny,
    };
    assert_eq!(variants(pots)[0].3, counted);
}

#[test]
fn what_people_do_to_a_file_is_understood() {
    let sheet = sheet(MESSY);
    let tee = product(&sheet, "tee");
    assert_eq!(tee.product.title, "Tee Shirt");
    assert_eq!(tee.product.description_html, "<p>Soft,\n\"very\" soft</p>");
    assert_eq!(
        tee.variant_lines,
        [2, 6, 8],
        "rows of a handle need not stand together"
    );
    let tracked = |on_hand, oversell| PlannedStock::Tracked { on_hand, oversell };
    assert_eq!(
        variants(tee),
        [
            (
                "TEE-1".to_owned(),
                "S/Red".to_owned(),
                1_990,
                tracked(5, Oversell::Deny)
            ),
            (
                "tee_m_red".to_owned(),
                "M/Red".to_owned(),
                1_990,
                tracked(0, Oversell::Backorder)
            ),
            (
                "tee_s_blue".to_owned(),
                "S/Blue".to_owned(),
                129_900,
                tracked(0, Oversell::Deny)
            ),
        ]
    );
    let first = &tee.product.variants[0];
    assert_eq!(first.barcode.as_deref(), Some("0123456789012"));
    assert_eq!(first.weight_grams, Some(200));
    assert_eq!(first.prices[0].compare_at.unwrap().minor, 2_490);
    let names: Vec<_> = tee
        .product
        .options
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["Size", "Color"]);
    assert_eq!(
        tee.product.options[0].values,
        ["S", "M"],
        "values of bad rows do not count"
    );
    let image = |name: &str, alt: &str| PlannedImage {
        url: format!("https://img.example/{name}.jpg"),
        alt: alt.to_owned(),
        variant: None,
    };
    let red = PlannedImage {
        variant: Some(first.sku.clone()),
        ..image("red", "")
    };
    assert_eq!(
        tee.product.images,
        [image("a", "Front"), image("b", "Back"), image("c", ""), red]
    );
}

#[test]
fn every_bad_row_is_told_with_its_line_and_the_good_ones_go_on() {
    let sheet = sheet(MESSY);
    let lines: Vec<_> = sheet
        .problems
        .iter()
        .map(|one| (one.line, one.loss))
        .collect();
    assert_eq!(
        lines,
        [
            (8, Loss::Nothing),
            (9, Loss::Row),
            (10, Loss::Row),
            (11, Loss::Row),
            (12, Loss::Row),
            (13, Loss::Cell),
            (14, Loss::Product),
            (15, Loss::Product),
            (15, Loss::Row),
            (16, Loss::Row),
            (17, Loss::Row),
            (18, Loss::Product),
            (18, Loss::Row),
        ]
    );
    let reason = |line: u64| {
        let found = sheet.problems.iter().rfind(|one| one.line == line);
        found.unwrap().reason.as_str()
    };
    assert_eq!(reason(9), "its SKU \"TEE-1\" is that of line 2");
    assert!(
        reason(10).contains("could be 1.299 or 1299.00"),
        "{}",
        reason(10)
    );
    assert_eq!(reason(11), "it has the same options as line 6");
    assert_eq!(reason(12), "it has no value for the option \"Color\"");
    assert_eq!(reason(14), "its title must not be empty");
    assert!(reason(15).starts_with("price: \"free\" is not an amount"));
    assert_eq!(reason(16), "it has neither a variant nor an image");
    assert_eq!(reason(17), "it has no handle");
    assert_eq!(reason(18), "\"perhaps\" is neither deny nor continue");
    let slugs: Vec<_> = sheet
        .products
        .iter()
        .map(|one| one.product.slug.as_str())
        .collect();
    assert_eq!(slugs, ["tee", "mug", "cap"]);
    assert_eq!(
        product(&sheet, "cap").product.visibility,
        Visibility::Hidden
    );
    assert_eq!(
        product(&sheet, "cap").product.variants[0].prices[0].compare_at,
        None
    );
}

#[test]
fn the_newer_column_names_mean_the_same() {
    let sheet = sheet(NEWER);
    assert_eq!(problems(&sheet), []);
    let chair = product(&sheet, "oak-chair");
    let counted = PlannedStock::Tracked {
        on_hand: 4,
        oversell: Oversell::Backorder,
    };
    assert_eq!(
        variants(chair),
        [("OAK-1".to_owned(), String::new(), 14_900, counted)]
    );
    assert_eq!(
        chair.product.visibility,
        Visibility::Hidden,
        "it is a draft"
    );
    assert_eq!(chair.product.variants[0].weight_grams, Some(4_200));
    assert!(!product(&sheet, "plans").product.variants[0].requires_shipping);
}

#[test]
fn a_truncated_file_tells_its_last_line() {
    let cut = &APPAREL[..APPAREL.len() - 300];
    let sheet = sheet(cut);
    let lines: Vec<_> = sheet.problems.iter().map(|one| one.line).collect();
    assert_eq!(lines, [6]);
    assert_eq!(sheet.products.len(), 2);
}

#[test]
fn a_file_of_something_else_is_refused_whole() {
    let refused = |bytes: &[u8]| read(bytes, &targets()).unwrap_err();
    assert_eq!(
        refused(b"id,name\n1,x\n"),
        NotProducts::ColumnMissing("Title")
    );
    assert_eq!(
        refused(b"Handle,Title\nx,X\n"),
        NotProducts::ColumnMissing("Variant Price")
    );
}

#[test]
fn numbers_that_are_made_do_not_depend_on_the_other_rows() {
    let text = String::from_utf8(APPAREL.to_vec()).unwrap();
    let without: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains(",Medium,"))
        .collect();
    let (all, fewer) = (sheet(APPAREL), sheet(without.join("\n").as_bytes()));
    let skus = |sheet: &Sheet| {
        let top = variants(product(sheet, "classic-varsity-top"));
        top.into_iter().map(|one| one.0).collect::<Vec<_>>()
    };
    assert_eq!(
        skus(&fewer),
        ["classic-varsity-top_small", "classic-varsity-top_large"]
    );
    assert!(skus(&fewer).iter().all(|sku| skus(&all).contains(sku)));
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(
        from in 0_usize..6_000,
        bytes in proptest::collection::vec(any::<u8>(), 0..20),
        which in 0_usize..3
    ) {
        let mut file = [APPAREL, HOME, MESSY][which].to_vec();
        let from = from.min(file.len());
        let to = (from + bytes.len()).min(file.len());
        file.splice(from..to, bytes);
        let _ = read(&file, &targets());
    }

    #[test]
    fn whatever_is_read_keeps_the_rules_of_a_plan(
        cells in proptest::collection::vec("[a-c]?|S|M|[0-9]{1,3}|tru?e|[,\"\n]", 60)
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer
            .write_record([
                "Handle", "Title", "Option1 Name", "Option1 Value", "Variant SKU", "Variant Price",
            ])
            .unwrap();
        for row in cells.chunks_exact(6) {
            writer.write_record(row).unwrap();
        }
        let sheet = read(&writer.into_inner().unwrap(), &targets()).unwrap();
        let mut skus: Vec<_> = sheet
            .products
            .iter()
            .flat_map(|entry| &entry.product.variants)
            .map(|variant| variant.sku.clone())
            .collect();
        let count = skus.len();
        skus.sort();
        skus.dedup();
        prop_assert_eq!(skus.len(), count, "a SKU stands twice");
        for entry in &sheet.products {
            let product = &entry.product;
            prop_assert_eq!(entry.variant_lines.len(), product.variants.len());
            for variant in &product.variants {
                prop_assert_eq!(variant.values.len(), product.options.len());
                let known = variant.values.iter().zip(&product.options);
                prop_assert!(known.into_iter().all(|(value, option)| option.values.contains(value)));
            }
        }
    }
}
