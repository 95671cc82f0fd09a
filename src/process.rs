//! The state of the process: its standard streams, its signals, and whether it can be dumped.

use std::{fs::File, io, sync::OnceLock};

pub(crate) use system::*;

/// A descriptor of our own for what a descriptor refers to, by its number. That takes unsafe code, which `main` has.
type Duplicate = fn(i32) -> io::Result<File>;

static DUPLICATE: OnceLock<Duplicate> = OnceLock::new();

/// Prepares the process; to be called before anything is opened or written.
///
/// # Errors
/// The system refuses.
pub(crate) fn start(duplicate: Duplicate) -> anyhow::Result<()> {
    DUPLICATE.get_or_init(|| duplicate);
    system::prepare()
}

/// A descriptor of our own for what descriptor `number` refers to.
///
/// # Errors
/// Nothing is open there.
pub(crate) fn duplicate(number: i32) -> io::Result<File> {
    let unsupported = || Err(io::ErrorKind::Unsupported.into());
    DUPLICATE
        .get()
        .map_or_else(unsupported, |duplicate| duplicate(number))
}

/// Keeps the secret out of core dumps and away from other processes of the user. Only once the outputs are open:
/// an undumpable process of an ordinary user cannot open `/dev/stdout` on a pipe.
///
/// # Errors
/// The system refuses.
pub(crate) fn become_undumpable() -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use anyhow::Context;
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};

        set_dumpable_behavior(DumpableBehavior::NotDumpable)
            .context("cannot disable core dumps of the process")?;
    }
    Ok(())
}

#[cfg(unix)]
mod system {
    use std::{
        fs::File,
        io::{self, Read},
        mem,
        os::fd::AsFd,
        sync::{
            Arc,
            atomic::{AtomicBool, AtomicUsize, Ordering},
        },
    };

    use anyhow::Context;
    use rustix::{
        event::{PollFd, PollFlags, poll},
        fs::{FileType, Mode, OFlags},
        io::{Errno, fcntl_getfd},
        stdio,
    };
    use signal_hook::{
        consts::{
            SIGABRT, SIGALRM, SIGHUP, SIGINT, SIGPIPE, SIGPROF, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2,
            SIGVTALRM, SIGXCPU, SIGXFSZ,
        },
        flag, low_level,
    };

    use crate::error::Error;

    pub(super) fn prepare() -> anyhow::Result<()> {
        occupy_closed_streams().context("cannot open /")?;
        // A reader that is gone and a file-size limit are errors of write(2) then.
        outlive(&[SIGPIPE, SIGXFSZ]).context("cannot handle signals")
    }

    /// Opens the root directory in the place of each standard stream that is closed. A file of ours would get its
    /// number otherwise, and messages would be written to it; and unlike `/dev/null`, which may also be missing, a
    /// directory takes nothing without an error.
    fn occupy_closed_streams() -> io::Result<()> {
        #[cfg(target_os = "linux")]
        let access = OFlags::PATH;
        #[cfg(not(target_os = "linux"))]
        let access = OFlags::RDONLY;
        while [stdio::stdin(), stdio::stdout(), stdio::stderr()]
            .map(fcntl_getfd)
            .iter()
            .any(Result::is_err)
        {
            let flags = access | OFlags::DIRECTORY | OFlags::CLOEXEC;
            // The lowest number that is free.
            mem::forget(rustix::fs::open("/", flags, Mode::empty())?);
        }
        Ok(())
    }

    /// Standard input, under a descriptor of our own.
    pub(crate) fn stdin() -> io::Result<File> {
        own(io::stdin())
    }

    /// Standard output, under a descriptor of our own; none if it was closed when the program started.
    pub(crate) fn stdout() -> io::Result<Option<File>> {
        let file = own(io::stdout())?;
        let stat = rustix::fs::fstat(&file)?;
        let was_closed = FileType::from_raw_mode(stat.st_mode) == FileType::Directory;
        Ok((!was_closed).then_some(file))
    }

    fn own(stream: impl AsFd) -> io::Result<File> {
        stream.as_fd().try_clone_to_owned().map(File::from)
    }

    /// Waits until a non-blocking `file`, as some parents make their child's standard input, has more.
    pub(crate) fn wait_readable(file: &File) -> io::Result<()> {
        wait(file, PollFlags::IN)
    }

