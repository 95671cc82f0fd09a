//! `mksecret fill`: files with secrets in them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use clap::{Args, ValueHint};
use zeroize::Zeroizing;

use crate::{
    args::{Common, any_value},
    entropy::{Batch, CHUNK},
    error::Error,
    input::{Source, read_at_most},
    message::say,
    output::{Destination, Existing, Output},
    secret::Inline,
    template::{self, Generator, Inputs, LARGEST, Plan, SourceText, Syntax},
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret fill .env.example -o .env  create .env, or add what it lacks
  mksecret fill .env.example -o .env --check
  mksecret fill .env.example -o .env --rotate DB_PASSWORD
  mksecret fill secret.yaml.in -o secret.yaml --keep
  mksecret fill < secret.yaml.in

A template, here .env.example:
  # Signs the sessions
  SECRET_KEY={{ mksecret hex 32 }}
  DB_PASSWORD={{ mksecret password -l 32 }}
  DATABASE_URL=postgres://app:{{ DB_PASSWORD }}@db/app
  ADMIN_PASSWORD='{{ mksecret passphrase -s ' ' }}'

A placeholder {{ mksecret ... }} is a command line of mksecret that prints one
text, with words and quotes as in a shell. {{ KEY }} is the value of another key
of the same KEY=value file. Any other {{ is text.

In a KEY=value file (TEMPLATE or FILE has the ending .env), an existing FILE
keeps every line: keys that it lacks are added, and empty ones get a value.
Other files are generated once, and FILE must not exist.

What a placeholder could generate is checked against where it stands: `password
--for full` without quotes is an error, whatever it would generate this time.")]
#[command(mut_args(any_value))]
pub(crate) struct Fill {
    /// The file with placeholders; standard input without one, or for -
    #[arg(value_name = "TEMPLATE", value_hint = ValueHint::FilePath)]
    template: Option<PathBuf>,
    /// TEMPLATE is a KEY=value file, whatever its name
    #[arg(long)]
    env: bool,
    /// Generate a new value for KEY, and for the keys that refer to it
    #[arg(long, value_name = "KEY")]
    rotate: Vec<String>,
    /// Write nothing: print the keys that would be new, and exit 1 if there are any
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    common: Common,
}

/// Understands the command line of a placeholder.
type Understand = fn(&str) -> anyhow::Result<Inline>;

impl Fill {
    pub(crate) fn run(self, understand: Understand) -> anyhow::Result<()> {
        let destination = self.destination()?;
        // Nothing is read for a file that is kept. One that is filled in is locked: no lock is held while standard
        // input is waited for.
        let mut early = None;
        if let Existing::Edit(_) = destination.existing {
            early = Some(self.read()?);
        }
        loop {
            // Whoever loses the race to create FILE fills in the one that is there.
            match self.attempt(&destination, &mut early, understand) {
                Err(error) if matches!(error.downcast_ref(), Some(Error::Created(_))) => {}
                done => return done,
            }
        }
    }

    /// Fills in the file once; `early` is what was read before.
    ///
    /// # Errors
    /// [`Error::Created`] if there was no file, and another process created it meanwhile.
    fn attempt(
        &self,
        destination: &Destination,
        early: &mut Option<(String, Vec<u8>)>,
        understand: Understand,
    ) -> anyhow::Result<()> {
        let Some(mut out) = Output::open(destination, false)? else {
            return Ok(());
        };
        if early.is_none() {
            *early = Some(self.read()?);
        }
        let (name, template) = early.as_ref().expect("read above");
        let original = out.original();
        let file = self.common.output().unwrap_or(Path::new("-"));
        let file = file.display().to_string();
        let mut commands = Generators::new(understand);
        let plan = self.plan(
            SourceText {
                name,
                text: template,
            },
            original.as_ref().map(|original| SourceText {
                name: &file,
                text: original,
            }),
            &mut commands,
        )?;
        if self.check {
            return check(&plan);
        }
        if original.is_none() || !plan.changes.is_empty() {
            let result = self.render(&plan, &mut commands)?;
            out.write(&result)?;
            out.finish()?;
        } else {
            out.leave()?;
        }
        if self.common.verbose {
            commands.say(&plan);
        }
        Ok(())
    }

    /// What the file is, by the endings of TEMPLATE's and FILE's names.
    fn format(&self) -> FileFormat {
        let names = [self.template.as_deref(), self.common.output()];
        let mut formats = names.into_iter().flatten().filter_map(FileFormat::by_name);
        match self.env || formats.clone().any(|format| format == FileFormat::KeyValue) {
            true => FileFormat::KeyValue,
            false => formats
                .next()
                .unwrap_or(FileFormat::Document(Syntax::Other)),
        }
    }

    fn destination(&self) -> Result<Destination, Error> {
        let mut destination = self.common.destination();
        if self.format() != FileFormat::KeyValue {
            for (is_given, option) in [
                (!self.rotate.is_empty(), "--rotate"),
                (self.check, "--check"),
            ] {
                if is_given {
                    let message = format!("{option} is for KEY=value files");
                    let hint = "their names have the ending .env; --env says it of another";
                    return Err(Error::usage_hint(message, hint));
                }
            }
            return Ok(destination);
        }
        let option = match destination.existing {
            Existing::Refuse | Existing::Edit(_) => None,
            Existing::Replace | Existing::Preserve => Some("--force"),
            Existing::Keep => Some("--keep"),
        };
        if let Some(option) = option {
            let message = format!("{option}: an existing KEY=value file is filled in");
            let hint = "leave it out: values that are there are kept, --rotate renews one";
            return Err(Error::usage_hint(message, hint));
        }
        destination.existing = Existing::Edit(LARGEST);
        destination.only_looks = self.check;
        Ok(destination)
    }

    /// The template and its name.
    fn read(&self) -> anyhow::Result<(String, Vec<u8>)> {
        let source = Source::open(
            self.template.as_deref(),
            "there is no template",
            "give its name, or the template on standard input",
        )?;
        let name = source.name.clone();
        let template = read_at_most(source, LARGEST)?;
        if template.len() > LARGEST {
            return Err(Error::usage(format!("{name} is larger than 4 MiB")).into());
        }
        if template.is_empty() {
            return Err(Error::usage(format!("{name} is empty")).into());
        }
        Ok((name, template))
    }

    fn plan<'t>(
        &'t self,
        template: SourceText<'t>,
        original: Option<SourceText<'t>>,
        commands: &mut Generators<'t>,
    ) -> anyhow::Result<Plan<'t>> {
        let mut command = |words| commands.get(words);
        if let FileFormat::Document(syntax) = self.format() {
            return template::document(template, syntax, &mut command);
        }
        let inputs = Inputs {
            template,
            original,
            rotate: &self.rotate,
        };
        template::fill(inputs, &mut command)
    }

    fn render(
        &self,
        plan: &Plan<'_>,
        commands: &mut Generators<'_>,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        let mut kernel = self.common.pool.kernel()?;
        let numbers = plan.changes.iter().flat_map(|change| &change.commands);
        let expected = numbers.map(|number| commands.secrets[*number].secret.expected_bytes());
        let mut entropy = Batch::new(&mut kernel, expected.fold(0, u64::saturating_add));
        let mut memory = Output::memory();
        plan.render(|number| commands.secrets[number].generate(&mut entropy, &mut memory))
    }
}

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    KeyValue,
    Document(Syntax),
}

