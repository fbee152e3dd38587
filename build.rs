//! Builds again when the page at `/` was built: it is embedded in the binary.

use std::path::Path;

fn main() {
    // A path that is not there would count as changed every time.
    let dist = "playground/dist";
    let watched = if Path::new(dist).exists() {
        dist
    } else {
        "playground"
    };
    println!("cargo:rerun-if-changed={watched}");
}
