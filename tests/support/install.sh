# Finds what the tests need from the system and installs what is missing. Sourced by tests/run.
# shellcheck shell=bash

# Debian packages found missing so far.
missing=()

# need PACKAGE COMMAND…: notes the package when the command fails.
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}

need_for_build() {
  need gcc command -v gcc
  need pkg-config command -v pkg-config
  need libssl-dev pkg-config --exists openssl
}

need_for_databases() {
  need postgresql find_postgres
}

need_for_files_and_mail() {
  need libxml2-utils command -v xmllint
  need poppler-utils command -v pdfinfo
  need python3-venv python3 -c 'import ensurepip, venv'
}

need_for_gateway() {
  need openssl command -v openssl
  need opensmtpd test -x /usr/sbin/smtpd
}

need_for_browser() {
  need chromium test -x "${ACQUIT_CHROMIUM:-/usr/bin/chromium}"
  need fonts-dejavu-core test -d /usr/share/fonts/truetype/dejavu
  need nodejs command -v node
  need npm command -v npm
  need sqlite3 command -v sqlite3
}

# Installs the noted packages as root, or names them and stops.
install_missing() {
  ((${#missing[@]})) || return 0
  local -a as_root=()
  if ((EUID != 0)); then
    as_root=(sudo -n)
  fi
  if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    printf 'tests/run: install these first (Debian names): %s\n' "${missing[*]}" >&2
    exit 2
  fi
  printf 'tests/run: installing %s\n' "${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  # Nothing that is here is removed for it (a mail server would give way to another one), and no
  # server is started.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 SYSTEMD_OFFLINE=1 \
    apt-get install -y -qq --no-remove --no-install-recommends "${missing[@]}" >/dev/null
  missing=()
}

# Rust itself is not Debian's to give: rust-version in Cargo.toml is newer.
need_rust() {
  if ! command -v cargo >/dev/null; then
    echo 'tests/run: install Rust first: https://rustup.rs' >&2
    exit 2
  fi
}

# python_packages ROOT: the mail sink, and the schemas that other programs judge files of debits by,
# in a virtual environment that is made anew when its lists change. Of the judges only the schemas
# are read: what they need to run is not installed.
python_packages() {
  local venv=$1/target/venv list=$1/tests/requirements.txt judges=$1/tests/judges.txt
  if ! cat "$list" "$judges" | cmp -s - "$venv/installed.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$list"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$judges"
    cat "$list" "$judges" >"$venv/installed.txt"
  fi
  export ACQUIT_TEST_PYTHON=$venv/bin/python
}

# node_packages ROOT: the browser driver and the page checkers, exactly as locked.
node_packages() {
  local folder=$1/tests/browser
  if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
    printf 'tests/run: the page checks need Node 20, here is %s\n' "$(node --version)" >&2
    exit 2
  fi
  if ! cmp -s "$folder/package-lock.json" "$folder/node_modules/installed.json"; then
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
    cp "$folder/package-lock.json" "$folder/node_modules/installed.json"
  fi
}
