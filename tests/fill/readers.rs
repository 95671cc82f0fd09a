//! Templates of the kinds that are in use, filled in and read back by the programs that read such files.

use std::{collections::BTreeMap, fs, path::Path};

use assert_cmd::Command;

use super::{
    Folder,
    support::{Printed, target},
};

/// How a reader of KEY=value files reads `.env` in a folder.
type Read = fn(&Path) -> Values;
type Values = BTreeMap<String, String>;

/// Prints each value as `KEY=value` and a NUL. Docker Compose 1 reads with python-dotenv, too.
fn python(folder: &Path) -> Values {
    let script = "import dotenv, sys
for key, value in dotenv.dotenv_values('.env').items():
    sys.stdout.buffer.write(f'{key}={value}\\0'.encode())";
    printed(Command::new("python3").args(["-c", script]), folder)
}

fn node(folder: &Path) -> Values {
    let dotenv = target().join("npm/node_modules/dotenv");
    let script =
        "const values = require(process.argv[1]).parse(require('fs').readFileSync('.env'));
for (const key in values) process.stdout.write(`${key}=${values[key]}\\0`)";
    printed(
        Command::new("node").args(["-e", script]).arg(dotenv),
        folder,
    )
}

fn dash(folder: &Path) -> Values {
    let script = "set -a; . ./.env; exec env -0";
    let mut values = printed(Command::new("dash").args(["-c", script]), folder);
    values.remove("PWD");
    values
}

fn bash(folder: &Path) -> Values {
    let script = "set -a; . ./.env; env -0";
    let mut values = printed(Command::new("bash").args(["-c", script]), folder);
    for own in ["PWD", "SHLVL", "_", "OLDPWD"] {
        values.remove(own);
    }
    values
}

fn zsh(folder: &Path) -> Values {
    let script = "set -a; . ./.env; env -0";
    let mut values = printed(Command::new("zsh").args(["-fc", script]), folder);
    for own in ["PWD", "SHLVL", "_", "OLDPWD", "LOGNAME", "HOME"] {
        values.remove(own);
    }
    values
}

/// The program of systemd that reads environment.d(5) has the parser of EnvironmentFile=, and prints what it read as
/// a shell would.
fn systemd(folder: &Path) -> Values {
    let generator =
        "/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator";
    fs::create_dir(folder.join("environment.d")).unwrap();
    fs::copy(folder.join(".env"), folder.join("environment.d/a.conf")).unwrap();
    let script = r#"set -a; eval "$(XDG_CONFIG_HOME=$PWD "$0")"; exec env -0"#;
    let values = printed(Command::new("dash").args(["-c", script, generator]), folder);
    let wanted = |key: &str| {
        fs::read_to_string(folder.join(".env"))
            .unwrap()
            .contains(&format!("{key}="))
    };
    values.into_iter().filter(|(key, _)| wanted(key)).collect()
}

fn printed(command: &mut Command, folder: &Path) -> Values {
    let path = std::env::var_os("PATH").unwrap();
    let command = command.current_dir(folder).env_clear().env("PATH", path);
    let mut values: Values = (command.printed().split_terminator('\0'))
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    values.remove("PATH");
    values
}

/// A template, and what has to be true of its values.
type Check = fn(&[(&str, Read)]);

const CHECKS: &[Check] = &[characters, compose, frameworks, environment];

#[test]
#[ignore = "needs python3, node, systemd, zsh"]
fn every_reader_agrees_with_the_shell() {
    let others = [
        ("dash", dash as Read),
        ("bash", bash),
        ("zsh", zsh),
        ("python3", python),
        ("node", node),
        ("systemd", systemd),
    ];
    CHECKS.iter().for_each(|check| check(&others));
}

const SHELL: &[(&str, Read)] = &[("dash", dash)];

/// Fills in the template and has each reader but for some read it; they must agree. Returns what they read.
fn read_back(template: &str, readers: &[(&str, Read)], without: &[&str]) -> Values {
    let mut agreed: Option<Values> = None;
    let folder = Folder::new(template);
    folder.fill();
    for (name, read) in readers.iter().filter(|(name, _)| !without.contains(name)) {
        let values = read(&folder.path("."));
        if let Some(agreed) = &agreed {
            assert_eq!(&values, agreed, "{name}");
        }
        agreed = Some(values);
    }
    let values = agreed.expect("one reader is there");
    assert!(!values.values().any(|value| value.contains("{{")));
    values
}

#[test]
fn every_character_that_is_let_through_survives() {
    characters(SHELL);
}

