//! `rialto check`: what it finds, and what it does not.

use super::on_both;
use super::terminal::Terminal;
use crate::harness::database::Engine;

fn shop(terminal: &Terminal) {
    terminal.ok("migrate up");
    terminal.ok("seed --products 20");
    let clean = terminal.run("check");
    assert_eq!((clean.code, clean.out.as_str()), (0, ""), "{}", clean.err);
}

/// Lets the audit trail be changed, as somebody with the keys to the database can.
fn unlock(terminal: &Terminal) {
    terminal.tamper(match terminal.engine {
        Engine::Sqlite => &[
            "DROP TRIGGER audit_entries_no_update",
            "DROP TRIGGER audit_entries_no_delete",
        ],
        Engine::Postgres => &["ALTER TABLE audit_entries DISABLE TRIGGER ALL"],
    });
}

fn finds(terminal: &Terminal, rule: &str) {
    let ran = terminal.run("check");
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(
        ran.out.lines().any(|line| line.starts_with(rule)),
        "{rule} in {}",
        ran.out
    );
}

#[test]
fn every_area_that_has_a_check_is_asked() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain");
    let asked = std::fs::read_to_string(format!("{root}/check.rs")).expect("the list");
    for area in rialto::domain::LINE {
        let has = std::path::Path::new(root)
            .join(area)
            .join("check.rs")
            .is_file();
        let is_asked = asked.contains(&format!("{area}::check::check("));
        assert_eq!(has, is_asked, "{area}");
    }
}

on_both! {
    fn a_changed_entry_is_found(terminal: Terminal) {
        shop(terminal);
        unlock(terminal);
        terminal.tamper(&["UPDATE audit_entries SET action = 'x' WHERE action = 'channel.create' AND seq = 1"]);
        finds(terminal, "audit.chain_holds: channel:");
    }

    fn a_removed_entry_is_found(terminal: Terminal) {
        shop(terminal);
        unlock(terminal);
        terminal.tamper(&["DELETE FROM audit_entries WHERE aggregate_type = 'tax_class'"]);
        finds(terminal, "audit.head_is_the_last_entry: tax_class:");
    }

    fn a_state_that_no_history_led_to_is_found(terminal: Terminal) {
        shop(terminal);
        let rows = "UPDATE products SET state = 'suspended' WHERE external_id = 'demo:gift-card'";
        terminal.tamper(&[rows]);
        finds(terminal, "audit.state_of_product_is_the_last_told: product_");
    }

    fn rows_that_contradict_each_other_are_found(terminal: Terminal) {
        shop(terminal);
        for (sql, rule) in [
            (
                "DELETE FROM channel_countries WHERE country = 'DE'",
                "channel.sells_to_its_default_country: channel_",
            ),
            (
                "DELETE FROM channel_languages WHERE language = 'en'",
                "channel.speaks_its_default_language: channel_",
            ),
            (
                "DELETE FROM variant_option_values WHERE variant_id = \
                 (SELECT id FROM variants WHERE sku = 'STONEWARE-MUG-SEA')",
                "catalog.variant_has_a_value_of_every_option: variant_",
            ),
            (
                "DELETE FROM category_paths WHERE distance = 1",
                "catalog.path_leads_where_the_parents_do: category_",
            ),
            (
                "UPDATE categories SET depth = 7 WHERE slug = 'home'",
                "catalog.depth_is_the_length_of_the_path: category_",
            ),
            (
                "UPDATE prices SET amount_minor = amount_minor + 1 WHERE amount_minor = 1490",
                "pricing.price_is_the_last_of_its_history: price_",
            ),
            (
                "UPDATE product_listings SET price_from_minor = 1 WHERE price_from_minor = 1500",
                "pricing.listing_is_the_range_of_its_prices: product_",
            ),
            (
                "DELETE FROM prices WHERE amount_minor = 15900",
                "pricing.listing_has_a_price: product_",
            ),
            (
                "UPDATE prices SET currency = 'USD' WHERE amount_minor = 14900",
                "pricing.price_is_in_the_currency_of_its_channel: price_",
            ),
        ] {
            terminal.tamper(&[sql]);
            finds(terminal, rule);
        }
    }

    fn stock_that_did_not_come_from_anywhere_is_found(terminal: Terminal) {
        shop(terminal);
        terminal.tamper(&["UPDATE stock_levels SET on_hand = on_hand + 1 WHERE on_hand = 48"]);
        finds(terminal, "inventory.on_hand_is_what_has_moved: variant_");
    }
}
