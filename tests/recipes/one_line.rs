//! Everyday jobs in one line.

use super::{Recipe, support::target};

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
    assert!(vouchers.lines().count() == 500 && vouchers.lines().all(is_voucher));

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
