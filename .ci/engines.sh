#!/usr/bin/env bash
# The store on PostgreSQL and the cubes on every engine. Installs what is missing from Debian, starts a throwaway
# PostgreSQL in a temporary folder on a loopback port, runs the tests and takes all of it away again.
set -eu
cd "$(dirname "$0")/.."
PYTHON="${1:-.venv/bin/python}"
. ./.ci/apt.sh

postgres_bin() { find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1; }
[ -n "$(postgres_bin)" ] || apt_install postgresql
command -v java >/dev/null || apt_install default-jre-headless
BIN="$(postgres_bin)"

# PostgreSQL refuses to run as root: then its own user runs it.
if [ "$(id -u)" = 0 ]; then as_postgres() { runuser -u postgres -- "$@"; }; else as_postgres() { "$@"; }; fi
FOLDER="$(mktemp -d /tmp/marcador-postgres.XXXXXX)"
[ "$(id -u)" != 0 ] || chown postgres "$FOLDER"
PORT="$("$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"

cleanup() {
  (cd "$FOLDER" && as_postgres "$BIN/pg_ctl" --pgdata="$FOLDER/data" --mode=immediate stop >/dev/null 2>&1) || true
  rm -rf "$FOLDER"
}
trap cleanup EXIT

cd "$FOLDER"
as_postgres "$BIN/initdb" --pgdata="$FOLDER/data" --username=marcador --auth=trust --encoding=UTF8 --locale=C >/dev/null
as_postgres "$BIN/pg_ctl" --pgdata="$FOLDER/data" --log="$FOLDER/log" --wait --options="-h 127.0.0.1 -p $PORT -k $FOLDER -c fsync=off" start >/dev/null
as_postgres "$BIN/createdb" --host=127.0.0.1 --port="$PORT" --username=marcador marcador
cd "$OLDPWD"

MARCADOR_ENGINES=1 MARCADOR_TEST_POSTGRES="postgresql://marcador@127.0.0.1:$PORT/marcador" \
  "$PYTHON" -m pytest tests/data "${@:2}"
