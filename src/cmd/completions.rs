//! `mksecret completions`: what makes a shell complete the command line.

use clap::{Args, ValueEnum};

use crate::output::Output;

#[derive(Args, Debug)]
#[command(after_long_help = "\
Examples:
  source <(mksecret completions bash)    in ~/.bashrc
  mksecret completions zsh > ~/.zfunc/_mksecret
  mksecret completions fish > ~/.config/fish/completions/mksecret.fish
  mksecret completions nushell > ~/.config/nushell/autoload/mksecret.nu
  mksecret completions powershell >> $PROFILE
  mksecret completions elvish > ~/.config/elvish/lib/mksecret.elv

The directories must exist. zsh needs `fpath+=~/.zfunc` before `compinit` in
~/.zshrc, elvish needs `use mksecret` in its rc.elv.")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Nushell,
    Powershell,
    Elvish,
}

impl Completions {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        // Held equal to the program by tests/docs.
        let script = match self.shell {
            Shell::Bash => include_str!("../../completions/mksecret.bash"),
            Shell::Zsh => include_str!("../../completions/_mksecret"),
            Shell::Fish => include_str!("../../completions/mksecret.fish"),
            Shell::Nushell => include_str!("../../completions/mksecret.nu"),
            Shell::Powershell => include_str!("../../completions/_mksecret.ps1"),
            Shell::Elvish => include_str!("../../completions/mksecret.elv"),
        };
        let mut out = Output::stdout()?;
        out.write(script.as_bytes())?;
        out.finish()
    }
}
