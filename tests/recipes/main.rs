//! The recipes of `man/mksecret-recipes.7`, each run as it stands in the page with the program that it is for.
//!
//! - `page`: takes a recipe out of the page by its heading, and runs it.
//! - `server`: database servers of one's own.
//! - The others hold the tests, by the sections of the page.
//!
//! `cargo test --test recipes -- --show-output` shows what each recipe prints.
#![cfg(target_os = "linux")]

mod databases;
mod deployment;
mod files;
mod frameworks;
mod keys;
mod networks;
mod one_line;
mod page;
mod server;
#[path = "../shell/mod.rs"]
mod shell;
#[path = "../support/mod.rs"]
mod support;

use page::Recipe;

#[test]
fn every_recipe_is_tried() {
    let tests = [
        include_str!("databases.rs"),
        include_str!("deployment.rs"),
        include_str!("files.rs"),
        include_str!("frameworks.rs"),
        include_str!("keys.rs"),
        include_str!("networks.rs"),
        include_str!("one_line.rs"),
    ]
    .concat();
    let names = page::names();
    assert!(names.len() > 30);
    for name in names {
        assert!(
            tests.contains(&format!("Recipe::of({name:?})")),
            "no test runs {name}"
        );
    }
}
