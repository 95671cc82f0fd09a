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
    input::{Source, read_at_most, same_file},
    message::say,
    output::{Destination, Existing, Output},
    policy::MAX_WORK,
    secret::Inline,
    template::{
        self, FileFormat, Generator, KeyOption, LARGEST, OptionRecipe, Origin, Plan, SourceText,
    },
};

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  mksecret fill .env.example -o .env  create .env, or add what it lacks
  mksecret fill .env.example -o .env --check
  mksecret fill .env.example -o .env --rotate DB_PASSWORD
  mksecret fill secret.yaml.in --values .env -o secret.yaml --keep
  mksecret fill < secret.yaml.in
  mksecret fill .env.example -o app.env -g SECRET_KEY='hex 32'
  mksecret fill -o app.env -g JWT_SECRET='urlsafe 48'  one key more

A file that someone else wrote has no placeholders: -g says which keys are made,
and how, by a command or by a text with placeholders, such as
-g DATABASE_URL='postgres://app:{{ DB_PASSWORD | url }}@db/app'.

A template, here .env.example:
  # Signs the sessions
  SECRET_KEY={{ mksecret hex 32 }}
  DB_PASSWORD={{ mksecret password -l 32 }}
  DATABASE_URL=postgres://app:{{ DB_PASSWORD }}@db/app
  ADMIN_PASSWORD='{{ mksecret passphrase -s ' ' }}'

