//! Why a policy is refused, in the words of the command line: a rule is the policy's, the option that set it is known
//! here alone.

use clap::ValueEnum;

use super::{ClassOptions, Password};
use crate::{
    error::Error,
    policy::{Name, Policy, Position, Refusal},
};

impl Password {
    /// The refused rule, and the options that would do.
    pub(super) fn explain(&self, policy: &Policy, refusal: &Refusal) -> Error {
        // A rule that nobody typed is the preset's.
        let preset = match self.preset.to_possible_value() {
            Some(preset) => format!("--for {} requires that: ", preset.get_name()),
            None => String::new(),
        };
        let unless = |is_typed: bool| if is_typed { "" } else { &preset };
        let is_minimum_typed = [self.lower, self.upper, self.digit, self.symbol] != [None; 4];
        let is_preset = self.rules.is_none() && self.alphabet.is_none();
        let or_lower = if is_preset {
            "; or lower a minimum"
        } else {
            ""
        };
        let hint = match refusal {
            Refusal::NoCharacters if is_preset => {
                "allow another class, or exclude fewer characters".into()
            }
            Refusal::NoCharacters => "exclude fewer characters".into(),
            Refusal::SetGone(set) => match set.name {
                Name::Class(class) => {
                    let ClassOptions { name, minimum, .. } = self.options(class);
                    let whose = unless(minimum.is_some());
                    format!(
                        "{whose}--no-{name} drops the class, --{name} 0 makes it optional; or exclude fewer characters"
                    )
                }
                Name::Listed(_) => "exclude fewer characters".into(),
            },
            Refusal::EdgeGone(position, _) => {
                let (option, is_typed) = match position {
                    Position::First => ("--start", self.start.is_some()),
                    Position::Last => ("--end", self.end.is_some()),
                };
                format!("{}{option} any removes the rule", unless(is_typed))
            }
            Refusal::TooLong(length) => {
                format!("`mksecret urlsafe -l {length}` prints text of that length")
            }
            Refusal::Length(length, lengths) => {
                let nearest = (*length).clamp(*lengths.start(), *lengths.end());
                format!("-l {nearest} is the nearest length that they allow")
            }
            Refusal::Minima { needed, lengths } => {
                let can_be_longer =
                    lengths.start() == lengths.end() && *needed <= (*policy.lengths.end()).into();
                match (can_be_longer, is_preset) {
                    (true, _) => {
                        let whose = unless(is_minimum_typed || !is_preset);
                        format!("{whose}-l {needed} is long enough{or_lower}")
                    }
                    (false, true) => "lower a minimum".into(),
                    (false, false) => "no password satisfies these rules".into(),
                }
            }
            Refusal::Edges { enough, .. } => {
                let lift = "remove a rule with --start any or --end any";
                let is_typed = self.start.is_some() || self.end.is_some();
                let whose = unless(is_typed || !is_preset);
                match enough.filter(|enough| policy.lengths.contains(enough)) {
                    Some(enough) => {
                        format!("{whose}-l {enough} is long enough{or_lower}; or {lift}")
                    }
                    None => format!("{whose}{lift}{or_lower}"),
                }
            }
            Refusal::Runs { .. } => format!("allow more characters or longer runs{or_lower}"),
            Refusal::OnlyOne => "allow more characters".into(),
            Refusal::Weak { .. } => {
                "use fewer bits, or allow more characters or longer runs".into()
            }
            Refusal::TooLarge {
                shorter: Some(length),
                ..
            } => format!("-l {length} is short enough{or_lower}"),
            Refusal::TooLarge { .. } if is_preset => "lower a minimum".into(),
            Refusal::TooLarge { .. } => "leave out some of the required sets".into(),
        };
        Error::usage_hint(refusal.to_string(), hint)
    }
}
