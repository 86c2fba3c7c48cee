#!/bin/sh
# First-use set-up: .venv with the project and its extras, a browser, Chinese fonts. What is there already is left alone.
# Run by make; $PYTHON chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "set-up: $*" >&2
    exit 1
}

is_debian() { command -v apt-get >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else return 1
    fi
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get install -y --no-install-recommends "$@" ||
        { as_root apt-get update && as_root apt-get install -y --no-install-recommends "$@"; }
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if command -v "$python" >/dev/null 2>&1 && is_new_enough "$python"; then
            echo "$python"
            return
        fi
    done
    return 1
}

has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

if ! [ -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    if ! python=$(find_python) && [ -z "${PYTHON:-}" ] && is_debian; then
        apt_install python3 || true
    fi
    python=$(find_python) || fail "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3"
    if ! has_venv "$python" && is_debian; then # Debian keeps venv in a package of its own
        minor=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
        apt_install "$minor" || apt_install python3-venv || true
    fi
    has_venv "$python" || fail "$python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv"
    "$python" -m venv --clear .venv || fail "$python can't make .venv"
fi

.venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev,ocr]' ||
    fail "pip could not install the project; is PyPI (or the index that pip is set to) within reach?"
.venv/bin/python -m gongping.browser || fail "an audit needs a browser; see above"
touch .venv/.ready
