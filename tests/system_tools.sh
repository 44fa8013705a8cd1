#!/bin/sh
# Find what the tests need beside Python: Chromium, PostgreSQL, Java, LibreOffice, poppler,
# and a font with Kazakh letters.
# What is missing is installed from Debian's packages where this runs as root on Debian. Elsewhere,
# or with --check, each missing thing is named with the package that has it, and the exit status is 1.
set -eu

has_command() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

has_file() {
    for path in "$@"; do
        if [ -e "$path" ]; then return 0; fi
    done
    return 1
}

has_chromium() { has_command chromium chromium-browser google-chrome; }

# Debian keeps the server's binaries off the PATH, in a folder per version.
has_postgresql() { has_command initdb || has_file /usr/lib/postgresql/*/bin/initdb; }

has_java() { has_command java; }

# Only the writer, without windows: 86 MB to fetch, 264 MB on the disk.
has_office() { has_command soffice; }

has_poppler() { has_command pdftotext; }

# Without one of these fonts, Ә Ғ Қ Ң Ө Ұ Ү Һ І are boxes in screenshots. Other systems than Linux have their own.
has_font() {
    [ "$(uname -s)" != Linux ] || has_file /usr/share/fonts/*/*/NotoSans-Regular.* \
        /usr/share/fonts/*/*/DejaVuSans.* /usr/share/fonts/*/NotoSans-Regular.* /usr/share/fonts/*/DejaVuSans.*
}

missing=
note_missing() {
    missing=
    has_chromium || missing="$missing chromium"
    has_postgresql || missing="$missing postgresql"
    has_java || missing="$missing default-jre-headless"
    has_office || missing="$missing libreoffice-writer-nogui"
    has_poppler || missing="$missing poppler-utils"
    has_font || missing="$missing fonts-noto-core"
}

purpose() {
    case $1 in
        chromium) echo "Chromium, which opens the pages as a reader does" ;;
        postgresql) echo "PostgreSQL 15 or later (initdb, postgres), the second database that the record is tried on" ;;
        default-jre-headless) echo "Java, which runs the checker of HTML" ;;
        libreoffice-writer-nogui) echo "LibreOffice's writer, which opens letters as their readers do" ;;
        poppler-utils) echo "poppler's pdftotext, which reads what stands on a sheet" ;;
        fonts-noto-core) echo "a font with Kazakh letters, for pictures of pages" ;;
    esac
}

is_root_on_debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && grep -qs '^ID=debian' /etc/os-release
}

note_missing
[ -n "$missing" ] || exit 0

if [ "${1:-}" != --check ] && is_root_on_debian; then
    echo "Installing from Debian's packages:$missing."
    apt-get -qq update
    # The list is split into words on purpose.
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null
    note_missing
    [ -n "$missing" ] || exit 0
fi

echo "The tests need what this machine does not have:" >&2
for package in $missing; do
    echo "  - $(purpose "$package"): Debian's package $package" >&2
done
echo "Install it and run \`make test\` again, or run \`make test-quick\`, which needs Python alone." >&2
exit 1
