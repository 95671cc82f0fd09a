//! Networks.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::Recipe;

/// There is no interface of WireGuard to be had without its driver; `wg` reads private and preshared keys by the same
/// function.
#[test]
#[ignore = "needs wg"]
fn wireguard_takes_both_keys() {
    let mut recipe = Recipe::of("WireGuard");
    let public = recipe.run();
    assert_eq!(public.len(), 45);
    recipe.prints("wg pubkey < wg.psk");
    // RFC 7748, section 5: which bits are cleared and set.
    let mut clamped = STANDARD.decode(recipe.read("wg.key")).unwrap();
    clamped[0] &= 0b1111_1000;
    clamped[31] = clamped[31] & 0b0111_1111 | 0b0100_0000;
    recipe
        .place()
        .file("clamped.key", &STANDARD.encode(clamped));
    assert_eq!(recipe.prints("wg pubkey < clamped.key"), public);
    recipe.fails("mksecret base64 31 | wg pubkey");
}

#[test]
#[ignore = "needs named-checkconf"]
fn bind_takes_the_tsig_key() {
    let mut recipe = Recipe::of("BIND TSIG");
    recipe.run();
    // Cut short, it is not base64 any more.
    recipe.fails("sed 's/=\";/\";/' ddns.key > broken.key && named-checkconf broken.key");
}

#[test]
#[ignore = "needs named-checkconf"]
fn bind_takes_the_rndc_key() {
    let mut recipe = Recipe::of("rndc");
    recipe.run();
    recipe.prints(
        "{ cat rndc.key; echo 'controls { inet 127.0.0.1 allow { localhost; } keys { \"rndc-key\"; }; };'; } > named.conf
        named-checkconf named.conf",
    );
}

#[test]
#[ignore = "needs wpa_supplicant"]
fn wpa_passphrase_takes_the_passphrase() {
    let mut recipe = Recipe::of("Wi-Fi passphrase");
    recipe.run();
    let network = recipe.read("home.conf");
    let passphrase = recipe.read("wifi.passphrase");
    assert_eq!(passphrase.len(), 63);
    assert!(
        network.contains(&format!("#psk=\"{passphrase}\"")),
        "{network}"
    );
    recipe.fails("mksecret password -l 7 --for alnum | wpa_passphrase home");
}

#[test]
#[ignore = "needs wpa_supplicant"]
fn wpa_supplicant_takes_the_key() {
    let mut recipe = Recipe::of("Wi-Fi key");
    assert!(
        recipe
            .run()
            .starts_with("PSK - hexdump(len=32): [REMOVED]\n")
    );
    // A digit is missing.
    recipe.prints("sed -i 's/psk=./psk=/' home.conf");
    recipe.fails("timeout 1 wpa_supplicant -D none -i lo -c home.conf -dd | grep hexdump.len=32");
}

#[test]
#[ignore = "needs htpasswd"]
fn htpasswd_verifies_the_password() {
    let mut recipe = Recipe::of("htpasswd");
    recipe.run();
    recipe.fails("mksecret password | htpasswd -i -v users.htpasswd alice");
}
