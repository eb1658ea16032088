#!/usr/bin/env bash
# A planning of a million open invoices of 100,000 debtors, against a bare scan and insert.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo bench --locked --workspace --bench planning
