//! Which existing file `--keep` takes for the secret.

use anyhow::bail;

use super::{
    found::{Found, Kind},
    owner::Ids,
    place::Place,
};
use crate::error::Error;

/// Accepts what was `seen` at `place` as a secret that only those know who may know one of this `mode` and `owner`.
///
/// # Errors
/// It may be another user's work, be open to more users, or be what a generator that failed left behind.
pub(super) fn check(place: &Place, seen: &Found, mode: u32, owner: Ids) -> anyhow::Result<()> {
    let refuse = |why: &str, hint: &str| {
        Err(Error::Refused {
            message: format!("{}: {why}", place.cannot("keep")),
            hint: hint.into(),
        }
        .into())
    };
    let Found { mode: its_mode, .. } = *seen;
    if seen.kind == Kind::Link {
        return refuse("it is a symbolic link", "use the name of the file itself");
    }
    if seen.kind != Kind::File {
        bail!("{}: it is not a regular file", place.cannot("keep"));
    }
    let is_others = !seen.is_ours && owner.user.is_none();
    if !is_others && !owner.fit(seen.owner) {
        let (user, group) = seen.owner;
        return refuse(
            &format!(
                "it belongs to {user}:{group}, and --owner is {}",
                owner.shown()
            ),
            "--force instead of --keep overwrites it with a file of that owner",
        );
    }
    if is_others {
        return refuse(
            &format!("it belongs to another user ({})", seen.owner.0),
            "that user may know its content: use a directory where only you can create files",
        );
    }
    if seen.size == 0 {
        return refuse(
            "it is empty",
            "a generator that failed may have left it: remove it, or overwrite it with --force",
        );
    }
    if seen.is_open_to_others() {
        return refuse(
            &format!("group or others may write it (mode {its_mode:04o})"),
            "they may have chosen what is in it: --force overwrites it",
        );
    }
    if its_mode & !mode != 0 {
        return refuse(
            &format!("its mode is {its_mode:04o}, which grants more than {mode:04o}"),
            &format!("`chmod {mode:04o}` restricts it, --mode {its_mode:04o} accepts it"),
        );
    }
    Ok(())
}
