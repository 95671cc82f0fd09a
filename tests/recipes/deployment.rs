//! Deployment. What needs a cluster, a host or an account is checked as far as its own parsers and schemas go.

use super::Recipe;

/// What Python finds in a YAML file of the recipe.
fn yaml(recipe: &Recipe, file: &str, expression: &str) -> String {
    let program = format!("import yaml; y = yaml.safe_load(open(\"{file}\")); print({expression})");
    let printed = recipe.prints(&format!("/usr/bin/env python3 -c '{program}'"));
    printed.strip_suffix('\n').unwrap().to_string()
}

#[test]
#[ignore = "needs pypi, python3"]
fn kubectl_takes_the_password_and_nothing_else() {
    let mut recipe = Recipe::of("Kubernetes Secret");
    recipe.bring("kubectl");
    recipe.run();
    let decoded = r#"y["kind"], len(__import__("base64").b64decode(y["data"]["password"]))"#;
    assert_eq!(yaml(&recipe, "db-secret.yaml", decoded), "Secret 24");
    let generated = recipe.read("db.env");
    recipe.prints("mksecret fill db.env.example -o db.env");
    assert_eq!(recipe.read("db.env"), generated);
}

/// The fields are those of `apiserver.config.k8s.io/v1`; XSalsa20 takes 32 bytes.
#[test]
#[ignore = "needs python3"]
fn encryption_configuration_has_the_documented_form() {
    let mut recipe = Recipe::of("Kubernetes EncryptionConfiguration");
    recipe.run();
    let file = "encryption.yaml";
    assert_eq!(
        yaml(&recipe, file, r#"y["apiVersion"], y["kind"]"#),
        "apiserver.config.k8s.io/v1 EncryptionConfiguration"
    );
    let key = r#"y["resources"][0]["providers"][0]["secretbox"]["keys"][0]["secret"]"#;
    let decoded = format!(r#"len(__import__("base64").b64decode({key}, validate=True))"#);
    assert_eq!(yaml(&recipe, file, &decoded), "32");
    assert_eq!(
        yaml(&recipe, file, r#"y["resources"][0]["providers"][1]"#),
        "{'identity': {}}"
    );
}

#[test]
#[ignore = "needs systemd-analyze"]
fn systemd_unit_generates_one_key() {
    let mut recipe = Recipe::of("systemd");
    recipe.step();
    // Where the programs and the state of the service are.
    recipe.place().file(
        "bin/myapp",
        "#!/bin/sh\ntest \"$(stat -c %s \"$2\")\" = 32 && sha256sum \"$2\"\n",
    );
    recipe.prints("chmod +x bin/myapp; ln -s \"$(command -v mksecret)\" bin; mkdir state");
    let home = recipe.place().folder().display().to_string();
    recipe.replace("myapp.service", "/usr/bin/", &format!("{home}/bin/"));
    recipe.replace("myapp.service", "/var/lib/myapp", &format!("{home}/state"));
    let (_, warnings) = recipe.step();
    assert_eq!(warnings, "");

    let unit = recipe.read("myapp.service");
    let start = || {
        let commands = unit.lines().filter_map(|line| line.strip_prefix("Exec"));
        let printed = commands.map(|line| recipe.prints(line.split_once('=').unwrap().1));
        printed.collect::<String>()
    };
    assert_eq!(start(), start());
}

#[test]
#[ignore = "needs pypi"]
fn compose_takes_the_password_from_its_env_file() {
    let mut recipe = Recipe::of("Compose");
    recipe.bring("docker-compose");
    // The command without the client around it.
    recipe.place().stub(
        "docker",
        "[[ $1 == compose ]] && exec docker-compose \"${@:2}\"",
    );
    recipe.run();
    let read = recipe.prints("docker compose config");
    let text = recipe.read(".env");
    let line = text.lines().last().unwrap().replacen('=', ": ", 1);
    assert!(read.contains(&line), "{read}");
    recipe.fails("rm .env; docker compose config --quiet");
}

#[test]
#[ignore = "needs pypi, python3"]
fn github_masks_the_password_before_it_is_exported() {
    let mut recipe = Recipe::of("GitHub Actions");
    recipe.bring("check-jsonschema");
    recipe.run();
    let file = ".github/workflows/test.yaml";
    recipe.prints(&format!(
        "check-jsonschema --builtin-schema vendor.github-workflows {file}"
    ));
    recipe.env("GITHUB_ENV", "env");
    let script = yaml(&recipe, file, r#"y["jobs"]["test"]["steps"][0]["run"]"#);
    let printed = recipe.prints(&script);
    let exported = recipe.read("env");
    let password = exported.strip_prefix("DB_PASSWORD=").unwrap();
    assert_eq!(password.len(), 24);
    assert_eq!(printed, format!("::add-mask::{password}\n"));
}

#[test]
#[ignore = "needs pypi, python3"]
fn gitlab_job_hands_the_password_over_unprinted() {
    let mut recipe = Recipe::of("GitLab CI");
    recipe.bring("check-jsonschema");
    recipe.run();
    let file = ".gitlab-ci.yml";
    recipe.prints(&format!(
        "check-jsonschema --builtin-schema vendor.gitlab-ci {file}"
    ));
    recipe.place().file(
        "integration-tests",
        "#!/bin/sh\nexpr length \"$DB_PASSWORD\"\n",
    );
    recipe.prints("chmod +x integration-tests");
    let script = yaml(&recipe, file, r#""\n".join(y["test"]["script"])"#);
    assert_eq!(recipe.prints(&script), "24\n");
}

#[test]
#[ignore = "needs ansible"]
fn ansible_task_generates_one_password() {
    let mut recipe = Recipe::of("Ansible");
    // It would look at the whole machine first, which takes seconds.
    recipe.env("ANSIBLE_GATHERING", "explicit");
    // And it would use the home of the user that the system knows.
    let folder = recipe.place().folder().display().to_string();
    recipe.env("ANSIBLE_REMOTE_TMP", &folder);
    recipe.step();
    recipe.replace("site.yml", "/etc/myapp", &folder);
    assert!(recipe.run().contains("changed=1 "));
    let password = recipe.read("db-password");
    assert_eq!(password.len(), 24);

    let again = "ansible-playbook --inventory localhost, --connection local site.yml";
    assert!(recipe.prints(again).contains("changed=0 "));
    assert_eq!(recipe.read("db-password"), password);
}

/// Terraform itself is in none of the package registries.
#[test]
#[ignore = "needs pypi"]
fn terraform_gets_the_password_as_an_ephemeral_variable() {
    let mut recipe = Recipe::of("Terraform");
    recipe.bring("python3");
    recipe.place().stub(
        "terraform",
        r#"[[ $* == apply && $TF_VAR_db_password == "$(cat db-password)" ]]"#,
    );
    recipe.run();
    let parse =
        r#"python3 -c 'import hcl2, json; print(json.dumps(hcl2.load(open("variables.tf"))))'"#;
    let parsed = recipe.prints(parse);
    assert!(
        parsed.contains("db_password") && parsed.contains(r#""ephemeral": true"#),
        "{parsed}"
    );
}

#[test]
#[ignore = "needs pypi"]
fn compose_takes_the_secret_file() {
    let mut recipe = Recipe::of("Secret files of Compose");
    recipe.bring("docker-compose");
    recipe.place().stub(
        "docker",
        "[[ $1 == compose ]] && exec docker-compose \"${@:2}\"",
    );
    recipe.run();
    assert_eq!(recipe.prints("stat -c '%s %a' db_password"), "24 444\n");
    assert!(
        recipe
            .prints("docker compose config")
            .contains("db_password")
    );
}

#[test]
#[ignore = "needs pre-commit, git"]
fn pre_commit_refuses_an_env_file_that_lacks_a_secret() {
    let mut recipe = Recipe::of("pre-commit");
    recipe
        .place()
        .file(".env.example", "KEY={{ mksecret hex }}\n");
    recipe.place().file(".gitignore", ".env\n");
    recipe.prints("git init -q; git add .; mksecret fill .env.example -o .env");
    recipe.step();
    recipe.prints("git add .");
    recipe.run();
    recipe.prints("echo 'SALT={{ mksecret hex }}' >> .env.example");
    recipe.fails("git add .; pre-commit run --all-files");
}

/// The stores want accounts or servers; the files that they take are looked at.
#[test]
fn secret_stores_get_files() {
    let mut recipe = Recipe::of("Secret stores");
    recipe.run();
    assert_eq!(recipe.read("db-password").len(), 24);
    assert!(recipe.read("secrets.env").starts_with("DB_PASSWORD="));
    assert!(recipe.read("item.json").contains("\"value\": \""));
    assert!(!recipe.read("item.json").contains("{{"));
}
