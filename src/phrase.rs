//! Passphrases: how many there are of a word list, and one of them with each equally likely.

mod decodable;
mod passphrases;
mod phrase_error;
mod wordlist;

#[cfg(test)]
pub(crate) use passphrases::SYMBOLS;
pub(crate) use passphrases::{DEFAULT_WORDS, Length, Passphrases, Style};
pub(crate) use phrase_error::PhraseError;
pub(crate) use wordlist::{MAX_LIST_BYTES, WordList};
