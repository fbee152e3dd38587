//! `rialto import products`.

use super::on_both;
use super::terminal::{Terminal, fixture};

fn import(file: &str, more: &str) -> String {
    format!("import products {} {more}", fixture(file).display())
}

fn shop(terminal: &Terminal) {
    terminal.ok("migrate up");
    terminal.ok("seed");
}

on_both! {
    fn a_file_can_come_twice(terminal: Terminal) {
        shop(terminal);
        for file in ["apparel.csv", "home-and-garden.csv"] {
            let tried = terminal.ok(&import(file, "--dry-run"));
            assert!(tried.contains("create    "), "{tried}");
            let first = terminal.ok(&import(file, ""));
            assert!(first.contains("updated 0, unchanged 0"), "the dry run left something: {first}");
            let tried = terminal.ok(&import(file, "--dry-run"));
            assert!(!tried.contains("create ") && !tried.contains("update "), "{tried}");
            let second = terminal.ok(&import(file, ""));
            assert!(second.starts_with("created 0, updated 0, unchanged "), "{second}");
        }
        assert_eq!(terminal.run("check").out, "");
    }

    fn what_differs_is_brought_up_to_date_and_named(terminal: Terminal) {
        shop(terminal);
        terminal.ok(&import("apparel.csv", ""));
        let text = std::fs::read_to_string(fixture("apparel.csv")).expect("a fixture");
        let text = text
            .replace("Ocean Blue Shirt", "Ocean Green Shirt")
            .replace("Large,,,,,,0,,1,deny,manual,60", "Large,,,,,,0,,1,deny,manual,65.50");
        let file = terminal.file("newer.csv", text.as_bytes());
        let words = format!("import products {}", file.display());
        let tried = terminal.ok(&format!("{words} --dry-run"));
        assert!(tried.contains("update    ocean-blue-shirt: title"), "{tried}");
        assert!(tried.contains("classic-varsity-top_large"), "{tried}");
        assert!(terminal.ok(&words).starts_with("created 0, updated 2, unchanged 1"));
        assert!(terminal.ok(&words).starts_with("created 0, updated 0, unchanged 3"));
        assert_eq!(terminal.run("check").out, "");
    }

    fn bad_rows_are_told_by_line_and_the_good_ones_go_in(terminal: Terminal) {
        shop(terminal);
        let ran = terminal.run(&import("messy.csv", ""));
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert_eq!(ran.out, "created 3, updated 0, unchanged 0\n");
        for line in [
            "line 9: row left out: its SKU \"TEE-1\" is that of line 2",
            "line 13: value left out: \"not a url\" is not the address of an image",
            "line 14: product left out: its title must not be empty",
            "line 17: row left out: it has no handle",
        ] {
            assert!(ran.err.contains(line), "{line} in {}", ran.err);
        }
        let again = terminal.run(&import("messy.csv", ""));
        assert_eq!((again.code, again.out.as_str()), (1, "created 0, updated 0, unchanged 3\n"));
    }

    fn a_sku_of_another_product_costs_the_product_that_brings_it(terminal: Terminal) {
        shop(terminal);
        let header = "Handle,Title,Variant SKU,Variant Price\n";
        let first = terminal.file("a.csv", format!("{header}one,One,S-1,5\n").as_bytes());
        let other = terminal.file("b.csv", format!("{header}two,Two,S-2,5\nthree,Three,S-1,5\n").as_bytes());
        terminal.ok(&format!("import products {}", first.display()));
        let ran = terminal.run(&format!("import products {}", other.display()));
        assert_eq!((ran.code, ran.out.as_str()), (1, "created 1, updated 0, unchanged 0\n"));
        assert!(ran.err.contains("line 3: product left out"), "{}", ran.err);
    }

    fn a_wrong_file_and_a_wrong_option_are_told_apart(terminal: Terminal) {
        shop(terminal);
        let nothing = terminal.run("import products nowhere.csv");
        assert_eq!(nothing.code, 5, "{}", nothing.err);
        let other = terminal.file("other.csv", b"id,name\n1,x\n");
        assert_eq!(terminal.run(&format!("import products {}", other.display())).code, 5);
        for option in ["--channel no", "--location no", "--tax-class no", "--category no"] {
            let ran = terminal.run(&import("apparel.csv", option));
            assert_eq!(ran.code, 2, "{option}");
            assert!(ran.err.contains("there is no "), "{option}: {}", ran.err);
        }
        let us = terminal.ok(&import("apparel.csv", "--channel us --location main --tax-class reduced --category tops"));
        assert!(us.starts_with("created 3"), "{us}");
    }
}
