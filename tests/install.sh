# Installs what scripts need, where that is Debian's packages and root's to do; elsewhere, says what is missing.
# shellcheck shell=bash

without=" ${MKSECRET_TESTS_WITHOUT:-} "
without=${without//,/ }

say() { printf '== %s\n' "$*"; }

told_to_go_without() { [[ $without == *" $1 "* ]]; }

on_debian() { command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; }

# Lines of NEEDS: a word by which MKSECRET_TESTS_WITHOUT leaves the line out, and Debian packages.
missing_packages() {
    local thing packages package
    while read -r thing packages; do
        if [[ -z $thing ]] || told_to_go_without "$thing"; then continue; fi
        for package in $packages; do
            [[ $(dpkg-query -Wf '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
        done
    done <<<"$1"
}

# install_packages NEEDS
install_packages() {
    local packages
    if ! on_debian; then
        say "this is no Debian: what the tests need is yours to install; a test that misses something says so"
        return 0
    fi
    mapfile -t packages < <(missing_packages "$1")
    ((${#packages[@]})) || return 0
    if ((EUID)); then
        say "missing: ${packages[*]}"
        say "install them as root, or set MKSECRET_TESTS_WITHOUT"
        exit 1
    fi
    say "installing ${packages[*]}"
    apt-get update -qq
    (
        # The tests start servers of their own. A policy that is there already is the machine's, and stays.
        if (set -o noclobber && printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d) 2>/dev/null; then
            trap 'rm /usr/sbin/policy-rc.d' EXIT
            chmod 755 /usr/sbin/policy-rc.d
        fi
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    )
}

# install_python_packages FOLDER REQUIREMENTS: what PyPI has and Debian has not, in a folder of its own.
install_python_packages() {
    ! cmp -s "$2" "$1/installed" || return 0
    say "installing the Python packages of $2"
    # Of the system's own, which every user can run.
    PATH=/usr/bin:$PATH python3 -m venv --clear "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$2"
    cp "$2" "$1/installed"
}
