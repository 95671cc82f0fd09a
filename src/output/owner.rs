//! `--owner USER[:GROUP]`: to whom a new file is given.

use std::{fs, str::FromStr};

use crate::error::Error;

/// What the user typed: a user, a group, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    user: Option<String>,
    group: Option<String>,
}

/// The numbers of a user and of a group, as far as they were asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ids {
    pub(super) user: Option<u32>,
    pub(super) group: Option<u32>,
}

impl FromStr for Owner {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (user, group) = match text.split_once(':') {
            Some((user, group)) => (user, Some(group)),
            None => (text, None),
        };
        if text.is_empty() || group.is_some_and(|group| group.is_empty() || group.contains(':')) {
            return Err(());
        }
        let user = (!user.is_empty()).then(|| user.to_string());
        Ok(Self {
            user,
            group: group.map(str::to_string),
        })
    }
}

impl Owner {
    /// The numbers: those that the system's lists have for the names, or the names themselves.
    ///
    /// # Errors
    /// There is no such user or group.
    pub(super) fn ids(&self) -> Result<Ids, Error> {
        let number = |name: &Option<String>, what, list| {
            let found = name.as_ref().map(|name| number(name, what, list));
            found.transpose()
        };
        Ok(Ids {
            user: number(&self.user, "user", "/etc/passwd")?,
            group: number(&self.group, "group", "/etc/group")?,
        })
    }
}

impl Ids {
    /// Whether a file of this owner and group is as it was asked for.
    pub(super) fn fit(&self, (user, group): (u32, u32)) -> bool {
        self.user.is_none_or(|asked| asked == user) && self.group.is_none_or(|asked| asked == group)
    }

    /// As it is written: `USER:GROUP`, with numbers.
    pub(super) fn shown(&self) -> String {
        let user = self.user.map(|user| user.to_string()).unwrap_or_default();
        match self.group {
            Some(group) => format!("{user}:{group}"),
            None => user,
        }
    }
}

/// The number of the user or group (`what`) in the `list`, or the one that the name itself is.
fn number(name: &str, what: &str, list: &str) -> Result<u32, Error> {
    // Without the list, numbers do.
    let entries = fs::read(list).unwrap_or_default();
    in_list(&entries, name)
        .or_else(|| as_number(name))
        .ok_or_else(|| match is_digits(name) {
            true => Error::usage_hint(
                format!("--owner: no {what} has the number {name}"),
                format!("the highest is {}", u32::MAX - 1),
            ),
            false => Error::Refused {
                message: format!("--owner: there is no {what} {name}"),
                hint: format!("names are looked up in {list} only; a number needs no entry there"),
            },
        })
}

/// The number of `name` in passwd(5) or group(5): the third field.
fn in_list(entries: &[u8], name: &str) -> Option<u32> {
    let mut lines = entries.split(|byte| *byte == b'\n');
    lines.find_map(|line| {
        let mut fields = line.split(|byte| *byte == b':');
        let is_it = fields.next() == Some(name.as_bytes());
        let number = fields.nth(1).filter(|_| is_it)?;
        as_number(str::from_utf8(number).ok()?)
    })
}

/// Digits, but for the highest number, which means `unchanged` to chown(2).
fn as_number(text: &str) -> Option<u32> {
    let number = text.parse().ok().filter(|_| is_digits(text))?;
    (number != u32::MAX).then_some(number)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(user: Option<&str>, group: Option<&str>) -> Option<Owner> {
        let [user, group] = [user, group].map(|name| name.map(str::to_string));
        Some(Owner { user, group })
    }

    #[test]
    fn a_user_a_group_or_both_are_an_owner() {
        for (text, expected) in [
            ("999", owner(Some("999"), None)),
            ("www-data:adm", owner(Some("www-data"), Some("adm"))),
            (":adm", owner(None, Some("adm"))),
            ("", None),
            (":", None),
            ("a:", None),
            ("a:b:c", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_name_is_the_third_field_of_its_line_alone() {
        let list = b"root:x:0:0:root:/root:/bin/sh\n999:x:5:5::/:\nbad:x:-1:\nshort:x\nwide:x:4294967295:\nlast::12";
        for (name, expected) in [
            ("root", Some(0)),
            ("999", Some(5)),
            ("last", Some(12)),
            ("x", None),
            ("roo", None),
            ("bad", None),
            ("short", None),
            ("wide", None),
            ("", None),
        ] {
            assert_eq!(in_list(list, name), expected, "{name}");
        }
    }

    #[test]
    fn numbers_are_digits_below_the_one_that_means_unchanged() {
        for (text, expected) in [
            ("0", Some(0)),
            ("4294967294", Some(4_294_967_294)),
            ("4294967295", None),
            ("4294967296", None),
            ("+1", None),
            ("-1", None),
            ("", None),
            ("0x1", None),
        ] {
            assert_eq!(as_number(text), expected, "{text}");
        }
    }
}
