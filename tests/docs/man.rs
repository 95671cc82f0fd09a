//! The manual pages.
//!
//! Prose is written by hand, what the program knows is rendered: the names of a page, and in its sections all before
//! [`END`]. So an option is described once, where it is defined, and its words in `--help` and in the manual are the
//! same.

use std::{
    collections::BTreeSet,
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use assert_cmd::Command as Process;
use clap::{Arg, Command};
use predicates::str::contains;

use super::{
    shell::{Place, plain},
    support::{Printed, error, mksecret, program},
};

/// Ends what is rendered in a section; what follows is by hand.
const END: &str =
    ".\\\" The lines above are written by the tests: UPDATE=1 cargo test --test docs\n";

const COMMON: &str = "Common options";

/// The page of recipes, which is by hand but for the escapes.
const RECIPES: &str = "mksecret-recipes.7";

/// All sections of the other pages, in the order that mdoc(7) asks for.
const SECTIONS: [&str; 13] = [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "COMMANDS",
    "OPTIONS",
    "COMMON OPTIONS",
    "RANDOMNESS",
    "EARLY BOOT",
    "WINDOWS",
    "EXIT STATUS",
    "EXAMPLES",
    "SEE ALSO",
    "SECURITY CONSIDERATIONS",
];

/// The exit statuses of every subcommand that prints a secret.
const EXIT_STATUS: &str = "\
.Bl -tag -width 141
.It 0
Every byte was written, and closing the output succeeded.
.It 1
I/O error, no entropy source, or the file exists.
.It 2
The command line or the input is invalid.
.It 75
The kernel's pool is not initialised
.Pq Fl \\-nonblock , \\-timeout .
.It 141
The reader closed the pipe before all output was written.
.El
";

/// A page as text between its section headings.
struct Page {
    path: PathBuf,
    head: String,
    sections: Vec<(String, String)>,
}

impl Page {
    /// The page of the program or of a subcommand.
    fn read(name: &str) -> Self {
        Self::open(&format!("{name}.1"))
    }

    fn open(file: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("man/{file}"));
        let text = fs::read_to_string(&path).unwrap_or_default();
        let mut parts = text.split(".Sh ");
        let head = parts.next().unwrap_or_default().to_string();
        let sections = parts
            .map(|part| {
                let (heading, body) = part.split_once('\n').unwrap();
                (heading.to_string(), body.to_string())
            })
            .collect();
        Self {
            path,
            head,
            sections,
        }
    }

    fn section(&self, heading: &str) -> &str {
        self.sections
            .iter()
            .find(|(found, _)| found == heading)
            .map_or("", |(_, body)| body)
    }

    /// Puts `rendered` in front of what is by hand in a section.
    fn render(&mut self, heading: &str, rendered: &str) {
        let rendered = format!("{rendered}{END}");
        match self.sections.iter_mut().find(|(found, _)| found == heading) {
            Some((_, body)) => {
                let by_hand = body.split_once(END).map_or("", |(_, by_hand)| by_hand);
                *body = format!("{rendered}{by_hand}");
            }
            None => self.sections.push((heading.to_string(), rendered)),
        }
    }

    fn render_head(&mut self, title: &str) {
        let date = self
            .head
            .lines()
            .find(|line| line.starts_with(".Dd "))
            .unwrap_or(".Dd November 21, 2026");
        let version = env!("CARGO_PKG_VERSION");
        let section = self.path.extension().unwrap().to_str().unwrap();
        self.head = format!("{date}\n.Dt {title} {section}\n.Os mksecret {version}\n");
    }

    /// Escapes what stands in displays, where every character is meant as it is.
    fn render_displays(&mut self) {
        for (_, body) in &mut self.sections {
            let mut inside = false;
            *body = body
                .lines()
                .map(|line| {
                    inside = line.starts_with(".Bd -literal") || inside && line != ".Ed";
                    if inside && !line.starts_with(".Bd") {
                        verbatim(&plain(line)) + "\n"
                    } else {
                        line.to_string() + "\n"
                    }
                })
                .collect();
        }
    }

    fn hold(mut self) {
        let has = |heading: &&str| !self.section(heading).is_empty();
        let missing = ["DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO"]
            .into_iter()
            .find(|heading| !has(heading));
        self.sections.sort_by_key(|(heading, _)| {
            SECTIONS
                .iter()
                .position(|known| known == heading)
                .unwrap_or_else(|| panic!("{heading} is not among the sections"))
        });
        self.hold_text();
        if let Some(heading) = missing {
            panic!("{}: {heading} has to be written", self.path.display());
        }
    }

    /// Holds the file to be what is rendered, its displays escaped.
    fn hold_text(&mut self) {
        self.render_displays();
        let mut text = self.head.clone();
        for (heading, body) in &self.sections {
            text += &format!(".Sh {heading}\n{body}");
        }
        let name = self.path.file_name().unwrap().to_str().unwrap();
        super::hold(&format!("man/{name}"), &text);
    }

    /// The scripts in the displays of a section.
    fn displays(&self, heading: &str) -> Vec<String> {
        self.section(heading)
            .split(".Bd -literal -offset indent\n")
            .skip(1)
            .map(|display| {
                let (script, _) = display.split_once(".Ed\n").unwrap();
                plain(script)
            })
            .collect()
    }
}

