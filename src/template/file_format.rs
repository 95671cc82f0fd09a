//! What a file is, by its name.

use std::path::Path;

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// Lines KEY=value.
    KeyValue,
    Yaml,
    Json,
    Toml,
    Ini,
    /// Anything else, of which nothing is known.
    Unknown,
}

/// What may follow `env.` and `env-` in the name of a KEY=value file.
const AFTER_ENV: &[&str] = &[
    "example", "sample", "template", "dist", "default", "local", "dev", "test", "ci", "stag",
    "prod",
];

/// Endings that say of a file that it is no KEY=value file, whatever stands before: data, units of systemd, and languages
/// of programming, markup, templates and encryption.
const OTHER: &str = " service socket timer yaml yml json json5 jsonc toml ini cfg xml plist html htm md mdx markdown rst adoc tex svg css \
     scss sass less c cc cpp h hpp cs clj cmd bat d dart el ex exs erl fs go gradle groovy hcl hs java jl js cjs mjs \
     jsx ts cts mts tsx d.ts kt kts lua m ml nim nix nu php pl pm ps1 psm1 py pyi r rb rs scala sh bash zsh fish csh \
     ksh sql swift tcl tf tfvars vb vim vue svelte zig ejs erb eta ftl gotmpl ctmpl handlebars hbs j2 jinja jinja2 \
     liquid mustache njk pug tera tmpl tpl twig vm age asc aes crypt enc encrypted gpg pgp sops vault ";

impl FileFormat {
    /// By the name of a file; nothing if it says nothing. What stands behind `.in`, `.example` and the like counts as
    /// if it stood at the end.
    pub(crate) fn by_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        if is_key_value(&name) {
            return Some(Self::KeyValue);
        }
        let (_, endings) = name.split_once('.')?;
        endings.rsplit('.').find_map(|ending| match ending {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            "ini" => Some(Self::Ini),
            _ => None,
        })
    }

    /// Whether the name of a file says that it is something else than KEY=value.
    pub(crate) fn is_other(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let last = name.rsplit_once('.').map_or("", |(_, last)| last);
        let is_other = is_ending(&last.to_ascii_lowercase());
        is_other || Self::by_name(path).is_some_and(|format| format != Self::KeyValue)
    }
}

fn is_ending(word: &str) -> bool {
    !word.is_empty() && OTHER.contains(&format!(" {word} "))
}

fn is_key_value(name: &str) -> bool {
    // Behind the last `env` that ends a part of the name.
    let mut ends = name.match_indices("env").filter_map(|(at, env)| {
        let is_part = at == 0 || name.as_bytes()[at - 1] == b'.';
        let rest = &name[at + env.len()..];
        (is_part && (rest.is_empty() || rest.starts_with(['.', '-', '_']))).then_some((at, rest))
    });
    ends.any(|(at, rest)| {
        let Some(separator) = rest.chars().next() else {
            return true;
        };
        let rest = rest[1..].trim_end_matches(".in");
        let last = rest.rsplit('.').next().unwrap_or(rest);
        let is_known =
            at > 0 || separator == '_' || AFTER_ENV.iter().any(|word| rest.starts_with(word));
        is_known && !is_ending(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_files_are() {
        use FileFormat::*;
        for (names, format) in [
            (
                ".env env .env.example .env.local .env-local .env_old .ENV prod.env prod.env.example a.b.env.x \
                 env.example env-sample env.production env.stage env.local.bak env_file .env.txt .env.template \
                 .env.yaml.example",
                Some(KeyValue),
            ),
            (
                "env.txt env.js env.d.ts envs env-utils environment .envrc x.environment .env.ts .env.j2 .env.gpg \
                 .env.py.j2 .env.j2.in .env.tpl myenv a-env .env.local.sops",
                None,
            ),
            (
                "a.yaml a.yml.in docker-compose.yml .env.yaml a.env.yml env.yaml",
                Some(Yaml),
            ),
            ("a.json .env.json a.json.example", Some(Json)),
            ("Cargo.toml.in", Some(Toml)),
            ("grafana.ini", Some(Ini)),
            ("a b.conf c.sh d.service .pgpass e.xml f.php", None),
        ] {
            for name in names.split_whitespace() {
                assert_eq!(FileFormat::by_name(Path::new(name)), format, "{name}");
            }
        }
        for name in ["a.yaml", "a.sh", "x.json.in", "settings.py", ".env.j2"] {
            assert!(FileFormat::is_other(Path::new(name)), "{name}");
        }
        for name in [".env", "a.conf", "secrets", "a.txt", "env.example"] {
            assert!(!FileFormat::is_other(Path::new(name)), "{name}");
        }
    }
}
