//! Rows out of text, whole and damaged.

use proptest::prelude::*;

use super::{Loss, Table, TableError};

/// Lines and cells of the good rows; lines of the bad ones.
fn read(text: &[u8]) -> (Vec<(u64, Vec<String>)>, Vec<u64>) {
    let table = Table::read(text).unwrap();
    let good = table.rows.into_iter().map(|row| (row.line, row.cells));
    let bad = table.problems.iter().map(|problem| problem.line);
    (good.collect(), bad.collect())
}

fn check(text: &str, good: &[(u64, &[&str])], bad: &[u64]) {
    let (rows, problems) = read(text.as_bytes());
    let wanted: Vec<(u64, Vec<String>)> = good
        .iter()
        .map(|(line, cells)| (*line, cells.iter().map(|&cell| cell.to_owned()).collect()))
        .collect();
    assert_eq!(rows, wanted, "{text:?}");
    assert_eq!(problems, bad, "{text:?}");
}

#[test]
fn rows_come_with_the_line_they_begin_at() {
    check("a,b\n1,2\n3,4", &[(2, &["1", "2"]), (3, &["3", "4"])], &[]);
    check(
        "a,b\r\n1,\"x\r\ny\"\r\n\r\n\r\n2,3\r\n",
        &[(2, &["1", "x\r\ny"]), (6, &["2", "3"])],
        &[],
    );
    check("a,b\r1,2\r3,4", &[(2, &["1", "2"]), (3, &["3", "4"])], &[]);
}

#[test]
fn what_spreadsheets_do_to_a_file_is_taken() {
    check("\u{feff}a,b\n1,2\n", &[(2, &["1", "2"])], &[]);
    check("a;b\n1,5;2\n", &[(2, &["1,5", "2"])], &[]);
    check("a\tb\n1\t2\n", &[(2, &["1", "2"])], &[]);
    check("a,b\n,,\n\n 1 , 2 ,,,\n", &[(4, &["1", "2"])], &[]);
    check(
        "a,b\n\"say \"\"hi\"\"\",5\" pipe\n",
        &[(2, &["say \"hi\"", "5\" pipe"])],
        &[],
    );
}

#[test]
fn a_damaged_row_costs_itself_only() {
    check("a,b\n1\n3,4\n", &[(3, &["3", "4"])], &[2]);
    check("a,b\n1,2,3\n3,4\n", &[(3, &["3", "4"])], &[2]);
    check(
        "a,b\n1,\"x\n3,4\n5,6\n",
        &[(3, &["3", "4"]), (4, &["5", "6"])],
        &[2],
    );
    check(
        "a,b\n1,\"x\n3,\"y\"\n5,6\n",
        &[(3, &["3", "y"]), (4, &["5", "6"])],
        &[2],
    );
    check("a,b\n1,\"x\" y\n3,4\n", &[(3, &["3", "4"])], &[2]);
    let (rows, problems) = read(b"a,b\n1,\xFFx\n3,4\n");
    assert_eq!((rows.len(), problems), (1, vec![2]));
}

#[test]
fn columns_are_found_by_name_in_any_case_and_with_spaces_around() {
    let table = Table::read(b" Handle ,TITLE\nx,y\n").unwrap();
    let row = &table.rows[0];
    assert_eq!(row.get(table.column(&["handle"])), "x");
    assert_eq!(row.get(table.column(&["name", "title"])), "y");
    assert_eq!(row.get(table.column(&["vendor"])), "");
}

#[test]
fn what_is_no_table_is_told() {
    assert_eq!(Table::read(b"").unwrap_err(), TableError::Empty);
    assert_eq!(Table::read(b"\n\r\n").unwrap_err(), TableError::Empty);
    assert_eq!(Table::read(b"\xFF\xFEa\0").unwrap_err(), TableError::Utf16);
    assert_eq!(
        Table::read(b"\x89PNG\xFF").unwrap_err(),
        TableError::NotText
    );
}

#[test]
fn a_file_of_stray_quotes_ends() {
    let text = "a,b\n".to_owned() + &"\",\n".repeat(5_001);
    let table = Table::read(text.as_bytes()).unwrap();
    assert!(
        table
            .problems
            .iter()
            .all(|problem| problem.loss == Loss::Row)
    );
    assert!(!table.problems.is_empty());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Table::read(&bytes);
    }

    #[test]
    fn what_is_written_by_the_rules_reads_back(
        cells in proptest::collection::vec("[a-z\",;\n]{0,8}x", 4..40)
    ) {
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(["h1", "h2", "h3", "h4"]).unwrap();
        let rows: Vec<Vec<String>> = cells
            .chunks_exact(4)
            .map(<[String]>::to_vec)
            .collect();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let (read, problems) = read(&writer.into_inner().unwrap());
        let trimmed: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
            .collect();
        prop_assert_eq!(read.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(), trimmed);
        prop_assert!(problems.is_empty());
    }
}
