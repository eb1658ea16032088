#!/usr/bin/env bash
# A balance of a million rows, against sqlite3 loading the same file: `.import` into one table of
# nine columns with an index on (customer, number), the shell's own settings, one transaction.
# Three rounds, one after the other in each; the figures are medians. ROWS makes it shorter.
set -euo pipefail

rows=${ROWS:-1000000}
missing=()
command -v sqlite3 >/dev/null || missing+=(sqlite3)
[[ -x /usr/bin/time ]] || missing+=(time)
if ((${#missing[@]})); then
  apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# A hundred bytes a row, ten rows a customer, as accounting software orders them: by customer.
# 88 invoices of a hundred, 7 credit notes, 5 receipts; one in ten is paid in part.
balance() {
  awk -v rows="$rows" '
    function draw(n) { seed = (seed * 16807) % 2147483647; return seed % n }
    function day(d) { return sprintf("%02d/%02d/2026", d % 28 + 1, int(d / 28) % 12 + 1) }
    function euros(c) { return sprintf("%s%d,%02d", sign, int(c / 100), c % 100) }
    BEGIN {
      seed = 20261120
      print "Code client;Nom;E-mail;Type;N° pièce;Date;Échéance;Montant TTC;Reste dû"
      for (row = 0; row < rows; row++) {
        customer = int(row / 10)
        total = 1000 + draw(500000)
        open = draw(10) ? total : int(total / 2)
        issued = draw(280)
        pick = draw(100)
        kind = pick < 88 ? "FA" : pick < 95 ? "AV" : "RG"
        sign = kind == "FA" ? "" : "-"
        printf "C%07d;Atelier %d SARL;compta@c%d.example;%s;%s%08d;%s;%s;%s;%s\n",
          customer, customer, customer, kind, kind, row, day(issued), day(issued + 30),
          euros(total), euros(open)
      }
    }'
}

# timed COMMAND…: runs it and prints its seconds and its peak memory in kilobytes.
timed() {
  /usr/bin/time -f '%e %M' -o figures "$@" >output 2>&1 || {
    cat output >&2
    return 1
  }
  cat figures
}

by_sqlite() {
  rm -f plain.db
  timed sqlite3 plain.db \
    'CREATE TABLE item (customer, name, email, kind, number, issued, due, total, open)' \
    'CREATE INDEX item_by_number ON item (customer, number)' \
    '.mode csv' '.separator ;' '.import --skip 1 balance.csv item'
}

by_acquit() {
  rm -f acquit.db*
  "$ACQUIT_BIN" migrate >/dev/null
  "$ACQUIT_BIN" supplier add --code bench --name Bench --address '1 rue du Banc, 75001 Paris' \
    --sender compta@bench.example --contact-email compta@bench.example \
    --contact-phone '01 99 00 00 00' >/dev/null
  timed "$ACQUIT_BIN" import balance.csv --supplier bench --as-of "$(date +%F)"
  grep -q "rows_good=$rows rows_bad=0 created=$rows" output
}

# median COLUMN FILE: of three lines.
median() { sort -g -k "$1,$1" "$2" | awk -v at="$1" 'NR == 2 { print $at }'; }

export ACQUIT_DATABASE_URL=$folder/acquit.db ACQUIT_SECRET_FILE=$folder/secret
export ACQUIT_ORIGIN=https://bench.example
od -An -tx1 -N32 /dev/urandom | tr -d ' \n' >secret
balance >balance.csv
for round in 1 2 3; do
  by_sqlite >>sqlite.txt
  by_acquit >>acquit.txt
  read -r plain _ < <(tail -n 1 sqlite.txt)
  read -r ours memory < <(tail -n 1 acquit.txt)
  printf 'round %d: sqlite %s s, acquit %s s, %s kB\n' "$round" "$plain" "$ours" "$memory"
done
awk -v sqlite="$(median 1 sqlite.txt)" -v acquit="$(median 1 acquit.txt)" \
  -v peak="$(median 2 acquit.txt)" -v rows="$rows" 'BEGIN {
    printf "import ratio_to_sqlite=%.2f peak_mb=%.0f rows_per_s=%.0f\n",
      acquit / sqlite, peak / 1024, rows / acquit
  }'
