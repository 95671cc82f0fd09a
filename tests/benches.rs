//! The comparison with similar programs still runs. Its measurements are not checked: a test must not depend on time.
#![cfg(target_os = "linux")]

use assert_cmd::Command;
use predicates::str::contains;

mod support;

#[test]
#[ignore = "needs python3, xxd"]
fn one_row_of_the_comparison_runs() {
    let done = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/run"))
        .args(["--quick", "--only", "hex16", "--no-build", "--binary"])
        .arg(support::program())
        .env("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"))
        .assert();
    let row = contains("| `hex 16 -c 1000000` |");
    done.success().stdout(row);
}
