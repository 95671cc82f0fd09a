//! Databases, each with a server of its own.

use super::{
    Recipe,
    server::{Server, free_port},
};

/// A server of PostgreSQL, which the recipe finds.
fn postgresql(recipe: &mut Recipe) -> Server {
    let port = free_port();
    let mut server = Server::new();
    server.prepare("initdb", &["-D", "data", "-U", "postgres", "--no-sync"]);
    // The administrator needs no password here, and everybody else does.
    server.file(
        "data/pg_hba.conf",
        "host all postgres 127.0.0.1/32 trust\n\
         host all postgres ::1/128 trust\n\
         host all all 127.0.0.1/32 scram-sha-256\n\
         host all all ::1/128 scram-sha-256\n",
    );
    let arguments = format!(
        "-D data -p {port} -c listen_addresses=localhost -c unix_socket_directories= \
         -c log_statement=all -c fsync=off"
    );
    let arguments: Vec<_> = arguments.split(' ').collect();
    let client = format!("pg_isready -q -h localhost -p {port}");
    server.start("postgres", &arguments, &client);

    recipe.env("PGHOST", "localhost");
    recipe.env("PGPORT", port.to_string());
    recipe.env("PGUSER", "postgres");
    server
}

#[test]
#[ignore = "needs servers"]
fn postgresql_takes_the_password_from_pgpass_and_url() {
    let mut recipe = Recipe::of("PostgreSQL");
    let server = postgresql(&mut recipe);
    assert_eq!(recipe.run(), "app\napp\n");

    recipe.fails("PGPASSWORD=wrong psql -wX -U app -c 'SELECT 1' app");
    let pgpass = recipe.read("app.pgpass");
    let (_, password) = pgpass.rsplit_once(':').unwrap();
    let log = server.log();
    assert!(log.contains("log_statement") && !log.contains(password));
}

#[test]
#[ignore = "needs servers, python3"]
fn postgresql_takes_a_verifier_in_the_place_of_the_password() {
    let mut recipe = Recipe::of("PostgreSQL without the password");
    let server = postgresql(&mut recipe);
    assert_eq!(recipe.run(), "app\n");
    recipe.fails("PGPASSWORD=wrong psql -wX -U app -c 'SELECT 1' postgres");
    let pgpass = recipe.read("app.pgpass");
    let (_, password) = pgpass.rsplit_once(':').unwrap();
    let log = server.log();
    assert!(log.contains("SCRAM-SHA-256$4096:") && !log.contains(password));
}

#[test]
#[ignore = "needs servers"]
fn mariadb_takes_the_password_from_an_option_file() {
    let mut recipe = Recipe::of("MariaDB");
    let mut server = Server::new();
    let socket = server.folder().join("socket").display().to_string();
    let data = format!("--datadir={}", server.folder().join("data").display());
    server.prepare(
        "mariadb-install-db",
        &[
            "--no-defaults",
            &data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
    );
    let listen = format!("--socket={socket}");
    let client = format!("mariadb --no-defaults --user=root {listen} -e 'SELECT 1'");
    server.start(
        "mariadbd",
        &["--no-defaults", &data, &listen, "--skip-networking"],
        &client,
    );

    // The administrator's options, and what holds where no other file says it.
    let options = format!("[client]\nuser=root\nsocket={socket}\n");
    recipe.place().file(".my.cnf", &options);
    recipe.env("MYSQL_UNIX_PORT", socket);
    assert_eq!(recipe.run(), "app@localhost\n");
    recipe.fails(
        "sed s/^password=/&x/ app.cnf > wrong.cnf; mariadb --defaults-file=wrong.cnf -e 'SELECT 1'",
    );
}

#[test]
#[ignore = "needs servers"]
fn redis_wants_the_password() {
    let mut recipe = Recipe::of("Redis");
    recipe.step();

    let mut server = Server::new();
    let socket = server.folder().join("socket").display().to_string();
    let auth = recipe.read("redis-auth.conf") + "\n";
    server.file("redis-auth.conf", &auth);
    let configuration = format!("port 0\nunixsocket {socket}\ninclude redis-auth.conf\n");
    server.file("redis.conf", &configuration);
    server.start(
        "redis-server",
        &["redis.conf"],
        &format!("redis-cli -s {socket} ping"),
    );

    // Otherwise it would look for the server at its usual port.
    recipe.place().stub(
        "redis-cli",
        &format!("exec /usr/bin/redis-cli -s {socket} \"$@\""),
    );
    assert_eq!(recipe.run(), "PONG\n");
    for script in ["redis-cli ping", "REDISCLI_AUTH=wrong redis-cli ping"] {
        assert!(recipe.prints(script).contains("NOAUTH"));
    }
}

/// Whether all characters of `text` are among `allowed`, and at least `least` of each of the `classes`.
fn consists_of(text: &str, allowed: &str, classes: &[(&str, usize)]) -> bool {
    let count = |set: &str| text.chars().filter(|c| set.contains(*c)).count();
    count(allowed) == text.len() && classes.iter().all(|(set, least)| count(set) >= *least)
}

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

#[test]
fn oracle_rules_are_met() {
    let mut recipe = Recipe::of("Oracle Database");
    recipe.run();
    let password = recipe.read("oracle.password");
    let classes = [(LOWER, 2), (UPPER, 2), (DIGITS, 2), ("_#-", 2)];
    let allowed = classes.map(|(set, _)| set).concat();
    assert!(password.len() == 30 && consists_of(&password, &allowed, &classes));
    assert!(password.starts_with(|first: char| first.is_ascii_alphabetic()));
}

#[test]
fn rds_rules_are_met() {
    let mut recipe = Recipe::of("Amazon RDS");
    recipe.run();
    let password = recipe.read("rds.password");
    let allowed: String = ('!'..='~').filter(|c| !"/@\"".contains(*c)).collect();
    assert!(password.len() == 32 && consists_of(&password, &allowed, &[]));
}
