#!/usr/bin/env bash
# Requests a second of the account page against a static page, and its p99 as debtors grow, on both
# databases. DEBTORS (100,000) is the larger number of them.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
top=$PWD
# shellcheck source=../tests/support/postgres.sh
source "$top/tests/support/postgres.sh"
missing=()
command -v wrk >/dev/null || missing+=(wrk)
find_postgres >/dev/null || missing+=(postgresql)
if ((${#missing[@]})); then
  apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null
fi
if [[ -z ${ACQUIT_TEST_PG:-} ]]; then
  trap stop_postgres EXIT
  start_postgres
fi
cargo bench --locked --workspace --bench account_page
