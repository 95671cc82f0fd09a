//! Files, backups, and what keeps passwords.

use super::Recipe;

#[test]
#[ignore = "needs cryptsetup"]
fn luks_opens_with_the_key_file() {
    let mut recipe = Recipe::of("LUKS");
    recipe.prints("truncate -s 20M disk");
    recipe.env("DISK", "disk");
    recipe.run();
    recipe.fails(
        "head -c 64 /dev/zero > other; cryptsetup open --test-passphrase --key-file other disk",
    );
}

#[test]
#[ignore = "needs restic"]
fn restic_repository_opens_with_the_password() {
    let mut recipe = Recipe::of("restic");
    assert!(recipe.run().contains("no errors were found"));
    recipe.fails("mksecret password -o other && restic -r backups -p other check");
}

#[test]
#[ignore = "needs borg"]
fn borg_repository_opens_with_the_password() {
    let mut recipe = Recipe::of("Borg");
    recipe.step();
    let create = "BORG_PASSCOMMAND='cat borg.password' borg create backups::first borg.password";
    recipe.prints(create);
    recipe.run();
    recipe.fails("BORG_PASSPHRASE=wrong borg list backups");
}

#[test]
#[ignore = "needs gpg"]
fn gnupg_decrypts_with_the_passphrase() {
    let mut recipe = Recipe::of("GnuPG");
    recipe.place().file("backup.tar", "contents\n");
    recipe.run();
    // It would otherwise know the passphrase, and outlive the test for a while.
    recipe.prints("gpgconf --kill gpg-agent");
    recipe
        .fails("gpg --batch --pinentry-mode loopback --passphrase wrong --decrypt backup.tar.gpg");
    recipe.prints("gpgconf --kill gpg-agent");
}

#[test]
#[ignore = "needs openssl"]
fn openssl_decrypts_with_the_passphrase() {
    let mut recipe = Recipe::of("OpenSSL enc");
    recipe.place().file("backup.tar", "contents\n");
    recipe.run();
    recipe.fails("cmp backup.tar backup.tar.enc");
}

#[test]
#[ignore = "needs ansible"]
fn ansible_vault_opens_with_the_passphrase() {
    let mut recipe = Recipe::of("Ansible Vault");
    recipe.place().file("secrets.yml", "colour: green\n");
    assert_eq!(recipe.run(), "colour: green\n");
    let encrypted = recipe.read("secrets.vault.yml");
    assert!(encrypted.starts_with("$ANSIBLE_VAULT;1.1;AES256"));
}

#[test]
#[ignore = "needs pass, gpg"]
fn password_store_shows_the_password() {
    let mut recipe = Recipe::of("The password store");
    recipe.prints(
        "gpg --batch --passphrase '' --quick-generate-key test@example.com
        pass init test@example.com",
    );
    let shown = recipe.run();
    recipe.prints("gpgconf --kill gpg-agent");
    let password = shown.strip_suffix('\n').unwrap();
    assert_eq!(password.len(), 24);
    assert!(!password.contains(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)));
}

#[test]
fn diceware_takes_an_own_list() {
    let mut recipe = Recipe::of("Diceware");
    let words =
        "11 abacus\n12 banjo\n13 cactus\n14 daisy\n15 eagle\n16 fabric\n21 garlic\n22 hammer\n";
    recipe.place().file("my-words.txt", words);
    let (phrase, strength) = recipe.step();
    assert_eq!(phrase.trim_end().split('-').count(), 6);
    assert!(
        phrase
            .trim_end()
            .split('-')
            .all(|word| words.contains(&format!(" {word}\n")))
    );
    assert!(strength.contains("18.00 bits"), "{strength}");
}
