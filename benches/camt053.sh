#!/usr/bin/env bash
# A statement of 100,000 entries, against the crate `sepa` on the same file.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo bench --locked --workspace --bench camt053