/// Text as roff shows it, character by character; [`plain`] is the opposite.
fn verbatim(text: &str) -> String {
    let mut roff = String::new();
    for character in text.chars() {
        match character {
            '\\' => roff += "\\e",
            '-' => roff += "\\-",
            '\'' => roff += "\\(aq",
            '`' => roff += "\\(ga",
            '^' => roff += "\\(ha",
            '~' => roff += "\\(ti",
            character => roff.push(character),
        }
    }
    if roff.starts_with('.') {
        roff.insert_str(0, "\\&");
    }
    roff
}

/// A sentence of the help as roff; a sentence of a page ends with a full stop and its line.
fn sentence(text: &str) -> String {
    let mut roff = String::new();
    let mut quoted = false;
    let mut previous = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => roff += "\\e",
            // A hyphen in a word may be one; all others are typed.
            '-' if previous.is_alphabetic()
                && characters.peek().is_some_and(|next| next.is_alphabetic()) =>
            {
                roff.push('-');
            }
            '-' => roff += "\\-",
            '`' => {
                roff += if quoted { "\\(cq" } else { "\\(oq" };
                quoted = !quoted;
            }
            '…' => roff += "...",
            '\'' if !previous.is_alphabetic() => roff += "\\(aq",
            ' ' if previous == '.' && characters.peek().is_some_and(|next| next.is_uppercase()) => {
                roff.push('\n');
            }
            character if character.is_ascii() => roff.push(character),
            character => roff += &format!("\\[u{:04X}]", u32::from(character)),
        }
        previous = character;
    }
    if !roff.ends_with(['.', ':']) {
        roff.push('.');
    }
    if roff.starts_with('.') {
        roff.insert_str(0, "\\&");
    }
    roff.push('\n');
    roff
}

/// The values of an argument as a synopsis shows them.
fn values(argument: &Arg) -> String {
    if !argument.get_action().takes_values() {
        return String::new();
    }
    let names = argument.get_value_names().unwrap_or_default();
    let mut shown = format!("Ar {}", names.join(" "));
    if argument
        .get_num_args()
        .is_some_and(|range| range.max_values() > 1)
    {
        shown += " ...";
    }
    shown
}

/// An argument as it stands in the list of options.
fn item(argument: &Arg) -> String {
    let values = values(argument);
    if argument.is_positional() {
        return format!(".It {values}");
    }
    let flags = [
        argument.get_short().map(|short| format!("Fl {short}")),
        argument
            .get_long()
            .map(|long| format!("Fl {}", verbatim(&format!("-{long}")))),
    ];
    let flags: Vec<_> = flags.into_iter().flatten().collect();
    format!(".It {} {values}", flags.join(" , "))
        .trim_end()
        .to_string()
}

/// An argument with its description.
fn described(argument: &Arg) -> String {
    let help = argument
        .get_long_help()
        .or(argument.get_help())
        .unwrap_or_else(|| panic!("{} has no help", argument.get_id()))
        .to_string();
    let help = help.replace(" (see more with '--help')", "");
    let help = help.replace(" (see a summary with '-h')", "");
    let mut text = item(argument) + "\n";
    let paragraphs: Vec<_> = help
        .split("\n\n")
        .map(|paragraph| sentence(&paragraph.replace('\n', " ")))
        .collect();
    text += &paragraphs.join(".Pp\n");
    if !argument.get_action().takes_values() {
        return text;
    }
    let possible = argument.get_possible_values();
    if possible.iter().any(|value| value.get_help().is_some()) {
        text += ".Bl -tag -width Ds -compact\n";
        for value in possible {
            let help = value.get_help().unwrap_or_default().to_string();
            text += &format!(".It Cm {}\n{}", verbatim(value.get_name()), sentence(&help));
        }
        text += ".El\n";
    } else if !possible.is_empty() && !argument.is_hide_possible_values_set() {
        let names: Vec<_> = possible.iter().map(|value| value.get_name()).collect();
        text += &sentence(&format!("One of: {}", names.join(", ")));
    }
    let defaults = argument.get_default_values();
    if !defaults.is_empty() && !argument.is_hide_default_value_set() {
        let default = defaults[0].to_string_lossy();
        text += &sentence(&format!("The default is {default}"));
    }
    text
}

