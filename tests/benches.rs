//! The comparison with the peers still runs. What it measures is not looked at: a test must not depend on the time.
#![cfg(target_os = "linux")]

use std::process::Command;

mod support;

use support::goes_without;

#[test]
fn a_row_of_the_comparison_runs() {
    if ["python3", "cc", "xxd"].into_iter().any(goes_without) {
        return;
    }
    let done = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/run"))
        .args(["--quick", "--only", "hex16", "--no-build", "--binary"])
        .arg(env!("CARGO_BIN_EXE_mksecret"))
        .env("CARGO_TARGET_DIR", env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{done:?}");
    assert!(printed.contains("| `hex 16 -c 1000000` |"), "{printed}");
}
