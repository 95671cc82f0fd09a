//! Passwords under rules: which there are, how many, and one of them with each equally likely.
//!
//! A [`Policy`] says what is allowed, a [`Sampler`] counts and draws, always exactly: placing one character of each
//! class, filling up and shuffling is not uniform, and no rule is ever relaxed. What cannot be met, or counted in about
//! a second, is a [`Refusal`]. It names rules; which option sets a rule is known to the command alone.

pub(crate) mod charset;
mod free;
pub(crate) mod passwordrules;
mod preset;
#[cfg(test)]
mod proofs;
mod refusal;
mod rules;
mod sampler;
mod table;
mod terms;

pub(crate) use preset::{LOOKALIKES, Preset};
pub(crate) use refusal::Refusal;
pub(crate) use rules::{Class, Edge, Name, Place, Policy, Size};
pub(crate) use sampler::Sampler;