fn is_common(argument: &Arg) -> bool {
    argument.get_help_heading() == Some(COMMON)
        || ["help", "version"].contains(&argument.get_id().as_str())
}

fn synopsis(command: &Command) -> String {
    let mut text = format!(".Nm mksecret {}\n", command.get_name());
    let (positionals, options): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(|argument| !is_common(argument))
        .partition(|argument| argument.is_positional());
    for option in options {
        let flag = match (option.get_short(), option.get_long()) {
            (Some(short), _) => format!("Fl {short}"),
            (None, Some(long)) => format!("Fl {}", verbatim(&format!("-{long}"))),
            (None, None) => unreachable!(),
        };
        let shown = format!("{flag} {}", values(option));
        text += &format!(".Op {}\n", shown.trim_end());
    }
    text += ".Op Ar common\\-option ...\n";
    for positional in positionals {
        let shown = values(positional);
        if positional.is_required_set() {
            text += &format!(".{shown}\n");
        } else {
            text += &format!(".Op {shown}\n");
        }
    }
    text
}

fn list<'a>(arguments: impl Iterator<Item = &'a Arg>) -> String {
    let items: String = arguments.map(described).collect();
    if items.is_empty() {
        "There are none.\n".to_string()
    } else {
        format!(".Bl -tag -width Ds\n{items}.El\n")
    }
}

/// The line about a command, as it goes on after its name.
fn about(command: &Command) -> String {
    let about = command.get_about().unwrap().to_string();
    let mut characters = about.chars();
    let first = characters.next().unwrap();
    first.to_lowercase().chain(characters).collect()
}

#[test]
fn pages_of_subcommands_match_the_program() {
    for command in super::command().get_subcommands() {
        let name = format!("mksecret-{}", command.get_name());
        let mut page = Page::read(&name);
        page.render_head(&name.to_uppercase());
        page.render("NAME", &format!(".Nm {name}\n.Nd {}\n", about(command)));
        page.render("SYNOPSIS", &synopsis(command));
        let (common, own): (Vec<&Arg>, Vec<&Arg>) = command
            .get_arguments()
            .partition(|argument| is_common(argument));
        page.render("OPTIONS", &list(own.into_iter()));
        page.render(
            "COMMON OPTIONS",
            &format!(
                "For details, see\n.Xr mksecret 1 .\n{}",
                list(common.into_iter())
            ),
        );
        if command
            .get_arguments()
            .any(|argument| argument.get_id() == "output")
        {
            page.render("EXIT STATUS", EXIT_STATUS);
        }
        page.hold();
    }
}

#[test]
fn main_page_has_all_subcommands_and_common_options() {
    let program = super::command();
    let mut page = Page::read("mksecret");
    page.render_head("MKSECRET");
    let mut commands = ".Bl -tag -width Ds\n".to_string();
    for command in program.get_subcommands() {
        commands += &format!(
            ".It Xr mksecret\\-{} 1\n{}",
            command.get_name(),
            sentence(&command.get_about().unwrap().to_string())
        );
    }
    page.render("NAME", &format!(".Nm mksecret\n.Nd {}\n", about(&program)));
    page.render(
        "SYNOPSIS",
        ".Nm\n.Ar command\n.Op Ar option ...\n.Op Ar argument ...\n.Nm\n.Fl h | V\n",
    );
    page.render("COMMANDS", &(commands + ".El\n"));

    // These it describes in its own words.
    let wanted: BTreeSet<String> = program
        .get_subcommands()
        .flat_map(|command| command.get_arguments())
        .filter(|argument| is_common(argument))
        // `choice` and `sample` have no -n.
        .filter(|argument| argument.get_id() != "no_newline" || argument.get_short().is_some())
        .chain(program.get_arguments())
        .map(item)
        .collect();
    let found: BTreeSet<String> = page
        .section("COMMON OPTIONS")
        .lines()
        .filter(|line| line.starts_with(".It Fl"))
        .map(str::to_string)
        .collect();
    assert_eq!(found, wanted);
    page.hold();
}

