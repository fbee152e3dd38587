//! Reads the command line, hands over.

use std::process::ExitCode;

/// Many small allocations from many threads are what answering is made of.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rialto::cli::main()
}
