//! What a thing that has a name is, as far as it matters here.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A regular file.
    File,
    /// A symbolic link.
    Link,
    /// A directory.
    Directory,
    /// Something to write to: a character device, or a pipe that no other user put there.
    Stream,
    /// Anything else.
    Other,
}
