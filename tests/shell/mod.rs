//! Scripts from the documents, run where they can do no harm.

// Every test is a program of its own, and none uses all of this.
#![allow(dead_code)]

use std::{
    ffi::OsStr,
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use assert_cmd::{Command, assert::Assert};
use tempfile::TempDir;

use super::support::{Printed, program};

/// A folder for scripts to run in, and a folder of stubs for programs that cannot run here.
pub(crate) struct Place {
    folder: TempDir,
    stubs: TempDir,
}

impl Place {
    /// An empty folder, and the program on the PATH.
    pub(crate) fn new() -> Self {
        let stubs = tempfile::tempdir().unwrap();
        symlink(program(), stubs.path().join("mksecret")).unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            stubs,
        }
    }

    /// The folder that scripts run in, which is also their home.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file into the folder.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        if name.ends_with(".env") {
            // Otherwise `fill` writes no secret into it.
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        path
    }

    /// Replaces the program `name` by `script`.
    pub(crate) fn stub(&self, name: &str, script: &str) {
        let path = self.stubs.path().join(name);
        fs::write(&path, format!("#!/bin/bash\nset -euo pipefail\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// `shell` in the folder, with nothing of the caller's environment.
    pub(crate) fn command(&self, shell: impl AsRef<OsStr>) -> Command {
        let stubs = self.stubs.path().display();
        let mut command = Command::new(shell);
        command
            .env_clear()
            .env(
                "PATH",
                format!("{stubs}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"),
            )
            .env("HOME", self.folder())
            .env("LC_ALL", "C.UTF-8")
            .env("TERM", "dumb")
            .current_dir(self.folder());
        command
    }

    /// Runs `script` with bash, which stops at the first command that fails.
    pub(crate) fn bash(&self, script: &str) -> Assert {
        let mut bash = self.command("bash");
        bash.args(["-euo", "pipefail", "-c", script]).assert()
    }

    /// What `script` prints; it must succeed with nothing on standard error.
    pub(crate) fn succeeds(&self, script: &str) -> String {
        self.bash(script).printed()
    }
}

/// What a manual page shows for a line of a display.
pub(crate) fn plain(roff: &str) -> String {
    roff.replace("\\&", "")
        .replace("\\-", "-")
        .replace("\\(aq", "'")
        .replace("\\(ga", "`")
        .replace("\\(ha", "^")
        .replace("\\(ti", "~")
        .replace("\\e", "\\")
}
