//! The verbs of tax: a table of contents.

use async_graphql::{Context, Object};

use super::tax_rate_remove::{TaxRateRemoveInput, TaxRateRemovePayload, tax_rate_remove};
use super::tax_rate_set::{TaxRateSetInput, TaxRateSetPayload, tax_rate_set};
use crate::graphql::guard::{gate, see};
use crate::graphql::payload::Reply;

/// The verbs of tax.
#[derive(Default)]
pub struct TaxMutation;

#[Object]
impl TaxMutation {
    /// What a class of goods is taxed at a place from now on; a rate that is there is replaced.
    /// Orders keep the rates they were placed with.
    #[graphql(guard = "gate::tax_manage", visible = "see::tax_manage")]
    async fn tax_rate_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rate.")] input: TaxRateSetInput,
    ) -> Reply<TaxRateSetPayload> {
        tax_rate_set(ctx, input).await
    }

    /// Removes a rate: what applies to the whole country applies there again, or nothing.
    #[graphql(guard = "gate::tax_manage", visible = "see::tax_manage")]
    async fn tax_rate_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: TaxRateRemoveInput,
    ) -> Reply<TaxRateRemovePayload> {
        tax_rate_remove(ctx, input).await
    }
}
