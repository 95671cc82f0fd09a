# Says what is missing of what a script needs, or installs it if the script is called with --install: Debian's packages
# as root, and what other places have into the target folder.
# shellcheck shell=bash

missing=()

say() { printf '== %s\n' "$*"; }

# wants_install "$@": whether the first argument is --install. What is started from here installs, too.
wants_install() {
    [[ ${1:-} == --install ]] || return 1
    export INSTALL=yes
}

on_debian() { command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null; }

# need_packages NAME...: packages of Debian. A system without them has the same programs under other names: what it lacks
# is found when it is used.
need_packages() {
    local package wanted=()
    on_debian || return 0
    for package; do
        [[ $(dpkg-query -Wf '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || wanted+=("$package")
    done
    if [[ ${INSTALL:-} && ${wanted[*]} ]]; then
        say "installing ${wanted[*]}"
        install_packages "${wanted[@]}"
    else
        missing+=("${wanted[@]}")
    fi
}

install_packages() {
    if ((EUID)); then
        say "packages are installed as root: ${0##*/} --install"
        exit 1
    fi
    apt-get update -qq
    (
        # The tests start servers of their own. A policy that is there already is the machine's, and stays.
        policy=/usr/sbin/policy-rc.d
        if (set -o noclobber && printf '#!/bin/sh\nexit 101\n' > "$policy") 2> /dev/null; then
            chmod 755 "$policy"
            # Removed when nobody holds the pipe any more, however that comes about.
            exec {held}> >(exec setsid sh -c "trap '' HUP INT TERM; cat > /dev/null; rm -f $policy")
            trap 'exec {held}>&-; wait' EXIT
        fi
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null
    )
}

# need_python_packages FOLDER REQUIREMENTS: what PyPI has and Debian has not, in a folder of its own. Each file has to
# have a sum that is listed.
need_python_packages() {
    ! cmp -s "$2" "$1/installed" || return 0
    [[ ${INSTALL:-} ]] || {
        missing+=("the Python packages of $2")
        return 0
    }
    say "installing the Python packages of $2"
    # Of the system's own, which every user can run.
    PATH=/usr/bin:$PATH python3 -m venv --clear "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement "$2"
    cp "$2" "$1/installed"
}

# Ends the script if something is missing.
all_there() {
    ((${#missing[@]})) || return 0
    say 'missing, and installed by --install:'
    printf '    %s\n' "${missing[@]}"
    exit 1
}