fn characters(readers: &[(&str, Read)]) {
    let word: String = ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain(['ü', 'ß', '字'])
        .collect();
    let printable: String = (' '..='~').filter(|char| !char.is_alphanumeric()).collect();
    let but = |lost: &str| -> String {
        printable
            .chars()
            .filter(|char| !lost.contains(*char))
            .collect()
    };
    let mut template = String::new();
    let mut lengths = BTreeMap::new();
    for (name, quote, symbols) in [
        // zsh expands a = at the start of a value, and behind a colon.
        ("COLON", "", "_-./:@%+,".to_owned()),
        ("EQUALS", "x", "_-./@%+,=".to_owned()),
        ("SINGLE", "'", but("'\\${")),
        ("DOUBLE", "\"", but("\"\\$`{")),
    ] {
        for number in 0..20 {
            // In the placeholder, where no character is special in single quotes.
            let set = format!("{}{word}", symbols.replace('\'', "'\\''"));
            // A hyphen stands first or last.
            let set = match set.contains('-') {
                true => set.replace('-', "") + "-",
                false => set,
            };
            let key = format!("{name}{number}");
            let line = format!(
                "{key}={quote}{{{{ mksecret password -l 300 --alphabet '{set}' }}}}{quote}\n"
            );
            template.push_str(&line);
            let length = 300 + quote.matches('x').count() * 2;
            lengths.insert(key, length);
        }
    }
    let values = read_back(&template, readers, &[]);
    let read: BTreeMap<String, usize> = values
        .into_iter()
        .map(|(key, value)| (key, value.chars().count()))
        .collect();
    assert_eq!(read, lengths);
}

#[test]
fn compose_file_of_30_keys() {
    compose(SHELL);
}

fn compose(readers: &[(&str, Read)]) {
    let services = ["POSTGRES", "REDIS", "MINIO", "KEYCLOAK", "GRAFANA"];
    let mut template =
        "# docker compose reads this file\nCOMPOSE_PROJECT_NAME=shop\nDOMAIN=shop.example\n"
            .to_owned();
    for service in services {
        template += &format!(
            "\n# {service}\n{service}_HOST={}\n{service}_PORT=5432\n{service}_USER=app\n\
             {service}_PASSWORD={{{{ mksecret password }}}}\n\
             {service}_URL=tcp://app:{{{{ {service}_PASSWORD }}}}@{}:5432/x?y=z\n",
            service.to_lowercase(),
            service.to_lowercase(),
        );
    }
    template += "\nJWT_SECRET={{ mksecret base64 48 }}\nADMIN_PASSWORD=\"{{ mksecret passphrase -s ' ' }}\"\nWEBHOOK=whk_{{ mksecret urlsafe }}\n";
    // A shell would take ? and & in a value without quotes as they are here.
    let values = read_back(&template, readers, &[]);
    assert_eq!(values.len(), 30);
    for service in services {
        let password = &values[&format!("{service}_PASSWORD")];
        assert_eq!(password.len(), 24);
        let url = format!("tcp://app:{password}@{}:5432/x?y=z", service.to_lowercase());
        assert_eq!(values[&format!("{service}_URL")], url);
    }
    assert_eq!(values["ADMIN_PASSWORD"].split(' ').count(), 10);
}

#[test]
fn django_rails_laravel_and_wordpress() {
    frameworks(SHELL);
}

fn frameworks(readers: &[(&str, Read)]) {
    // systemd knows no export.
    let values = read_back(
        "# Django\nexport DJANGO_SECRET_KEY='{{ mksecret password -l 50 --for full --exclude \"'\\\\\\${\" }}'\n\
         DEBUG=False\nexport DATABASE_URL=postgres://django:{{ DB_PASSWORD }}@localhost/django\n\
         DB_PASSWORD={{ mksecret urlsafe 24 }}\n\
         # Rails\nRAILS_ENV=production\nSECRET_KEY_BASE={{ mksecret hex 64 }}\nRAILS_MASTER_KEY={{ mksecret hex 16 }}\n\
         # Laravel\nAPP_NAME='My Shop'\nAPP_KEY=base64:{{ mksecret base64 32 }}\n\
         # WordPress (Bedrock)\nAUTH_KEY='{{ mksecret password -l 64 --symbols \"!#%&()*+,./:;<=>?@[]^_|~-\" }}'\n\
         NONCE_SALT='{{ mksecret password -l 64 --symbols \"!#%&()*+,./:;<=>?@[]^_|~-\" }}'\n",
        readers,
        &["systemd"],
    );
    assert_eq!(values["DJANGO_SECRET_KEY"].len(), 50);
    let password = &values["DB_PASSWORD"];
    assert_eq!(
        values["DATABASE_URL"],
        format!("postgres://django:{password}@localhost/django")
    );
    assert_eq!(values["SECRET_KEY_BASE"].len(), 128);
    assert_eq!(values["RAILS_MASTER_KEY"].len(), 32);
    assert_eq!(values["APP_NAME"], "My Shop");
    assert_eq!(values["APP_KEY"].len(), "base64:".len() + 44);
    assert_eq!(values["AUTH_KEY"].len(), 64);
    assert_ne!(values["AUTH_KEY"], values["NONCE_SALT"]);
}