/// What they say is held to the programs that they are for by `tests/recipes`.
#[test]
fn recipes_are_of_this_version_and_escaped() {
    let mut page = Page::open(RECIPES);
    page.render_head("MKSECRET-RECIPES");
    page.hold_text();
}

/// The files of all pages.
fn files() -> BTreeSet<String> {
    let mut files: BTreeSet<String> = super::command()
        .get_subcommands()
        .map(|command| format!("mksecret-{}.1", command.get_name()))
        .collect();
    files.insert("mksecret.1".to_string());
    files.insert(RECIPES.to_string());
    files
}

#[test]
fn program_prints_each_page_and_there_are_no_others() {
    let man = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let found: BTreeSet<String> = fs::read_dir(&man)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, files());
    if env::var_os("UPDATE").is_some() {
        // The program holds the pages as they were before.
        return;
    }
    for file in files() {
        let committed = fs::read_to_string(man.join(&file)).unwrap();
        let (name, _) = file.split_once('.').unwrap();
        let short = name.trim_start_matches("mksecret-");
        for page in [name, short] {
            let done = mksecret(&format!("man {page}")).assert();
            assert!(
                done.printed() == committed,
                "`mksecret man {page}` does not print the page: is it in PAGES in src/cmd/man.rs?"
            );
        }
    }
}

/// What a terminal shows of `line`, which ends with the exit status, and the place where `man` is what `man` says.
fn on_a_terminal(line: &str, man: &str) -> (Place, String) {
    let place = Place::new();
    place.stub("man", man);
    let mut script = place.command("script");
    script.args(["-qec", &format!("{line}; echo $?"), "/dev/null"]);
    let shown = script.env("PAGER", "cat").printed();
    (place, shown.replace("\r\n", "\n"))
}

#[test]
fn a_terminal_is_shown_the_page_by_man() {
    for (line, page) in [
        ("man", "man mksecret"),
        ("man mksecret-hex", "man hex"),
        ("help recipes", "man recipes"),
    ] {
        let line = format!("mksecret {line}");
        let (place, shown) = on_a_terminal(&line, "[[ $* == '-l -' ]]; cat > page; echo shown");
        assert_eq!(shown, "shown\n0\n");
        let shown = fs::read_to_string(place.folder().join("page")).unwrap();
        assert_eq!(shown, mksecret(page).printed());
    }
}

#[test]
#[ignore = "needs man"]
fn man_itself_formats_the_page() {
    let (_, shown) = on_a_terminal("mksecret man recipes", "exec /usr/bin/man \"$@\"");
    assert!(shown.contains("MKSECRET-RECIPES(7)") && !shown.contains(".Sh"));
    assert!(shown.ends_with("\n0\n"));
}

#[test]
fn a_terminal_without_man_is_told_what_to_do() {
    let place = Place::new();
    for (line, man, says, hint) in [
        (
            "PATH=/nowhere PROGRAM man hex",
            "",
            "man is not installed",
            "`mksecret man hex | more` prints the source, or see `mksecret help hex`",
        ),
        (
            "mksecret man recipes",
            "exit 3",
            "man cannot show the page",
            "`mksecret man recipes | more` prints the source",
        ),
        (
            "mksecret man",
            "exit 3",
            "man cannot show the page",
            "`mksecret man mksecret | more` prints the source, or see `mksecret help`",
        ),
    ] {
        let line = line.replace("PROGRAM", program());
        let (_, shown) = on_a_terminal(&line, man);
        assert_eq!(shown, error(says, hint) + "1\n");
        for way_out in hint.split('`').skip(1).step_by(2) {
            place.succeeds(way_out);
        }
    }
}

/// A pager can be left before it has read all: no reason to complain.
#[test]
fn a_pager_that_is_left_early_is_no_failure() {
    let (_, shown) = on_a_terminal("mksecret man", "exit 0");
    assert_eq!(shown, "0\n");
}

