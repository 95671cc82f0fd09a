//! What a test starts ends with the test: when it returns or panics, and also when it is killed.

use std::{
    io::Write,
    ops::{Deref, DerefMut},
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, Command, Output, Stdio},
    sync::{Mutex, OnceLock},
};

use rustix::process::{Pid, Signal, kill_process_group};

/// A process with a process group of its own, all of which is killed with this.
pub(crate) struct Started {
    child: Option<Child>,
    group: Pid,
}

/// What can be started.
pub(crate) trait Start {
    /// Starts it. What runs in a terminal leaves its process group: there `setpriv --pdeathsig=KILL` lets it end.
    fn start(&mut self) -> Started;
}

impl Start for Command {
    fn start(&mut self) -> Started {
        let child = self.process_group(0).spawn().unwrap();
        let group = Pid::from_child(&child);
        tell_guard('+', group);
        Started {
            child: Some(child),
            group,
        }
    }
}

impl Started {
    /// Waits for its end, and returns what it printed to pipes.
    pub(crate) fn output(mut self) -> Output {
        let child = self.child.take().expect("it is taken at its end");
        child.wait_with_output().unwrap()
    }
}

impl Deref for Started {
    type Target = Child;

    fn deref(&self) -> &Child {
        self.child.as_ref().expect("it is taken at its end")
    }
}

impl DerefMut for Started {
    fn deref_mut(&mut self) -> &mut Child {
        self.child.as_mut().expect("it is taken at its end")
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may be empty.
        let _ = kill_process_group(self.group, Signal::KILL);
        if let Some(child) = &mut self.child {
            let _ = child.wait();
        }
        tell_guard('-', self.group);
    }
}

/// Tells the guard, a process that outlives this one and then kills the groups that are left.
fn tell_guard(sign: char, group: Pid) {
    const GUARD: &str = r#"
        groups=' '
        while read -r sign group; do
            case $sign in
            +) groups="$groups$group " ;;
            -) groups="${groups%% $group *} ${groups#* $group }" ;;
            esac
        done
        for group in $groups; do kill -s KILL -- "-$group"; done
    "#;
    static GUARDED: OnceLock<Mutex<ChildStdin>> = OnceLock::new();
    let guard = GUARDED.get_or_init(|| {
        let mut sh = Command::new("sh");
        sh.args(["-c", GUARD]).process_group(0);
        sh.stdin(Stdio::piped());
        sh.stdout(Stdio::null()).stderr(Stdio::null());
        Mutex::new(sh.spawn().unwrap().stdin.take().unwrap())
    });
    // A test that failed meanwhile has not left half a line.
    let mut guard = guard.lock().unwrap_or_else(|failed| failed.into_inner());
    let line = format!("{sign} {}\n", group.as_raw_nonzero());
    guard.write_all(line.as_bytes()).unwrap();
}
