//! Conditions on a product: each probes an index by the product's key.

use entity::{
    category_paths, locations, product_listings, product_option_values, product_options,
    product_terms, products, stock_levels, stock_policies, variant_option_values, variants,
};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, IntoColumnRef, Query, SelectStatement};

use crate::db::portable::keys;
use crate::domain::catalog::words::prefix_bounds;
use crate::domain::search::filter::{Filter, OptionFilter, Stocked};

/// `table.column` as an expression.
pub(super) fn col(column: impl IntoColumnRef) -> Expr {
    Expr::col(column)
}

/// The product's own column.
pub(super) fn of_product(column: products::Column) -> Expr {
    col((products::Entity, column))
}

/// All conditions of a filter but its prices and states.
pub(super) fn of_filter(filter: &Filter) -> Condition {
    let mut all = Condition::all();
    if let Some(category) = filter.category {
        // Key: category_paths (ancestor, descendant); products by category.
        let below = Query::select()
            .column(category_paths::Column::DescendantId)
            .from(category_paths::Entity)
            .and_where(col(category_paths::Column::AncestorId).eq(category))
            .to_owned();
        all = all.add(of_product(products::Column::CategoryId).in_subquery(below));
    }
    for word in &filter.words {
        all = all.add(of_product(products::Column::Id).in_subquery(with_word(word)));
    }
    if !filter.options.is_empty() {
        all = all.add(Expr::exists(with_options(&filter.options)));
    }
    if let Some(stocked) = filter.stocked {
        let buyable = Expr::exists(buyable());
        all = all.add(match stocked {
            Stocked::In => buyable,
            Stocked::Out => buyable.not(),
        });
    }
    if let Some(ids) = &filter.ids {
        all = all.add(of_product(products::Column::Id).is_in(keys(ids.iter().copied())));
    }
    if let Some(slugs) = &filter.slugs {
        all = all.add(of_product(products::Column::Slug).is_in(slugs));
    }
    all
}

/// Key: product_terms (term, product).
fn with_word(word: &str) -> SelectStatement {
    let (from, to) = prefix_bounds(word);
    let term = || col(product_terms::Column::Term);
    let mut select = Query::select();
    select
        .column(product_terms::Column::ProductId)
        .from(product_terms::Entity)
        .and_where(term().gte(from));
    if let Some(to) = to {
        select.and_where(term().lt(to));
    }
    select
}

/// An active variant with one of the values of every option. Keys: variants by product,
/// variant_option_values by variant, options and values by their ids.
fn with_options(options: &[OptionFilter]) -> SelectStatement {
    let mut select = active_variants();
    for option in options {
        let chosen = |column| col((variant_option_values::Entity, column));
        let value = Query::select()
            .expr(Expr::val(1))
            .from(variant_option_values::Entity)
            .inner_join(
                product_options::Entity,
                col((product_options::Entity, product_options::Column::Id))
                    .eq(chosen(variant_option_values::Column::OptionId)),
            )
            .inner_join(
                product_option_values::Entity,
                col((
                    product_option_values::Entity,
                    product_option_values::Column::Id,
                ))
                .eq(chosen(variant_option_values::Column::ValueId)),
            )
            .and_where(
                chosen(variant_option_values::Column::VariantId)
                    .eq(col((variants::Entity, variants::Column::Id))),
            )
            .and_where(
                col((product_options::Entity, product_options::Column::Name))
                    .eq(option.name.as_str()),
            )
            .and_where(
                col((
                    product_option_values::Entity,
                    product_option_values::Column::Value,
                ))
                .is_in(&option.values),
            )
            .to_owned();
        select.and_where(Expr::exists(value));
    }
    select
}

/// An active variant that nobody counts, that may be sold beyond what there is, or of which a
/// piece is free somewhere. Keys: variants by product, policies and levels by variant.
fn buyable() -> SelectStatement {
    let policy = |column| col((stock_policies::Entity, column));
    let free = Query::select()
        .expr(Expr::val(1))
        .from(stock_levels::Entity)
        .inner_join(
            locations::Entity,
            col((locations::Entity, locations::Column::Id)).eq(col((
                stock_levels::Entity,
                stock_levels::Column::LocationId,
            ))),
        )
        .and_where(
            col((stock_levels::Entity, stock_levels::Column::VariantId))
                .eq(col((variants::Entity, variants::Column::Id))),
        )
        .and_where(col((locations::Entity, locations::Column::Active)).eq(true))
        .and_where(col((locations::Entity, locations::Column::Kind)).is_in([
            locations::Kind::Warehouse,
            locations::Kind::Store,
            locations::Kind::Dropship,
        ]))
        .and_where(
            level(stock_levels::Column::OnHand)
                .sub(level(stock_levels::Column::Unavailable))
                .sub(level(stock_levels::Column::Safety))
                .gt(level(stock_levels::Column::Committed)),
        )
        .to_owned();
    let mut select = active_variants();
    select
        .left_join(
            stock_policies::Entity,
            policy(stock_policies::Column::VariantId)
                .eq(col((variants::Entity, variants::Column::Id))),
        )
        .cond_where(
            Condition::any()
                .add(policy(stock_policies::Column::Tracked).eq(false))
                .add(policy(stock_policies::Column::Oversell).ne(stock_policies::Oversell::Deny))
                .add(Expr::exists(free)),
        );
    select
}

fn level(column: stock_levels::Column) -> Expr {
    col((stock_levels::Entity, column))
}

fn active_variants() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(variants::Entity)
        .and_where(
            col((variants::Entity, variants::Column::ProductId))
                .eq(of_product(products::Column::Id)),
        )
        .and_where(col((variants::Entity, variants::Column::Active)).eq(true))
        .to_owned()
}

/// That the channel lists the product. Key: product_listings (product, channel).
pub(super) fn listed(channel: entity::id::ChannelId) -> Expr {
    let listing = |column| col((product_listings::Entity, column));
    let select = Query::select()
        .expr(Expr::val(1))
        .from(product_listings::Entity)
        .and_where(
            listing(product_listings::Column::ProductId).eq(of_product(products::Column::Id)),
        )
        .and_where(listing(product_listings::Column::ChannelId).eq(channel))
        .to_owned();
    Expr::exists(select)
}
