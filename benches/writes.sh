#!/usr/bin/env bash
# Durable promises a second when 64 clients share commits, against a commit each.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo bench --locked --workspace --bench writes