    /// Waits until a non-blocking `file`, as some parents make their child's standard output, takes more.
    pub(crate) fn wait_writable(file: &File) -> io::Result<()> {
        wait(file, PollFlags::OUT)
    }

    fn wait(file: &File, event: PollFlags) -> io::Result<()> {
        match poll(&mut [PollFd::new(file, event)], None) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(errno) => Err(errno.into()),
        }
    }

    /// Ends the process as `signal` does; returns if that does not end one.
    pub(crate) fn end_by_signal(signal: i32) {
        let _ = low_level::emulate_default_handler(signal);
    }

    /// From now on, these signals do not kill. Programs that we start get their defaults.
    fn outlive(signals: &[i32]) -> io::Result<()> {
        static NOTED: AtomicBool = AtomicBool::new(false);
        signals
            .iter()
            .try_for_each(|signal| flag::register(*signal, &NOTED).map(|_| ()))
    }

    /// From now on, the interrupt and quit keys are for a program that we start and wait for: if we ended before it,
    /// the shell would take the terminal away from it.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) fn leave_keyboard_to_child() -> anyhow::Result<()> {
        outlive(&[SIGINT, SIGQUIT]).context("cannot handle signals")
    }

    /// Notes the signals that would end the process, so that a temporary file can be removed before.
    #[derive(Debug)]
    pub(crate) struct Interrupts(Arc<AtomicUsize>);

    impl Interrupts {
        /// Begins to note them.
        ///
        /// # Errors
        /// The system refuses.
        pub(crate) fn begin() -> io::Result<Self> {
            let noted = Arc::new(AtomicUsize::new(0));
            let ignored = ignored();
            for signal in [
                SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGXCPU,
                SIGVTALRM, SIGPROF,
            ] {
                // What the parent told us to ignore (nohup) stays ignored.
                if ignored & (1 << (signal - 1)) == 0 {
                    flag::register_usize(signal, noted.clone(), signal as usize)?;
                }
            }
            Ok(Self(noted))
        }

        /// Passes on what was noted.
        ///
        /// # Errors
        /// [`Error::Interrupted`] if there was a signal.
        pub(crate) fn check(&self) -> Result<(), Error> {
            match self.0.load(Ordering::Relaxed) {
                0 => Ok(()),
                signal => Err(Error::Interrupted(signal as i32)),
            }
        }
    }

    /// The set of ignored signals, bit 0 for signal 1: proc(5). Empty where there is no such file.
    fn ignored() -> u64 {
        let read = || {
            let mut file = File::open("/proc/self/status").ok()?;
            let (mut status, mut part) = (Vec::new(), [0; 4096]);
            // Not with std's functions, which panic where the system reports more bytes than requested.
            while let read @ 1.. = file.read(&mut part).ok()? {
                status.extend_from_slice(part.get(..read)?);
            }
            let status = str::from_utf8(&status).ok()?;
            let mask = status
                .lines()
                .find_map(|line| line.strip_prefix("SigIgn:"))?;
            u64::from_str_radix(mask.trim(), 16).ok()
        };
        read().unwrap_or(0)
    }
}

#[cfg(not(unix))]
mod system {
    use std::{
        fs::File,
        io,
        os::windows::io::{AsHandle, AsRawHandle},
    };

    pub(super) fn prepare() -> anyhow::Result<()> {
        Ok(())
    }

    /// Standard input, under a handle of our own.
    pub(crate) fn stdin() -> io::Result<File> {
        own(io::stdin())
    }

    /// Standard output, under a handle of our own; none if it was closed when the program started.
    pub(crate) fn stdout() -> io::Result<Option<File>> {
        let stdout = io::stdout();
        if stdout.as_raw_handle().is_null() {
            return Ok(None);
        }
        own(stdout).map(Some)
    }

    fn own(stream: impl AsHandle) -> io::Result<File> {
        stream.as_handle().try_clone_to_owned().map(File::from)
    }

    /// There is nothing to wait with.
    pub(crate) fn wait_readable(_: &File) -> io::Result<()> {
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// There is nothing to wait with.
    pub(crate) fn wait_writable(_: &File) -> io::Result<()> {
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// There are no signals.
    pub(crate) fn leave_keyboard_to_child() -> anyhow::Result<()> {
        Ok(())
    }

    /// There are no signals.
    pub(crate) fn end_by_signal(_: i32) {}
}