#[test]
fn environment_file_of_systemd() {
    environment(SHELL);
}

fn environment(readers: &[(&str, Read)]) {
    let values = read_back(
        "# /etc/default/app\nOPTIONS=\"--port 80 --verbose\"\nTOKEN={{ mksecret token --prefix app_ }}\n\
         KEY=\"{{ mksecret password --for full --exclude '\"\\$`{' }}\"\n",
        readers,
        &[],
    );
    assert_eq!(values["OPTIONS"], "--port 80 --verbose");
    assert_eq!(values["TOKEN"].len(), "app_".len() + 36);
    assert_eq!(values["KEY"].len(), 24);
}

/// Fills in a template that is not KEY=value, and reads it back: the reader prints the values, one a line.
fn lines(name: &str, template: &str, reader: &str, script: &[&str]) -> Vec<String> {
    let folder = Folder::new("");
    folder.write(&format!("{name}.in"), template);
    folder
        .run(&format!("{name}.in -o {name}"))
        .success()
        .stdout("")
        .stderr("");
    Command::new(reader)
        .args(script)
        .current_dir(folder.path("."))
        .lines()
}

fn lengths(lines: &[String]) -> Vec<usize> {
    lines.iter().map(|line| line.chars().count()).collect()
}

#[test]
#[ignore = "needs python3"]
fn kubernetes_secret() {
    let template = "\
apiVersion: v1
kind: Secret
metadata: {name: app, labels: {app: \"{{ .Release.Name }}\"}}
stringData:
  password: {{ mksecret password }}
  pin: \"{{ mksecret password --for pin }}\"
  key: '{{ mksecret hex 32 }}'
  full: \"{{ mksecret password --for full --exclude '\\\"$' }}\"
  url: postgres://app:{{ mksecret password }}@db/app
  app.ini: |
    key={{ mksecret hex 16 }}
    {{ mksecret password --for full --exclude $ }}
";
    let script = "import yaml
data = yaml.safe_load(open('a.yaml'))
assert data['metadata']['labels']['app'] == '{{ .Release.Name }}'
for value in data['stringData'].values():
    assert isinstance(value, str)
    print(value.strip())";
    let read = lines("a.yaml", template, "python3", &["-c", script]);
    assert_eq!(lengths(&read), [24, 6, 64, 24, 46, 36, 24]);
}

#[test]
#[ignore = "needs python3"]
fn grafana_ini_and_toml() {
    let ini = "; don't lose this\n[security]\nadmin_password = {{ mksecret password }}\nsecret_key = {{ mksecret hex }}\n";
    let script = "import configparser
ini = configparser.ConfigParser()
ini.read('grafana.ini')
print(ini['security']['admin_password'], ini['security']['secret_key'], sep='\\n')";
    let read = lines("grafana.ini", ini, "python3", &["-c", script]);
    assert_eq!(lengths(&read), [24, 64]);

    let toml = "[session]\nkey = \"{{ mksecret base64 }}\"\nport = {{ mksecret below 65536 --from 49152 }}\n\
                salt = '{{ mksecret password --for full --exclude \"'\\\\\" | raw }}'\n";
    let script = "import tomllib
session = tomllib.load(open('a.toml', 'rb'))['session']
assert isinstance(session['port'], int)
print(*session.values(), sep='\\n')";
    let read = lines("a.toml", toml, "python3", &["-c", script]);
    assert_eq!(lengths(&read), [44, 5, 24]);
}

#[test]
#[ignore = "needs jq"]
fn json_configuration() {
    let template = r#"{"key": "{{ mksecret hex 16 }}", "port": {{ mksecret below 20 --from 10 }},
 "full": "{{ mksecret password --for full --exclude '"\' }}"}"#;
    let read = lines(
        "a.json",
        template,
        "jq",
        &["-r", ".key, .port, .full", "a.json"],
    );
    assert_eq!(lengths(&read), [32, 2, 24]);
}

#[test]
fn wordpress_configuration() {
    let template = "define('AUTH_KEY', '{{ mksecret password -l 64 --for full --exclude \"'\\\\\" | raw }}');\n";
    let read = lines("wp-config.php", template, "cat", &["wp-config.php"]);
    assert_eq!(lengths(&read), [template.find("{{").unwrap() + 64 + 3]);
}
