//! What each kind of file that is not KEY=value has to say.

use std::fmt::Debug;

use super::survival::Site;

/// One kind of file, and where its values can stand.
pub(super) trait Syntax: Debug {
    /// Goes over text up to `to`, where braces stand.
    fn pass(&mut self, to: usize);

    /// Whether a comment with a line of its own goes on there.
    fn is_comment(&self) -> bool;

    /// Goes over a placeholder that ends at `end`, and says where it stands; whether in a URL, is known elsewhere.
    ///
    /// # Errors
    /// Nothing can stand there.
    fn site(&mut self, end: usize) -> anyhow::Result<Site>;

    /// At the end of the text.
    ///
    /// # Errors
    /// Something is still open, so that it is not known what a placeholder behind it stood in; or what followed a
    /// placeholder shows that nothing could stand there.
    fn finish(&mut self) -> anyhow::Result<()>;
}
