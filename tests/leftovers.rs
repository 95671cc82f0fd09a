//! What the tests start and install ends with them, also when they are killed.
#![cfg(target_os = "linux")]

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

mod support;

use support::Start;

/// Set in the program that is to be killed.
const ROLE: &str = "MKSECRET_TESTS_KILLED";

/// Waits until the process ends; nobody may ask for its status.
fn wait_for_end(pid: &str) {
    for _ in 0..6000 {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
        if stat.is_err() || stat.is_ok_and(|stat| stat.contains(") Z ")) {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("process {pid} still runs after a minute");
}

#[test]
fn nothing_outlives_a_killed_test() {
    if env::var_os(ROLE).is_some() {
        // It says who it is only once the guard knows it.
        let script = "read -r line; echo pid $$; exec sleep 1000";
        let mut sh = Command::new("sh");
        let mut started = sh.args(["-c", script]).stdin(Stdio::piped()).start();
        started.stdin.take().unwrap().write_all(b"\n").unwrap();
        started.wait().unwrap();
        return;
    }
    let mut killed = Command::new(env::current_exe().unwrap());
    killed.args(["--exact", "nothing_outlives_a_killed_test", "--nocapture"]);
    let mut killed = killed.env(ROLE, "").stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(killed.stdout.take().unwrap()).lines();
    let pid = lines
        .map(Result::unwrap)
        .find_map(|line| Some(line.split_once("pid ")?.1.to_string()));
    killed.kill().unwrap();
    killed.wait().unwrap();
    wait_for_end(&pid.unwrap());
}

#[test]
#[ignore = "needs root, mounts"]
fn a_killed_installer_leaves_no_policy_behind() {
    // The folder of the policy is in memory here, and apt-get a program that kills whoever installs.
    let script = r#"
        set -eu
        mount -t tmpfs none /usr/sbin
        mkdir /usr/sbin/tools; PATH=/usr/sbin/tools:$PATH
        printf '#!/bin/sh\n[ "$1" = update ] || { cat /usr/sbin/policy-rc.d >&2; kill -s KILL "$INSTALLER" "$PPID"; }\n' > /usr/sbin/tools/apt-get
        chmod 755 /usr/sbin/tools/apt-get
        INSTALL=yes bash -c '. tests/install.sh; INSTALLER=$$ install_packages some' && exit 3
        timeout 60 sh -c 'while [ -e /usr/sbin/policy-rc.d ]; do sleep 0.01; done'
        echo removed"#;
    let mut unshare = support::in_mount_namespace(script);
    let done = unshare.current_dir(env!("CARGO_MANIFEST_DIR")).assert();
    let policy = predicates::str::starts_with("#!/bin/sh\nexit 101\n");
    done.success().stdout("removed\n").stderr(policy);
}
