//! What the fields below a list of products are about to ask for, loaded for the whole list at once.
//!
//! Answers are the same without it. Each field would ask its loader alone, and all of them would be
//! answered together; here the list asks once, and the fields find what they need remembered.

use async_graphql::{Context, Lookahead};
use entity::id::{ProductId, VariantId};
use futures_util::future::try_join;

use super::loaders::{AvailabilityOf, ImagesOf, PriceIn, VariantsOf};
use crate::domain::inventory::availability::{Availability, Policy};
use crate::domain::search::filter::{Audience, View};
use crate::graphql::error::AppError;
use crate::graphql::loader::ahead;

/// What is asked for of products.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four things that are asked for or not, each by itself"
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    images: bool,
    variants: bool,
    prices: bool,
    shelf: bool,
}

impl Wanted {
    /// Of the nodes of a connection.
    fn below(connection: &Lookahead<'_>) -> Self {
        let nodes = [
            connection.field("nodes"),
            connection.field("edges").field("node"),
        ];
        let of = |name: &str| nodes.iter().any(|node| node.field(name).exists());
        let each = |name: &str| {
            let variants = nodes.iter().map(|node| node.field("variants"));
            variants.into_iter().any(|one| one.field(name).exists())
        };
        let shelf_of_all = of("availability") || of("inStock");
        Self {
            images: of("images") || of("featuredImage") || each("image"),
            variants: of("variants") || shelf_of_all,
            prices: each("price") || each("compareAtPrice"),
            shelf: shelf_of_all || each("availability") || each("inStock"),
        }
    }
}

/// Loads what the fields below the connection `ctx` stands at will ask for of these products. For
/// queries only.
pub(super) async fn load_ahead(
    ctx: &Context<'_>,
    view: View,
    products: &[ProductId],
) -> Result<(), AppError> {
    let wanted = Wanted::below(&ctx.look_ahead());
    let images = async {
        if wanted.images {
            let keys = products.iter().copied().map(ImagesOf).collect();
            ahead(ctx, keys, Vec::new()).await?;
        }
        Ok(())
    };
    try_join(images, variants(ctx, view, products, wanted)).await?;
    Ok(())
}

async fn variants(
    ctx: &Context<'_>,
    view: View,
    products: &[ProductId],
    wanted: Wanted,
) -> Result<(), AppError> {
    if !wanted.variants {
        return Ok(());
    }
    let keys = products.iter().copied().map(VariantsOf).collect();
    let found = ahead(ctx, keys, Vec::new()).await?;
    let seen = found.values().flatten();
    let seen = seen.filter(|row| row.active || view.audience == Audience::Staff);
    let variants: Vec<VariantId> = seen.map(|row| row.id).collect();
    let prices = async {
        if let Some(channel) = view.channel.filter(|_| wanted.prices) {
            let keys = variants.iter().map(|id| PriceIn(channel, *id)).collect();
            ahead(ctx, keys, None).await?;
        }
        Ok::<_, AppError>(())
    };
    let shelf = async {
        if wanted.shelf {
            let keys = variants.iter().copied().map(AvailabilityOf).collect();
            ahead(ctx, keys, Availability::new(Policy::default(), [])).await?;
        }
        Ok(())
    };
    try_join(prices, shelf).await?;
    Ok(())
}
