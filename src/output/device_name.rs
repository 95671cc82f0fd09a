//! Names that Windows keeps for devices. Which of them it opens as one, and in which directories, differs from version to
//! version, so no file of such a name is created or replaced.
//!
//! From Microsoft's "Naming Files, Paths, and Namespaces"; not tried on every version of Windows.

use std::ffi::OsStr;

const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// These with a digit, which may be a superscript.
const PORTS: [&str; 2] = ["COM", "LPT"];

/// Whether the last part of a path is the name of a device: in any case, with spaces or with any extension or stream.
pub(super) fn is_device_name(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_uppercase();
    let stem = name.split(['.', ':']).next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ');
    let is_port = |port| {
        stem.strip_prefix(port).is_some_and(|rest| {
            let mut rest = rest.chars();
            matches!(rest.next(), Some('0'..='9' | '¹' | '²' | '³')) && rest.next().is_none()
        })
    };
    DEVICES.contains(&stem) || PORTS.into_iter().any(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_names_of_windows_are_known_in_every_variant() {
        for name in [
            "NUL",
            "nul",
            "nul.txt",
            "NUL.tar.gz",
            "con ",
            "Con .txt",
            "CON:",
            "aux",
            "prn",
            "com1",
            "COM0",
            "COM¹",
            "lpt9.key",
            "CONIN$",
            "conout$",
            "nul::$DATA",
        ] {
            assert!(is_device_name(name.as_ref()), "{name:?}");
        }
    }

    #[test]
    fn other_names_that_begin_like_devices_are_files() {
        for name in [
            "null", "nul_", " nul", "console", "com", "com10", "COMA", "lpt", "key.nul", "a.con",
            "", ".nul",
        ] {
            assert!(!is_device_name(name.as_ref()), "{name:?}");
        }
    }
}
