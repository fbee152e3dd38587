//! Documents: by their text, by their hash, and the bounds of what is taken.

mod persisted;
mod rules;