impl FileFormat {
    /// By the last ending that says it, as in `db.env.example`.
    fn by_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let (_, endings) = name.split_once('.')?;
        let known = endings.rsplit('.').find_map(|ending| match ending {
            "env" => Some(Self::KeyValue),
            "yaml" | "yml" => Some(Self::Document(Syntax::Yaml)),
            "json" => Some(Self::Document(Syntax::Json)),
            _ => None,
        });
        // As .env-local and .envrc.
        known.or(name.starts_with(".env").then_some(Self::KeyValue))
    }
}

/// Answers `--check`.
fn check(plan: &Plan<'_>) -> anyhow::Result<()> {
    let mut out = Output::stdout()?;
    for change in &plan.changes {
        out.write(change.name.as_bytes())?;
        out.write(b"\n")?;
    }
    out.finish()?;
    match plan.changes.is_empty() {
        true => Ok(()),
        false => Err(Error::WouldChange.into()),
    }
}

/// The command lines of the placeholders. One that comes again is understood once.
struct Generators<'t> {
    understand: Understand,
    numbers: BTreeMap<&'t str, usize>,
    secrets: Vec<Inline>,
}

impl<'t> Generators<'t> {
    fn new(understand: Understand) -> Self {
        Self {
            understand,
            numbers: BTreeMap::new(),
            secrets: Vec::new(),
        }
    }

    fn get(&mut self, words: &'t str) -> anyhow::Result<Generator> {
        let number = match self.numbers.get(words) {
            Some(number) => *number,
            None => {
                let inline = (self.understand)(words)?;
                if inline.secret.expected_bytes() > CHUNK as u64 {
                    let hint = "write a key of that size to a file of its own";
                    let message = "a placeholder takes at most 64 KiB of random bytes";
                    return Err(Error::usage_hint(message, hint).into());
                }
                self.secrets.push(inline);
                self.numbers.insert(words, self.secrets.len() - 1);
                self.secrets.len() - 1
            }
        };
        let shape = self.secrets[number].shape();
        Ok(Generator { number, shape })
    }

    /// Prints the lines of `-v`: never a value.
    fn say(&self, plan: &Plan<'_>) {
        for change in &plan.changes {
            for number in &change.commands {
                let secret = &self.secrets[*number].secret;
                secret.summary().say_of(&change.name);
                let warning = secret.warning();
                warning
                    .iter()
                    .for_each(|warning| say(format_args!("{}: {warning}", change.name)));
            }
            if change.commands.is_empty() {
                let name = &change.name;
                match change.keys[..] {
                    [] => say(format_args!("{name}: added as it is in the template")),
                    _ => say(format_args!("{name}: made of {}", change.keys.join(", "))),
                }
            }
        }
        if plan.changes.is_empty() {
            say("nothing is missing");
        }
    }
}
