#!/bin/sh
# Make the virtual environment that $1 names, with uv in it, from requirements-uv.lock.
# An environment that already runs on a Python we support is kept: only uv is brought up to date.
set -eu
venv=$1

supported() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if ! supported "$venv/bin/python"; then
    python=
    for candidate in python3 python3.13 python3.12 python3.11; do
        if supported "$candidate"; then
            # The full path with its version: after the system moves on to another Python, the environment
            # is seen to be broken and made anew, instead of silently losing its packages.
            python=$("$candidate" -c 'import os, sys; print(os.path.realpath(sys.executable))')
            break
        fi
    done
    if [ -z "$python" ]; then
        found=$(python3 -c 'import platform; print("Python " + platform.python_version())' 2>/dev/null || echo "none")
        echo "Qadam needs Python 3.11 or later as python3; found: $found." >&2
        exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian keeps these two modules in a package of their own.
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && grep -qs '^ID=debian' /etc/os-release; then
            echo "Installing python3-venv from Debian's packages."
            apt-get -qq update
            DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3-venv >/dev/null
        else
            echo "This Python cannot make virtual environments: install the package python3-venv." >&2
            exit 1
        fi
    fi
    echo "Making $venv."
    "$python" -m venv --clear "$venv"
fi

"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
    --require-hashes --only-binary :all: -r requirements-uv.lock
