//! The rows of a handle as a product.

use std::collections::HashMap;

use super::cell::{flag, short};
use super::columns::Columns;
use super::variant::{Seen, Shelf, one_line};
use super::{Entry, Group, Targets};
use crate::domain::pricing::import_plan::{
    IMAGES_MAX, PlannedImage, PlannedOption, PlannedProduct, PlannedVariant, VARIANTS_MAX,
    Visibility,
};
use crate::import::table::Row;
use crate::import::{Loss, Problem};
use crate::kernel::text::{self, Slug};

/// What the only variant of a product is called in the files.
const DEFAULT_VALUE: &str = "default title";
/// The most bytes of a description.
const BODY_MAX: usize = 256 * 1024;

/// What products are made with.
pub(super) struct Making<'a> {
    pub columns: &'a Columns,
    pub targets: &'a Targets,
    /// Numbers taken so far, with their line.
    pub skus: &'a mut HashMap<String, u64>,
    pub problems: &'a mut Vec<Problem>,
}

/// What the product's own cells say.
struct Head {
    slug: Slug,
    title: String,
    description_html: String,
    vendor: String,
    product_type: String,
    visibility: Visibility,
}

impl Making<'_> {
    /// The product, unless it must be left out; problems are noted either way.
    pub(super) fn product(&mut self, group: &Group) -> Option<Entry> {
        let first = group.rows.first()?;
        let (head, options) = match self.head(group).and_then(|head| {
            let options = self.options(group)?;
            Ok((head, options))
        }) {
            Ok(read) => read,
            Err(reason) => {
                self.note(first.line, Loss::Product, reason);
                return None;
            }
        };
        let (variants, variant_lines) = self.variants(group, first, &options);
        if variants.is_empty() {
            let reason = format!("no variant of \"{}\" is left", head.title);
            self.note(first.line, Loss::Product, reason);
            return None;
        }
        let images = self.images(group, &variants, &variant_lines);
        let product = PlannedProduct {
            external_id: head.slug.to_string(),
            slug: head.slug,
            title: head.title,
            description_html: head.description_html,
            vendor: head.vendor,
            product_type: head.product_type,
            category: self.targets.category,
            tax_class: self.targets.tax_class,
            visibility: head.visibility,
            options: planned(&options, &variants),
            variants,
            images,
        };
        Some(Entry {
            line: first.line,
            variant_lines,
            product,
        })
    }

    fn note(&mut self, line: u64, loss: Loss, reason: impl Into<String>) {
        self.problems.push(Problem::new(line, loss, reason));
    }

    fn head(&mut self, group: &Group) -> Result<Head, String> {
        let columns = self.columns;
        let of_product = |column| first_filled(group, column).map_or("", |row| row.get(column));
        let title = one_line(of_product(columns.title));
        let title = text::line(&title, 255).map_err(|error| format!("its title {error}"))?;
        let slug = Slug::parse(&group.slug).map_err(|error| format!("its handle {error}"))?;
        let short_text = |name: &str, column| {
            text::optional(&one_line(of_product(column)), 255)
                .map_err(|error| format!("its {name} {error}"))
        };
        let body = of_product(columns.body);
        if body.len() > BODY_MAX {
            return Err(format!("its description has more than {BODY_MAX} bytes"));
        }
        let head = Head {
            slug,
            description_html: clean(body),
            vendor: short_text("vendor", columns.vendor)?,
            product_type: short_text("type", columns.product_type)?,
            visibility: self.visibility(group)?,
            title,
        };
        self.note_other_titles(group, &head.title);
        Ok(head)
    }

    fn visibility(&mut self, group: &Group) -> Result<Visibility, String> {
        let columns = self.columns;
        let of_product = |column| first_filled(group, column).map_or("", |row| row.get(column));
        let published = flag(of_product(columns.published))?.unwrap_or(true);
        let live = match of_product(columns.status).to_lowercase().as_str() {
            "" | "active" => true,
            "draft" | "archived" | "unlisted" => false,
            other => return Err(format!("\"{}\" is no status of a product", short(other))),
        };
        Ok(if published && live {
            Visibility::Published
        } else {
            Visibility::Hidden
        })
    }

    /// Two products with one handle look like this.
    fn note_other_titles(&mut self, group: &Group, title: &str) {
        for row in &group.rows {
            let other = one_line(row.get(self.columns.title));
            if !other.is_empty() && other != title {
                let reason = format!(
                    "its title \"{}\" is not that of the product, \"{}\", which counts",
                    short(&other),
                    short(title)
                );
                self.note(row.line, Loss::Nothing, reason);
            }
        }
    }

    /// The options in use, by their place among the three.
    fn options(&self, group: &Group) -> Result<Vec<(usize, String)>, String> {
        let value = |row: &Row, place: usize| {
            let column = self.columns.option_values.get(place).copied().flatten();
            one_line(row.get(column))
        };
        let says_something =
            |text: &String| !text.is_empty() && text.to_lowercase() != DEFAULT_VALUE;
        let mut options: Vec<(usize, String)> = Vec::new();
        let places = self.columns.option_names.iter().enumerate();
        let any = (0..self.columns.option_names.len()).any(|place| {
            group
                .rows
                .iter()
                .any(|row| says_something(&value(row, place)))
        });
        if !any {
            return Ok(options);
        }
        for (place, column) in places {
            let used = group.rows.iter().any(|row| !value(row, place).is_empty());
            if !used {
                continue;
            }
            let name = match first_filled(group, *column) {
                Some(row) => one_line(row.get(*column)),
                None => format!("Option {}", place + 1),
            };
            let name =
                text::line(&name, 255).map_err(|error| format!("its option name {error}"))?;
            if options.iter().any(|(_, known)| *known == name) {
                return Err(format!("two of its options are called \"{name}\""));
            }
            options.push((place, name));
        }
        Ok(options)
    }

    fn variants(
        &mut self,
        group: &Group,
        first: &Row,
        options: &[(usize, String)],
    ) -> (Vec<PlannedVariant>, Vec<u64>) {
        let shelf = Shelf {
            columns: self.columns,
            targets: self.targets,
            slug: &group.slug,
            first,
            options,
        };
        let (mut variants, mut lines) = (Vec::new(), Vec::new());
        let mut seen = Seen::default();
        for row in &group.rows {
            if !self.is_variant(row) {
                if row.get(self.columns.image).is_empty() && row.line != first.line {
                    self.note(row.line, Loss::Row, "it has neither a variant nor an image");
                }
                continue;
            }
            let read = if variants.len() < VARIANTS_MAX {
                shelf.variant(row, &mut seen, self.skus, self.problems)
            } else {
                Err(format!("a product has at most {VARIANTS_MAX} variants"))
            };
            match read {
                Ok(variant) => {
                    variants.push(variant);
                    lines.push(row.line);
                }
                Err(reason) => self.note(row.line, Loss::Row, reason),
            }
        }
        (variants, lines)
    }

    /// Whether a row says anything of a variant; otherwise it brings an image.
    fn is_variant(&self, row: &Row) -> bool {
        let columns = self.columns;
        let telling = [columns.sku, columns.price, columns.barcode];
        telling
            .iter()
            .chain(&columns.option_values)
            .any(|column| !row.get(*column).is_empty())
    }

    fn images(
        &mut self,
        group: &Group,
        variants: &[PlannedVariant],
        lines: &[u64],
    ) -> Vec<PlannedImage> {
        let mut found: Vec<(i64, PlannedImage)> = Vec::new();
        for row in &group.rows {
            let position = row
                .get(self.columns.image_position)
                .parse()
                .unwrap_or(i64::MAX);
            if let Some(url) = self.url(row, self.columns.image) {
                let alt: String = one_line(row.get(self.columns.image_alt))
                    .chars()
                    .take(500)
                    .collect();
                if !found.iter().any(|(_, image)| image.url == url) {
                    let variant = None;
                    found.push((position, PlannedImage { url, alt, variant }));
                }
            }
        }
        found.sort_by_key(|(position, _)| *position);
        let mut images: Vec<PlannedImage> = found.into_iter().map(|(_, image)| image).collect();
        for row in &group.rows {
            let variant = lines.iter().position(|line| *line == row.line);
            let Some(variant) = variant.and_then(|at| variants.get(at)) else {
                continue;
            };
            let Some(url) = self.url(row, self.columns.variant_image) else {
                continue;
            };
            let sku = Some(variant.sku.clone());
            match images.iter_mut().find(|image| image.url == url) {
                Some(image) if image.variant.is_none() => image.variant = sku,
                Some(_) => {}
                None => images.push(PlannedImage {
                    url,
                    alt: String::new(),
                    variant: sku,
                }),
            }
        }
        if images.len() > IMAGES_MAX {
            let line = group.rows.first().map_or(1, |row| row.line);
            self.note(
                line,
                Loss::Cell,
                format!("a product has at most {IMAGES_MAX} images"),
            );
            images.truncate(IMAGES_MAX);
        }
        images
    }

    /// The address of an image, if there is one and it can be used.
    fn url(&mut self, row: &Row, column: Option<usize>) -> Option<String> {
        let url = row.get(column);
        if url.is_empty() {
            return None;
        }
        let web = url.starts_with("https://") || url.starts_with("http://");
        let odd = |one: char| one.is_whitespace() || one.is_control() || "\"<>\\".contains(one);
        if web && !url.contains(odd) && url.len() <= 2_000 {
            return Some(url.to_owned());
        }
        let reason = format!("\"{}\" is not the address of an image", short(url));
        self.note(row.line, Loss::Cell, reason);
        None
    }
}

/// The first row in which the column is filled.
fn first_filled(group: &Group, column: Option<usize>) -> Option<&Row> {
    group.rows.iter().find(|row| !row.get(column).is_empty())
}

/// The options with the values that variants have, in the order in which they come first.
fn planned(options: &[(usize, String)], variants: &[PlannedVariant]) -> Vec<PlannedOption> {
    let values = |place: usize| {
        let mut values: Vec<String> = Vec::new();
        for value in variants
            .iter()
            .filter_map(|variant| variant.values.get(place))
        {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values
    };
    let names = options.iter().map(|(_, name)| name);
    names
        .enumerate()
        .map(|(place, name)| PlannedOption {
            name: name.clone(),
            values: values(place),
        })
        .collect()
}

/// Plain text as it is, markup without what could run.
fn clean(body: &str) -> String {
    if body.contains(['<', '>', '&', '"', '\0']) {
        return ammonia::clean(body).trim().to_owned();
    }
    body.to_owned()
}
