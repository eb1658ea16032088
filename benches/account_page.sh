#!/usr/bin/env bash
# Requests a second of the account page against a static page, and its p99 as debtors grow.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v wrk >/dev/null || apt-get install -y --no-install-recommends wrk >/dev/null
cargo bench --locked --workspace --bench account_page
