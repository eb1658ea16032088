#!/usr/bin/env bash
# Mails a second with full durability and a DKIM signature, against the same mail server fed by a
# bare client.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/support/install.sh
source tests/support/install.sh
if [[ -z ${ACQUIT_TEST_PYTHON:-} ]]; then
  python_packages "$PWD"
fi
cargo bench --locked --workspace --bench sending
