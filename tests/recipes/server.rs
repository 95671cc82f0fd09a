//! Servers for one test: as an ordinary user, in a temporary folder, and stopped with the test.

use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use rustix::process::{Pid, Signal, geteuid, kill_process};
use tempfile::TempDir;

use super::support::{Start, Started};

/// Who servers run as if the tests run as root, since PostgreSQL does not: nobody.
const NOBODY: u32 = 65534;

/// The folder of a server, and what runs in it.
pub(crate) struct Server {
    folder: TempDir,
    child: Option<Started>,
}

impl Server {
    /// An empty folder that belongs to the user of the server.
    pub(crate) fn new() -> Self {
        let server = Self {
            folder: tempfile::tempdir().unwrap(),
            child: None,
        };
        server.owns(server.folder());
        server
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file into the folder.
    pub(crate) fn file(&self, name: &str, text: &str) {
        let path = self.folder().join(name);
        fs::write(&path, text).unwrap();
        self.owns(&path);
    }

    fn owns(&self, path: &Path) {
        if geteuid().is_root() {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }

    /// What the server, or a program before it, wrote to either stream.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder().join("log")).unwrap()
    }

    /// `program` as the user of the server.
    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder().join("log"))
            .unwrap();
        let mut command = Command::new("setpriv");
        if geteuid().is_root() {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        command
            .args(["--", program])
            .args(arguments)
            .env_clear()
            .env("PATH", path())
            .env("LC_ALL", "C.UTF-8")
            .current_dir(self.folder())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        command
    }

    /// Runs a program that ends by itself, such as the one that makes an empty database.
    pub(crate) fn prepare(&self, program: &str, arguments: &[&str]) {
        let status = self.command(program, arguments).status().unwrap();
        assert!(status.success(), "{program}: {}", self.log());
    }

    /// Starts the server, and waits until `client` succeeds.
    pub(crate) fn start(&mut self, program: &str, arguments: &[&str], client: &str) {
        let child = self.command(program, arguments).start();
        let child = self.child.insert(child);
        for _ in 0..600 {
            if let Some(status) = child.try_wait().unwrap() {
                panic!("{program}: {status}: {}", self.log());
            }
            let answer = Command::new("sh").args(["-c", client]).output().unwrap();
            if answer.status.success() {
                return;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("{program} does not answer: {}", self.log());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let Some(child) = &mut self.child else { return };
        let _ = kill_process(Pid::from_child(child), Signal::TERM);
        for _ in 0..200 {
            if child.try_wait().is_ok_and(|status| status.is_some()) {
                return;
            }
            sleep(Duration::from_millis(50));
        }
    }
}

/// Debian has the programs of PostgreSQL's server in a folder of their version.
fn path() -> String {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .map(|version| version.unwrap().path().join("bin"))
        .collect();
    folders.sort();
    let newest = folders.pop().unwrap_or_default();
    format!(
        "{}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        newest.display()
    )
}

/// A port of the loopback interface that nobody listens to.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("localhost:0").unwrap();
    listener.local_addr().unwrap().port()
}
