//! Links the unwinder statically if the C compiler has a static library of it.
//!
//! Otherwise the program loads libgcc_s.so.1 at every start, which takes an eighth of the time from start to exit, and
//! is one more dependency. Only speed depends on this.

use std::{env, path::Path, process::Command};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target_is = |name: &str, value: &str| env::var(name).is_ok_and(|is| is == value);
    let is_static = env::var("CARGO_CFG_TARGET_FEATURE")
        .is_ok_and(|features| features.split(',').any(|feature| feature == "crt-static"));
    if target_is("CARGO_CFG_TARGET_OS", "linux")
        && target_is("CARGO_CFG_TARGET_ENV", "gnu")
        && env::var("HOST") == env::var("TARGET")
        && !is_static
        && has_library("libgcc_eh.a")
    {
        println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// Whether the C compiler, which also links, finds `file`.
fn has_library(file: &str) -> bool {
    Command::new("cc")
        .arg(format!("-print-file-name={file}"))
        .output()
        .is_ok_and(|found| Path::new(String::from_utf8_lossy(&found.stdout).trim()).is_absolute())
}