#[test]
fn all_pages_are_written_where_man_finds_them() {
    let place = Place::new();
    // A folder that is not there yet, then one with pages of an older version.
    for _ in 0..2 {
        place.succeeds("mksecret man --all share/man && ! ls share/man/man1/.mksecret-* 2>&-");
        for file in files() {
            let (_, section) = file.split_once('.').unwrap();
            let installed = place
                .folder()
                .join(format!("share/man/man{section}/{file}"));
            let committed = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("man")
                .join(&file);
            if env::var_os("UPDATE").is_none() {
                assert_eq!(fs::read(&installed).unwrap(), fs::read(committed).unwrap());
            }
            assert_eq!(
                installed.metadata().unwrap().permissions().mode() & 0o777,
                0o644
            );
            fs::write(&installed, "older").unwrap();
        }
    }
}

#[test]
#[ignore = "needs man"]
fn man_finds_all_pages() {
    let place = Place::new();
    let found =
        place.succeeds("mksecret man --all share/man; man -M share/man -w 7 mksecret-recipes");
    assert!(
        found.ends_with("share/man/man7/mksecret-recipes.7\n"),
        "{found}"
    );
}

#[test]
fn all_pages_and_one_page_exclude_each_other() {
    for line in ["man --all there hex", "man hex --all there"] {
        let place = Place::new();
        let done = mksecret(line).current_dir(place.folder()).assert();
        done.code(2).stderr(contains("cannot be used with"));
        assert!(!place.folder().join("there").exists());
    }
}

/// The text mentions no option that does not exist.
#[test]
fn every_flag_in_a_page_is_an_option() {
    let program = super::command();
    let spelled = |argument: &Arg| {
        let long = argument
            .get_long()
            .map(|long| verbatim(&format!("-{long}")));
        let short = argument.get_short().map(String::from);
        [long, short].into_iter().flatten().collect::<Vec<_>>()
    };
    let all: BTreeSet<String> = program
        .get_subcommands()
        .flat_map(|command| command.get_arguments())
        .chain(program.get_arguments())
        .flat_map(spelled)
        .collect();
    let check = |name: &str, known: &BTreeSet<String>| {
        let page = Page::open(name);
        for (_, body) in &page.sections {
            for line in body.lines().filter(|line| line.starts_with('.')) {
                let words: Vec<_> = line.split_whitespace().collect();
                for (index, word) in words.iter().enumerate() {
                    if ["Fl", ".Fl"].contains(word) {
                        let flag = words[index + 1];
                        assert!(known.contains(flag), "{name} has {flag}: {line}");
                    }
                }
            }
        }
    };
    check("mksecret.1", &all);
    check(RECIPES, &all);
    for command in program.get_subcommands() {
        let own = command.get_arguments().flat_map(spelled).collect();
        check(&format!("mksecret-{}.1", command.get_name()), &own);
    }
}

#[test]
fn examples_in_the_pages_succeed() {
    let mut count = 0;
    let mut pages = vec!["mksecret".to_string()];
    for command in super::command().get_subcommands() {
        pages.push(format!("mksecret-{}", command.get_name()));
    }
    for name in pages {
        let scripts = Page::read(&name).displays("EXAMPLES");
        assert!(!scripts.is_empty(), "{name} has no examples");
        for script in scripts {
            let place = Place::new();
            super::prepare(&place);
            place.succeeds(&script);
            count += 1;
        }
    }
    assert!(count > 30);
}

fn pages() -> Vec<PathBuf> {
    let man = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let mut pages: Vec<_> = fs::read_dir(man)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    pages.sort();
    pages
}

/// Checks that `program` warns of nothing in any page.
fn has_no_warnings(program: &str, options: &str) {
    for page in pages() {
        let done = Process::new(program)
            .args(options.split(' '))
            .arg(&page)
            .env("LC_ALL", "C.UTF-8")
            .env("MANWIDTH", "80")
            .env("MANROFFSEQ", "")
            .assert();
        let done = done.success().stderr("");
        // The others print the page there.
        if program == "mandoc" {
            done.stdout("");
        }
    }
}

#[test]
#[ignore = "needs mandoc"]
fn mandoc_has_no_warnings() {
    has_no_warnings("mandoc", "-Tlint -Wwarning");
}

#[test]
#[ignore = "needs groff"]
fn groff_has_no_warnings() {
    has_no_warnings("groff", "-ww -mandoc -Tutf8 -z");
}

#[test]
#[ignore = "needs man"]
fn man_has_no_warnings() {
    has_no_warnings("man", "--warnings -E UTF-8 -l -Tutf8");
}