A placeholder {{ mksecret ... }} is a command line of mksecret that prints one
text, with words and quotes as in a shell. {{ KEY }} is the value of another key
of the same KEY=value file, or of --values. A filter may stand behind either:
{{ KEY | url }} escapes it for a URL, | base64 encodes it, and | raw inserts it
unchecked, in files of unknown kinds. Any other {{ is text.

In a KEY=value file (named .env, .env.local, prod.env, env.example, ...), an
existing FILE keeps every line: keys that it lacks are added, and a key that is
empty or has the example of TEMPLATE gets a value. Another example's value, as
changeme, is an error; --rotate replaces it. The second run changes
nothing. Other files are generated once, and FILE must not exist. A FILE that
every user may read or write, or its group may write, gets no secret: --mode
0600 restricts it, and --mode with the mode that it has, as 0644, accepts it.

What a placeholder could generate is checked against where it stands: `password
--for full` without quotes is an error, whatever it would generate this time. In
files other than KEY=value, YAML and JSON, letters, digits and - . _ + / = pass.

Exit status 0 means that every secret that was asked for is in FILE. A template
without a placeholder, without -g, is an error.")]
#[command(mut_args(any_value))]
pub(crate) struct Fill {
    /// The file with placeholders, or - for standard input; without -g, the default
    #[arg(value_name = "TEMPLATE", value_hint = ValueHint::FilePath)]
    template: Option<PathBuf>,
    /// Make KEY by a command, as in SECRET='hex 32', or by a text with placeholders
    #[arg(short, long, value_name = "KEY=HOW")]
    generate: Vec<String>,
    /// Read the keys of FILE, for {{ KEY }}
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    values: Vec<PathBuf>,
    /// FILE is a KEY=value file, whatever its name
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

/// The files that are read.
struct Texts {
    /// TEMPLATE, if there is one.
    template: Option<Text>,
    /// The files of `--values`.
    values: Vec<Text>,
}

/// A file that was read.
struct Text {
    name: String,
    text: Zeroizing<Vec<u8>>,
}

impl Fill {
    pub(crate) fn run(self, understand: Understand) -> anyhow::Result<()> {
        let options = self.generate.iter().map(|text| KeyOption::parse(text));
        let options: Vec<KeyOption> = options.collect::<Result<_, _>>()?;
        let mut generators = Generators::new(understand);
        let recipes = options
            .iter()
            .map(|option| option.read(&mut |words| generators.get(words)));
        let recipes: Vec<OptionRecipe<'_>> = recipes.collect::<Result<_, _>>()?;
        let (format, destination) = self.destination()?;
        // Nothing is read for a file that is kept. One that is filled in is locked: no lock is held while standard input
        // is waited for.
        let mut early = None;
        if let Existing::Edit(_) = destination.existing {
            early = Some(self.read()?);
        }
        loop {
            // Whoever loses the race to create FILE fills in the one that is there.
            match self.attempt(format, &destination, &mut early, &recipes, &mut generators) {
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
        format: FileFormat,
        destination: &Destination,
        early: &mut Option<Texts>,
        options: &[OptionRecipe<'_>],
        generators: &mut Generators,
    ) -> anyhow::Result<()> {
        let Some(mut out) = self.open(destination)? else {
            return Ok(());
        };
        if early.is_none() {
            *early = Some(self.read()?);
        }
        let Texts { template, values } = early.as_ref().expect("read above");
        let original = out.original();
        let path = self.file();
        let template_path = self.template.as_deref();
        let template_path = template_path.filter(|path| *path != Path::new("-"));
        let is_same = original.is_some() && template.is_some() && same_file(path, template_path);
        let file = path.display().to_string();
        let text = |name, text, origin| SourceText { name, text, origin };
        let template =
            (template.as_ref()).map(|input| text(&input.name, &input.text, Origin::Template));
        let values: Vec<SourceText<'_>> = (values.iter())
            .map(|input| text(&input.name, &input.text, Origin::Values))
            .collect();
        let plan = match (format, template) {
            (FileFormat::KeyValue, _) | (_, None) => template::key_value(
                template::Inputs {
                    template,
                    original: (original.as_ref())
                        .map(|original| text(&file, original, Origin::Values)),
                    is_same,
                    options,
                    values: &values,
                    rotate: &self.rotate,
                },
                &mut |words| generators.get(words),
            )?,
            (format, Some(template)) => {
                let is_of_keys =
                    template_path.and_then(FileFormat::by_name) == Some(FileFormat::KeyValue);
                let generate = &mut |words: &str| generators.get(words);
                template::document(template, format, is_of_keys, &values, generate)?
            }
        };
        if self.check {
            return check(&plan);
        }
        if original.is_none() || !plan.changes.is_empty() {
            out.check_replaceable()?;
            let result = self.render(&plan, generators)?;
            out.write(&result)?;
            out.finish()?;
        } else {
            out.leave()?;
        }
        if self.common.verbose {
            generators.say(&plan);
        }
        Ok(())
    }

    /// The kind of FILE, by its own name; without one, by the name of TEMPLATE.
    fn format(&self) -> Result<FileFormat, Error> {
        let is_stream = |path: &&Path| {
            *path == Path::new("-") || path.starts_with("/dev") || path.starts_with("/proc")
        };
        let file = self.common.output().filter(|path| !is_stream(path));
        let template = self.template.as_deref();
        if !self.generate.is_empty() && !self.env {
            let other = [file, template].into_iter().flatten();
            if let Some(other) = other.into_iter().find(|path| FileFormat::is_other(path)) {
                let name = other.display();
                let message = format!("-g is for KEY=value files, and {name} is none by its name");
                let hint = "write {{ mksecret hex 32 }} into the template; or say --env";
                return Err(Error::usage_hint(message, hint));
            }
        }
        if self.env || !self.generate.is_empty() {
            return Ok(FileFormat::KeyValue);
        }
        let format = file.or(template).and_then(FileFormat::by_name);
        Ok(format.unwrap_or(FileFormat::Unknown))
    }

    fn destination(&self) -> Result<(FileFormat, Destination), Error> {
        let mut destination = self.common.destination();
        let format = self.format()?;
        if format != FileFormat::KeyValue {
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
            return Ok((format, destination));
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
        Ok((format, destination))
    }

    fn open(&self, destination: &Destination) -> anyhow::Result<Option<Output>> {
        let opened = Output::open(destination, false);
        let is_other = self.common.output().is_some_and(FileFormat::is_other);
        opened.map_err(|error| match error.downcast_ref() {
            Some(Error::Exists(path)) if !is_other => Error::Refused {
                message: format!("{} exists", path.display()),
                hint: "--env fills it in if it is a KEY=value file; otherwise --keep leaves it"
                    .into(),
            }
            .into(),
            _ => error,
        })
    }

    /// FILE; `-` without one.
    fn file(&self) -> &Path {
        self.common.output().unwrap_or(Path::new("-"))
    }

    fn read(&self) -> anyhow::Result<Texts> {
        Ok(Texts {
            template: self.template()?,
            values: self.values(self.file())?,
        })
    }

    /// TEMPLATE, if there is one.
    fn template(&self) -> anyhow::Result<Option<Text>> {
        if self.template.is_none() && !self.generate.is_empty() {
            return Ok(None);
        }
        let source = Source::open(
            self.template.as_deref(),
            "there is no template",
            "give its name, or the template on standard input; or -g KEY=HOW, as in -g SECRET='hex 32'",
        )?;
        let input = Text::read(source)?;
        if input.text.is_empty() && self.generate.is_empty() {
            let hint = "-g KEY=HOW needs no template, as in -g SECRET='hex 32'";
            return Err(Error::usage_hint(format!("{} is empty", input.name), hint).into());
        }
        Ok(Some(input))
    }

    /// The files of `--values`, of which none is `file`.
    fn values(&self, file: &Path) -> anyhow::Result<Vec<Text>> {
        let mut inputs = Vec::new();
        for path in &self.values {
            let name = path.display();
            if same_file(file, Some(path)) {
                let message = format!("--values {name}: it is FILE itself");
                let hint = "leave it out: {{ KEY }} finds the keys of FILE without it";
                return Err(Error::usage_hint(message, hint).into());
            }
            let missing = "there are no values";
            let source = Source::open(Some(path), missing, "give them on standard input")?;
            inputs.push(Text::read(source)?);
        }
        Ok(inputs)
    }

    fn render(
        &self,
        plan: &Plan<'_>,
        generators: &mut Generators,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        let mut kernel = self.common.pool.kernel()?;
        let numbers = plan
            .changes
            .iter()
            .flat_map(|change| plan.generators(change));
        let expected = numbers.map(|number| generators.secrets[number].secret.expected_bytes());
        let mut entropy = Batch::new(&mut kernel, expected.fold(0, u64::saturating_add));
        let mut memory = Output::memory();
        plan.render(|number| generators.secrets[number].generate(&mut entropy, &mut memory))
    }
}

impl Text {
    fn read(source: Source) -> anyhow::Result<Self> {
        let name = source.name.clone();
        let text = Zeroizing::new(read_at_most(source, LARGEST)?);
        if text.len() > LARGEST {
            return Err(Error::usage(format!("{name} is larger than 4 MiB")).into());
        }
        Ok(Self { name, text })
    }
}

/// Answers `--check`.
fn check(plan: &Plan<'_>) -> anyhow::Result<()> {
    let mut out = Output::stdout()?;
    for change in &plan.changes {
        out.write(format!("{}\n", change.label).as_bytes())?;
    }
    out.finish()?;
    match plan.changes.is_empty() {
        true => Ok(()),
        false => Err(Error::WouldChange.into()),
    }
}

/// The command lines of the placeholders. One that comes again is understood once.
struct Generators {
    understand: Understand,
    by_words: BTreeMap<String, Generator>,
    secrets: Vec<Inline>,
    /// What it took to count what they could be.
    work: u64,
}

impl Generators {
    fn new(understand: Understand) -> Self {
        Self {
            understand,
            by_words: BTreeMap::new(),
            secrets: Vec::new(),
            work: 0,
        }
    }

    fn get(&mut self, words: &str) -> anyhow::Result<Generator> {
        let known = match self.by_words.get(words) {
            Some(known) => known,
            None => {
                let inline = (self.understand)(words)?;
                if inline.secret.expected_bytes() > CHUNK as u64 {
                    let hint = "write a key of that size to a file of its own";
                    let message = "a placeholder takes at most 64 KiB of random bytes";
                    return Err(Error::usage_hint(message, hint).into());
                }
                if inline.secret.is_certain() {
                    let hint = "leave the placeholder out, or ask for more than one possible text";
                    let message =
                        "a secret of 0 bits: there is only one text that this could print";
                    return Err(Error::usage_hint(message, hint).into());
                }
                self.work = self.work.saturating_add(inline.secret.work());
                if self.work > MAX_WORK {
                    let hint = "use one command line for several, or lower the minima of passwords";
                    let message = "it would take too long to count what all placeholders could be";
                    return Err(Error::usage_hint(message, hint).into());
                }
                self.secrets.push(inline);
                let generator = Generator {
                    number: self.secrets.len() - 1,
                    shape: self.secrets[self.secrets.len() - 1].shape().into(),
                };
                self.by_words.entry(words.into()).or_insert(generator)
            }
        };
        Ok(known.clone())
    }

    /// Prints the lines of `-v`: never a value.
    fn say(&self, plan: &Plan<'_>) {
        for change in &plan.changes {
            let name = change.label.to_string();
            for number in plan.generators(change) {
                let secret = &self.secrets[number].secret;
                secret.summary().say_of(&name);
                let warning = secret.warning();
                warning
                    .iter()
                    .for_each(|warning| say(format_args!("{name}: {warning}")));
            }
            if plan.generators(change).next().is_none() {
                let keys: Vec<&str> = plan.keys(change).collect();
                match keys[..] {
                    [] => say(format_args!("{name}: added as it is in the template")),
                    _ => say(format_args!("{name}: made of {}", keys.join(", "))),
                }
            }
        }
        if plan.changes.is_empty() {
            say("nothing is missing");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    #[test]
    fn near_misses_know_every_subcommand() {
        let command = crate::cli::Cli::command();
        let names: BTreeSet<&str> = (command.get_subcommands())
            .map(|subcommand| subcommand.get_name())
            .collect();
        assert_eq!(
            names,
            super::template::SUBCOMMANDS.concat().into_iter().collect()
        );
    }
}
