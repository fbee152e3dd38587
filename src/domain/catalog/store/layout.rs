//! The options of one product with their ids, while variants are added to it: rows for a sheet.

use std::collections::{HashMap, HashSet};

use entity::id::{OptionId, OptionValueId, ProductId, VariantId};
use entity::{product_option_values, product_options, variant_option_values, variants};

use super::children::OptionRow;
use super::sheet::Sheet;
use crate::domain::catalog::options::{self, Axis, Grid};
use crate::kernel::text::{Reference, Sku};
use crate::write::Write;

/// Which value a variant has of each option.
pub type Choices = HashMap<OptionId, OptionValueId>;

/// What a variant says of itself beside its options.
#[derive(Clone, Debug)]
pub struct VariantDraft {
    /// Unique.
    pub sku: Sku,
    /// GTIN or the like.
    pub barcode: Option<Reference>,
    /// Weight in grams.
    pub weight_grams: Option<i64>,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
    /// Order within the product.
    pub position: i64,
}

/// The options of a product, with the combinations its variants have.
#[derive(Debug)]
pub struct Layout {
    product: ProductId,
    /// Where variants are placed.
    pub grid: Grid,
    options: Vec<OptionRow>,
}

impl Layout {
    /// Of a new product with the options of `grid`, which go into the sheet.
    pub fn new(w: &Write, product: ProductId, grid: Grid, sheet: &mut Sheet) -> Self {
        let mut layout = Self {
            product,
            options: Vec::with_capacity(grid.axes().len()),
            grid,
        };
        for (position, axis) in (1..).zip(layout.grid.axes()) {
            let id: OptionId = w.id();
            sheet.options.push(product_options::Model {
                id,
                product_id: product,
                name: axis.name.clone(),
                position,
            });
            layout.options.push(OptionRow {
                id,
                name: axis.name.clone(),
                values: Vec::new(),
            });
        }
        layout.add_values(w, sheet);
        layout
    }

    /// Of a product as it is.
    pub fn existing(
        product: ProductId,
        options: Vec<OptionRow>,
        variants: &[variants::Model],
        choices: &HashMap<VariantId, Choices>,
    ) -> Self {
        let taken: HashSet<Vec<usize>> = variants
            .iter()
            .filter_map(|variant| place_of(&options, choices.get(&variant.id)?))
            .chain(
                options
                    .is_empty()
                    .then(Vec::new)
                    .filter(|_| !variants.is_empty()),
            )
            .collect();
        let axis = |option: &OptionRow| Axis {
            name: option.name.clone(),
            values: option
                .values
                .iter()
                .map(|(_, value)| value.clone())
                .collect(),
        };
        let grid = Grid::existing(options.iter().map(axis).collect(), taken);
        Self {
            product,
            grid,
            options,
        }
    }

    /// Adds a variant that the grid has placed.
    pub fn add(
        &mut self,
        w: &Write,
        place: &[usize],
        draft: VariantDraft,
        sheet: &mut Sheet,
    ) -> VariantId {
        let id: VariantId = w.id();
        let title = self.title(w, place, sheet);
        sheet.choices.extend(self.choices(id, place));
        sheet.variants.push(variants::Model {
            id,
            product_id: self.product,
            sku: draft.sku.into_string(),
            barcode: draft.barcode.map(Reference::into_string),
            title,
            position: draft.position,
            weight_grams: draft.weight_grams,
            requires_shipping: draft.requires_shipping,
            active: true,
            version: 1,
            created_at: w.now(),
            updated_at: w.now(),
        });
        id
    }

    /// What a variant at this place is called; values it has brought go into the sheet.
    pub fn title(&mut self, w: &Write, place: &[usize], sheet: &mut Sheet) -> String {
        self.add_values(w, sheet);
        let words: Vec<&str> = self
            .options
            .iter()
            .zip(place)
            .filter_map(|(option, at)| option.values.get(*at).map(|(_, word)| word.as_str()))
            .collect();
        options::title(&words)
    }

    /// The values of a variant at this place.
    pub fn choices(
        &self,
        variant: VariantId,
        place: &[usize],
    ) -> Vec<variant_option_values::Model> {
        let choice = |(option, at): (&OptionRow, &usize)| {
            let (value, _) = option.values.get(*at)?;
            Some(variant_option_values::Model {
                variant_id: variant,
                option_id: option.id,
                value_id: *value,
            })
        };
        self.options.iter().zip(place).filter_map(choice).collect()
    }

    /// Puts values that variants have brought into the sheet.
    fn add_values(&mut self, w: &Write, sheet: &mut Sheet) {
        for (option, axis) in self.options.iter_mut().zip(self.grid.axes()) {
            let known = option.values.len();
            for (position, value) in (1..).zip(&axis.values).skip(known) {
                let id: OptionValueId = w.id();
                sheet.values.push(product_option_values::Model {
                    id,
                    option_id: option.id,
                    value: value.clone(),
                    position,
                });
                option.values.push((id, value.clone()));
            }
        }
    }
}

/// The place of a variant in the grid; none where it lacks a value.
pub fn place_of(options: &[OptionRow], choices: &Choices) -> Option<Vec<usize>> {
    let at = |option: &OptionRow| {
        let value = choices.get(&option.id)?;
        option.values.iter().position(|(id, _)| id == value)
    };
    options.iter().map(at).collect()
}
