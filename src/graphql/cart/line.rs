//! `CartLine`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::loaders::Priced;
use super::totals::taxed;
use crate::domain::cart::facts::Line;
use crate::domain::cart::totals::QuotedLine;
use crate::domain::inventory::availability::Availability;
use crate::graphql::catalog::ProductVariant;
use crate::graphql::connection::connection;
use crate::graphql::error::AppError;
use crate::graphql::money::{Money, TaxedMoney};
use crate::graphql::user_error::int;

/// One variant in a cart.
#[derive(Clone, Debug)]
pub struct CartLine {
    priced: Arc<Priced>,
    line: Line,
    place: usize,
}

impl CartLine {
    /// All lines of a cart, in order.
    pub fn all(priced: &Arc<Priced>) -> Vec<Self> {
        let lines = priced.facts.basket.lines.iter().cloned().enumerate();
        lines
            .map(|(place, line)| Self {
                priced: priced.clone(),
                line,
                place,
            })
            .collect()
    }

    /// Its place and id: what a cursor holds.
    pub fn key(&self) -> Vec<String> {
        vec![self.place.to_string(), self.line.id.to_string()]
    }

    fn quoted(&self) -> Option<&QuotedLine> {
        let lines = &self.priced.quote.as_ref()?.lines;
        lines.iter().find(|one| one.place == self.place)
    }

    fn stock(&self) -> Option<&Availability> {
        self.priced.facts.shelf.get(&self.line.goods.variant)
    }
}

/// One variant in a cart. Price and availability are those of now.
#[Object]
impl CartLine {
    /// Global id.
    async fn id(&self) -> ID {
        self.line.id.to_string().into()
    }

    /// The variant as the catalog shows it; null where it is not published any more.
    async fn variant(&self, ctx: &Context<'_>) -> Option<Result<ProductVariant, AppError>> {
        ProductVariant::find(ctx, self.line.goods.variant)
            .await
            .transpose()
    }

    /// The variant's id.
    async fn variant_id(&self) -> ID {
        self.line.goods.variant.to_string().into()
    }

    /// The product's id.
    async fn product_id(&self) -> ID {
        self.line.goods.product.to_string().into()
    }

    /// Stock keeping unit.
    async fn sku(&self) -> &str {
        &self.line.goods.sku
    }

    /// Title of the product.
    async fn product_title(&self) -> &str {
        &self.line.goods.product_title
    }

    /// Title of the variant.
    async fn variant_title(&self) -> &str {
        &self.line.goods.variant_title
    }

    /// Address of a picture.
    async fn image_url(&self) -> Option<&str> {
        self.line.goods.image_url.as_deref()
    }

    /// Whether it has to be sent.
    async fn requires_shipping(&self) -> bool {
        self.line.goods.requires_shipping
    }

    /// Pieces.
    async fn quantity(&self) -> i32 {
        int(self.line.quantity)
    }

    /// The price of one, as the channel shows prices; null if it has none any more.
    async fn unit_price(&self) -> Option<Money> {
        self.line.goods.price.map(Money::from)
    }

    /// The price of all pieces, as the channel shows prices; null if there is none any more.
    async fn subtotal(&self) -> Option<Money> {
        self.quoted().map(|one| one.amount.into())
    }

    /// The price of all pieces without, of and with tax; null if there is none any more.
    async fn total(&self) -> Option<TaxedMoney> {
        let quoted = self.quoted()?;
        Some(taxed(quoted.taxed, quoted.amount.currency))
    }

    /// Whether it can be bought now, and whether there is enough of it.
    async fn available(&self) -> bool {
        let enough = self
            .stock()
            .is_some_and(|one| one.covers(self.line.quantity));
        enough && self.line.goods.offer().is_ok()
    }

    /// Pieces that could be had now, where that is less than the line asks for; null where there is
    /// enough.
    async fn available_quantity(&self) -> Option<i32> {
        let stock = self.stock();
        let short = !stock.is_some_and(|one| one.covers(self.line.quantity));
        short.then(|| int(stock.map_or(0, |one| one.available)))
    }
}

connection! {
    /// The lines of a cart.
    CartLineConnection, CartLineEdge, CartLine
}
