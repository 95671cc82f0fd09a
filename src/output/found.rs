//! What stands at a place already, in words that hold on every system.

/// What it is, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code))]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A symbolic link.
    Link,
    /// A symbolic link in `/dev` or `/proc`, which every process needs as it is.
    SystemLink,
    /// Such a link to this descriptor of the process itself.
    Descriptor(i32),
    /// A directory.
    Directory,
    /// Something to write to: a character device, or a pipe that no other user put there.
    Stream,
    /// A block device.
    Disk,
    /// Anything else.
    Other,
}

/// What stands at a place, as it was when it was looked at. Where a system has no owners and modes, it is the caller's
/// own, with mode 0600.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    /// In bytes.
    pub(super) size: u64,
    /// All permissions, with the special ones.
    pub(super) mode: u32,
    /// The numbers of its owner and its group.
    pub(super) owner: (u32, u32),
    /// Whether its owner is the caller.
    pub(super) is_own: bool,
    /// Whether its owner is the caller or root.
    pub(super) is_ours: bool,
    /// How many names it has.
    pub(super) names: u64,
    /// The numbers of its file system and of its own there.
    pub(super) id: (u64, u64),
}

impl Found {
    /// Whether group or others may write it.
    pub(super) fn is_open_to_others(&self) -> bool {
        self.mode & 0o022 != 0
    }

    /// Whether it has a set-user-ID, set-group-ID or sticky bit.
    pub(super) fn is_special(&self) -> bool {
        self.mode & 0o7000 != 0
    }

    /// Whether both are one thing.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.id == other.id && self.kind == other.kind
    }
}
