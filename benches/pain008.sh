#!/usr/bin/env bash
# A direct-debit file of 100,000 debits, against the crate `sepa` from the same debits.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo bench --locked --workspace --bench pain008
