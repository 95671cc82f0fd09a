//! A folder for one test, and what is left in it when the program is killed.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
};

use super::strace;

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

/// Kills the program with `line` at each of its system calls, among them `expected`, each time in a folder that is
/// `prepared`, and has `check` look at what is left there; it also gets the name of the call.
pub(crate) fn kill_at_each_call(
    line: &str,
    expected: &[&str],
    prepared: impl Fn() -> Folder,
    check: impl Fn(&Folder, &str),
) {
    let calls = system_calls(&prepared(), line);
    for name in expected {
        assert!(calls.iter().any(|(call, _)| call == name), "{name}");
    }
    for (name, count) in calls {
        let folder = prepared();
        let options = format!("-f -o /dev/null -e inject={name}:signal=KILL:when={count}");
        let mut command = strace(&options, line);
        let killed = command.current_dir(&folder).output().unwrap();
        assert_eq!(killed.status.signal(), Some(9), "{name} {count}");
        check(&folder, &name);
    }
}

/// The system calls of the program with `line` in `folder`, one after another, as strace's `inject` counts them: the name,
/// and how many calls of that name there were.
fn system_calls(folder: &Folder, line: &str) -> Vec<(String, usize)> {
    let trace = tempfile::NamedTempFile::new().unwrap();
    let options = format!("-f -o {}", trace.path().display());
    let mut strace = strace(&options, line);
    strace.current_dir(folder).assert().success();
    let trace = fs::read_to_string(trace.path()).unwrap();
    let mut counts = BTreeMap::new();
    let name = |line: &str| Some(line.split_once('(')?.0.rsplit(' ').next()?.to_string());
    // The first starts the program.
    let names = trace.lines().filter_map(name).skip(1);
    names
        .map(|name| {
            let count = counts.entry(name.clone()).or_insert(0);
            *count += 1;
            (name, *count)
        })
        .collect()
}
