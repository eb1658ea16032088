#!/usr/bin/env bash
# A statement of 10,000 lines, taken and matched in the database.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo bench --locked --workspace --bench matching
