# A PostgreSQL cluster for one run: made empty, durable as in production, removed at the end.
# shellcheck shell=bash
#
# It listens on loopback and on a socket in its own folder. PostgreSQL refuses to run as root, so
# root hands it to the user `postgres`, or to `nobody` where that one does not exist.

pg_home=
pg_bin=

# Prints the folder that holds initdb, pg_ctl and postgres together.
find_postgres() {
  local -a folders=()
  local folder
  mapfile -t folders < <(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV)
  if command -v pg_config >/dev/null; then
    folders+=("$(pg_config --bindir)")
  fi
  if command -v initdb >/dev/null; then
    folders+=("$(dirname "$(readlink -f "$(command -v initdb)")")")
  fi
  for folder in "${folders[@]}"; do
    if [[ -x $folder/initdb && -x $folder/pg_ctl && -x $folder/postgres ]]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done
  return 1
}

# Runs a command as the user the cluster belongs to, from a folder that user may enter.
as_postgres() {
  if ((EUID != 0)); then
    (cd "$pg_home" && "$@")
  elif id postgres >/dev/null 2>&1; then
    (cd "$pg_home" && runuser -u postgres -- "$@")
  else
    (cd "$pg_home" && runuser -u nobody -- "$@")
  fi
}

# Makes the cluster, starts it and exports ACQUIT_TEST_PG.
start_postgres() {
  pg_bin=$(find_postgres)
  pg_home=$(mktemp -d /tmp/acquit-pg.XXXXXX)
  local password
  password=$(</proc/sys/kernel/random/uuid)
  printf '%s\n' "$password" >"$pg_home/password"
  if ((EUID == 0)); then
    chown -R "$(id postgres >/dev/null 2>&1 && echo postgres || echo nobody)" "$pg_home"
  fi
  as_postgres "$pg_bin/initdb" --pgdata="$pg_home/data" --username=acquit --encoding=UTF8 \
    --locale=C --auth=scram-sha-256 --pwfile="$pg_home/password" >"$pg_home/initdb.log"
  start_on_a_free_port
  export ACQUIT_TEST_PG="postgres://acquit:$password@127.0.0.1:$pg_port/postgres"
}

# PostgreSQL cannot choose a port by itself: try some below the range of outgoing connections.
start_on_a_free_port() {
  for _ in {1..20}; do
    pg_port=$((20000 + RANDOM % 12000))
    postgres_settings | as_postgres tee "$pg_home/data/postgresql.auto.conf" >/dev/null
    if as_postgres "$pg_bin/pg_ctl" start --wait --silent --pgdata="$pg_home/data" \
      --log="$pg_home/server.log" >/dev/null 2>&1; then
      return 0
    fi
  done
  echo 'tests/run: PostgreSQL did not start:' >&2
  tail -n 5 "$pg_home/server.log" >&2
  return 1
}

postgres_settings() {
  printf "%s = '%s'\n" \
    listen_addresses 127.0.0.1 port "$pg_port" unix_socket_directories "$pg_home" \
    max_connections 100 fsync on synchronous_commit on timezone UTC
}

# Stops the cluster and removes every trace of it; safe to call when none was started.
stop_postgres() {
  [[ -n $pg_home ]] || return 0
  if [[ -s $pg_home/data/postmaster.pid ]]; then
    as_postgres "$pg_bin/pg_ctl" stop --mode=immediate --silent --pgdata="$pg_home/data" \
      >/dev/null 2>&1 || true
  fi
  rm -rf "$pg_home"
  pg_home=
}
