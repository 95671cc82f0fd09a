//! Links the unwinder into the program where the compiler's own library of it is at hand.
//!
//! Rust's standard library takes it from libgcc_s.so.1 otherwise, which the loader then has to find, map and start:
//! an eighth of the time from start to exit, and one thing more that has to be installed. It is a question of speed
//! alone: without it, nothing else changes.

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

/// Whether the C compiler, which is also what links, knows where `file` is.
fn has_library(file: &str) -> bool {
    Command::new("cc")
        .arg(format!("-print-file-name={file}"))
        .output()
        .is_ok_and(|found| Path::new(String::from_utf8_lossy(&found.stdout).trim()).is_absolute())
}
