//! Standard output, where the reader may have left: `rialto … | head` is no reason to panic.

use std::fmt::Arguments;
use std::io::{Write, stdout};

/// Writes to standard output. Nobody is left to be told if that fails.
pub fn write(text: Arguments<'_>) {
    let _ = stdout().lock().write_fmt(text);
}

/// As `println!`.
macro_rules! say {
    () => { $crate::cli::out::write(format_args!("\n")) };
    ($form:literal $($rest:tt)*) => {
        $crate::cli::out::write(format_args!("{}\n", format_args!($form $($rest)*)))
    };
}

pub(super) use say;
