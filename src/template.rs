//! Files that hold secrets: where a template has placeholders, what belongs there, and whether it survives there.
//!
//! A placeholder `{{ mksecret hex 32 }}` is a command line of this program, `{{ KEY }}` the value of another key of the
//! same KEY=value file; any other `{{` is text. Nothing here is random and nothing is read or written: a [`Plan`] says
//! what is to be drawn and where it goes. Whatever is wrong is found before anything is drawn, from what could be
//! drawn, and is an error with file, line and column.

mod document;
mod dotenv;
mod fill_plan;
mod located;
mod markup;
mod pattern;
mod placeholder;
mod plan;
mod survival;

pub(crate) use document::document;
pub(crate) use fill_plan::{Fill, fill};
pub(crate) use located::Located;
pub(crate) use markup::Syntax;
pub(crate) use plan::{Command, LARGEST, Plan};
