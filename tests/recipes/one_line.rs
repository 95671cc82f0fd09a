//! Everyday jobs in one line.

use std::collections::BTreeSet;

use super::{Recipe, page, support::target};

#[test]
#[ignore = "needs ss"]
fn codes_and_numbers_are_one_line() {
    let mut recipe = Recipe::of("Codes and numbers");
    let entries = "name,city\nann,Oslo\nbob,Rome\ncarol,Bern\ndan,Kyiv\n";
    recipe.place().file("entries.csv", entries);
    recipe.step();
    let vouchers = recipe.read("vouchers.txt");
    let is_voucher = |line: &str| {
        let known = |char: char| "ABCDEFGHJKLMNPQRSTUVWXYZ23456789-".contains(char);
        line.len() == 9 && &line[4..5] == "-" && line.chars().all(known)
    };
    let different: BTreeSet<_> = vouchers.lines().collect();
    assert!(different.len() == 500 && vouchers.lines().all(is_voucher));

    let (mac, _) = recipe.step();
    let bytes: Vec<_> = mac
        .trim_end()
        .split(':')
        .map(|byte| u8::from_str_radix(byte, 16))
        .collect();
    assert!(
        bytes.len() == 6 && bytes[0] == Ok(2) && bytes.iter().all(Result::is_ok),
        "{mac}"
    );

    let (colour, _) = recipe.step();
    assert!(colour.starts_with('#') && colour.len() == 8, "{colour}");

    let (port, _) = recipe.step();
    let port: u16 = port.trim_end().parse().unwrap();
    assert!(port >= 49152);

    let winners = recipe.run();
    assert!(winners.lines().count() == 3 && !winners.contains("name"));
    assert!(
        winners
            .lines()
            .all(|winner| entries.lines().any(|entry| entry == winner))
    );
}

#[test]
#[ignore = "needs mkpasswd, ngerman, python3"]
fn passwords_for_people_are_one_line() {
    let mut recipe = Recipe::of("Passwords for people");
    let (password, _) = recipe.step();
    assert_eq!(password.trim_end().len(), 16);
    assert!(password.contains(|char| "-!@#".contains(char)));

    let (phrase, strength) = recipe.step();
    assert!(
        phrase.split('-').count() > 8 && strength.contains("bits"),
        "{phrase}"
    );

    let hash = recipe.run();
    let password = recipe.read("alice.password");
    let check = format!(
        "python3 -W ignore -c 'import crypt; print(crypt.crypt(\"{password}\", \"{0}\") == \"{0}\")'",
        hash.trim_end()
    );
    assert_eq!(recipe.prints(&check), "True\n");
}

#[test]
#[ignore = "needs wg, pypi"]
fn secrets_of_machines_are_one_line() {
    let mut recipe = Recipe::of("Keys and secrets of machines");
    let place = recipe.place();
    place.stub("docker", r#"[[ $* == "secret create db_password db_password" && $(wc -c < db_password) == 24 ]]; rm db_password"#);
    place.stub(
        "gh",
        r#"[[ $* == "secret set DB_PASSWORD" && $(wc -c) == 25 ]]"#,
    );
    let kubectl = target().join("recipes/bin/kubectl");
    place.stub(
        "kubectl",
        &format!("exec {} \"$@\" --dry-run=client -o yaml", kubectl.display()),
    );
    recipe.step();
    recipe.step();
    let first = recipe.read(".env");
    assert_eq!(first.strip_prefix("JWT_SECRET=").map(str::len), Some(44));
    let yaml = recipe.run();
    let value = recipe.prints("base64 -w 0 password");
    assert!(yaml.contains(&format!("password: {value}\n")), "{yaml}");
}

#[test]
#[ignore = "needs root, losetup"]
fn what_root_does_is_one_line() {
    let mut recipe = Recipe::of("As root");
    recipe.step();
    let key = recipe.read("mongo.key");
    assert_eq!(key.len(), 1008);
    recipe.step();
    let modes = recipe.prints("stat -c '%u:%g %a' mongo.key erlang.cookie");
    assert_eq!(modes, "999:999 400\n999:999 400\n");
    let again = "mksecret base64 756 -o mongo.key --owner 999:999 --mode 0400 --keep";
    recipe.prints(again);
    assert_eq!(recipe.read("mongo.key"), key);

    let disk = recipe.prints("truncate -s 1M disk; losetup --find --show disk");
    recipe.env("DISK", disk.trim_end());
    recipe.run();
    recipe.prints(&format!("losetup --detach {disk}"));
    // A zero byte is left at each place with a probability of 1/256: that 1,024 are left together does not happen.
    let wiped = std::fs::read(recipe.path("disk")).unwrap();
    assert!(
        wiped.len() == 1 << 20
            && wiped
                .chunks(1024)
                .all(|part| part.iter().any(|byte| *byte != 0))
    );
}

#[test]
#[ignore = "needs openssl, ssh-keygen"]
fn key_pairs_are_made_by_other_programs() {
    let mut recipe = Recipe::of("What other programs do");
    recipe.run();
    recipe.prints("openssl pkey -in ed25519.pem -noout -check; ssh-keygen -y -f id_ed25519");
}

/// What the other command prints has the length of what the placeholder generates.
#[test]
#[ignore = "needs openssl, xxd"]
fn placeholders_are_as_long_as_what_they_replace() {
    let mut recipe = Recipe::of("openssl rand in a comment");
    recipe.run();
    assert_eq!(recipe.read("app.env").len(), "SECRET_KEY_BASE=".len() + 128);
    let pairs = page::pairs("openssl rand in a comment");
    assert_eq!(pairs.len(), 7);
    for (other, placeholder) in pairs {
        let command = placeholder.trim_matches(['{', '}', ' ']);
        // `head` ends `tr`, which is no error here.
        let length = |command: &str| {
            recipe.prints(&format!("set +o pipefail; {command} | tr -d '\\n' | wc -c"))
        };
        assert_eq!(length(&other), length(command), "{other}");
    }
}
