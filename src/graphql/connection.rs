//! Relay connections with `nodes`, keyset cursors and a capped `totalCount`.

use async_graphql::SimpleObject;

use crate::kernel::page::{Cut, Page, PageArgs};

/// Where a page stands in its list.
#[derive(Clone, Debug, SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow this page.
    pub has_next_page: bool,
    /// Whether rows precede this page.
    pub has_previous_page: bool,
    /// Cursor of the first row.
    pub start_cursor: Option<String>,
    /// Cursor of the last row.
    pub end_cursor: Option<String>,
}

/// The paging arguments of a list field.
pub fn page_args(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> PageArgs {
    PageArgs {
        first,
        after,
        last,
        before,
    }
}

/// Rows with their cursors, and the page info.
pub fn edges<R>(
    page: &Page,
    cut: Cut<R>,
    key: impl Fn(&R) -> Vec<String>,
) -> (Vec<(String, R)>, PageInfo) {
    let with_cursor = |row: R| (page.cursor(key(&row)), row);
    let rows: Vec<(String, R)> = cut.rows.into_iter().map(with_cursor).collect();
    let info = PageInfo {
        has_next_page: cut.has_next,
        has_previous_page: cut.has_previous,
        start_cursor: rows.first().map(|(cursor, _)| cursor.clone()),
        end_cursor: rows.last().map(|(cursor, _)| cursor.clone()),
    };
    (rows, info)
}

/// Declares a connection and its edge over an object type that is `Clone`.
macro_rules! connection {
    ($(#[doc = $doc:literal])+ $connection:ident, $edge:ident, $node:ty) => {
        $(#[doc = $doc])+
        #[derive(async_graphql::SimpleObject)]
        pub struct $connection {
            /// The rows with their cursors.
            pub edges: Vec<$edge>,
            /// The rows.
            pub nodes: Vec<$node>,
            /// Where this page stands in the list.
            pub page_info: $crate::graphql::connection::PageInfo,
            /// How many rows the list has; counting stops at 10,000. Null where it is not counted.
            pub total_count: Option<i32>,
        }

        /// One row of the list.
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// Marks this row for `after` and `before`.
            pub cursor: String,
            /// The row.
            pub node: $node,
        }

        impl $connection {
            /// The page with its rows turned into nodes.
            pub fn of<R>(
                page: &$crate::kernel::page::Page,
                cut: $crate::kernel::page::Cut<R>,
                key: impl Fn(&R) -> Vec<String>,
                node: impl Fn(R) -> $node,
                total_count: Option<i32>,
            ) -> Self {
                let (rows, page_info) = $crate::graphql::connection::edges(page, cut, key);
                let edges: Vec<$edge> = rows
                    .into_iter()
                    .map(|(cursor, row)| $edge { cursor, node: node(row) })
                    .collect();
                let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
                Self { edges, nodes, page_info, total_count }
            }
        }
    };
}
pub(super) use connection;
