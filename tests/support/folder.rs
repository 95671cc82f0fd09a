//! A folder for one test.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A folder that is removed with its files at the end of the test.
pub(crate) struct Folder(tempfile::TempDir);

impl AsRef<Path> for Folder {
    fn as_ref(&self) -> &Path {
        self.0.path()
    }
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder that every user may write to, with a copy of the program in it that every user can run.
    ///
    /// A process of its own copies it: while this one had the copy open for writing, another test could start a child
    /// that inherits the descriptor, and a file that is open for writing cannot be run.
    #[cfg(unix)]
    pub(crate) fn with_program() -> Self {
        use std::os::unix::fs::PermissionsExt;

        use super::Printed;

        let folder = Self::new();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        let mut copy = assert_cmd::Command::new("cp");
        copy.arg(super::program()).arg(folder.path("mksecret"));
        copy.printed();
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// All names in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}
