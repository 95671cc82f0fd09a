//! Frameworks. Where the framework itself is not to be had here, what it documents about its secret is checked.

use super::Recipe;

/// Active Support is the part of Rails that encrypts and signs.
#[test]
#[ignore = "needs ruby"]
fn rails_takes_both_keys() {
    let mut recipe = Recipe::of("Rails");
    recipe.place().file("config/application.rb", "");
    assert_eq!(recipe.run(), "greeting: hello\n");
    let verified = recipe.prints(
        r#". ./rails.env; export SECRET_KEY_BASE
        ruby -r active_support/all -e '
        verifier = ActiveSupport::MessageVerifier.new(ENV.fetch("SECRET_KEY_BASE"))
        puts verifier.verify(verifier.generate("hello"))'"#,
    );
    assert_eq!(verified, "hello\n");
    assert_eq!(
        recipe.read("rails.env").len(),
        "SECRET_KEY_BASE=".len() + 128
    );
}

#[test]
#[ignore = "needs python3"]
fn django_does_not_warn_of_the_key() {
    let mut recipe = Recipe::of("Django");
    recipe.step();
    recipe.step();
    let warning = "security.W009";
    let (_, warnings) = recipe.step();
    assert!(warnings.contains("security.W") && !warnings.contains(warning));

    // Of a short one it does.
    let done = recipe.bash(
        "mksecret urlsafe 12 -f -o secret.key
        python3 -m django check --deploy --pythonpath . --settings settings",
    );
    done.stderr(predicates::str::contains(warning));
}

#[test]
#[ignore = "needs php"]
fn laravel_encrypts_with_the_key() {
    let mut recipe = Recipe::of("Laravel");
    recipe.place().file(".env", "APP_NAME=Example\n");
    recipe.run();
    let text = recipe.read(".env");
    assert!(
        text.starts_with("APP_NAME=Example\nAPP_KEY=base64:"),
        "{text}"
    );
    // Once more, it changes nothing.
    let mut again = Recipe::of("Laravel");
    again.place().file(".env", &format!("{text}\n"));
    again.run();
    assert_eq!(again.read(".env"), text);
    let decrypted = recipe.prints(
        r#". ./.env; export APP_KEY; php -r '
        require "Illuminate/Encryption/autoload.php";
        $key = getenv("APP_KEY");
        $encrypter = new Illuminate\Encryption\Encrypter(base64_decode(substr($key, 7), true), "AES-256-CBC");
        echo substr($key, 0, 7), " ", $encrypter->decrypt($encrypter->encrypt("hello"));'"#,
    );
    assert_eq!(decrypted, "base64: hello");
}

/// Plug, which keeps the sessions of Phoenix, asks for at least 64 bytes.
#[test]
fn phoenix_key_is_long_enough() {
    let mut recipe = Recipe::of("Phoenix");
    recipe.run();
    let line = recipe.read("phoenix.env");
    assert_eq!(line.strip_prefix("SECRET_KEY_BASE=").unwrap().len(), 64);
}

#[test]
fn nextauth_secret_is_32_bytes() {
    let mut recipe = Recipe::of("NextAuth.js");
    recipe.place().file(".env.local", "COLOUR=green\n");
    recipe.run();
    let bytes = recipe.prints(". ./.env.local; base64 -d <<< $AUTH_SECRET | wc -c; echo $COLOUR");
    assert_eq!(bytes, "32\ngreen\n");
}

#[test]
fn oauth2_proxy_secret_is_32_bytes() {
    let mut recipe = Recipe::of("oauth2-proxy");
    recipe.run();
    let bytes = recipe.prints(
        ". ./oauth2-proxy.env; tr -- -_ +/ <<< $OAUTH2_PROXY_COOKIE_SECRET | base64 -d | wc -c",
    );
    assert_eq!(bytes, "32\n");
}

#[test]
#[ignore = "needs php"]
fn wordpress_has_eight_different_keys() {
    let mut recipe = Recipe::of("WordPress");
    let names = "AUTH_KEY SECURE_AUTH_KEY LOGGED_IN_KEY NONCE_KEY AUTH_SALT SECURE_AUTH_SALT LOGGED_IN_SALT NONCE_SALT";
    let lines = names
        .split(' ')
        .map(|name| format!("define( '{name}', 'put your unique phrase here' );\n"));
    let sample = format!(
        "<?php\n$table_prefix = 'wp_';\n{}",
        lines.collect::<String>()
    );
    recipe.place().file("wp-config-sample.php", &sample);
    assert!(recipe.run().contains("No syntax errors"));
    let read = format!(
        "php -r 'require \"wp-config.php\"; foreach (explode(\" \", \"{names}\") as $name) $all[constant($name)] = strlen(constant($name)); echo count($all), \" \", max($all), \" \", min($all);'"
    );
    assert_eq!(recipe.prints(&read), "8 64 64");
}
