# Sourced by test and bench: a PostgreSQL and a Redis of one's own, gone when the script ends.
work=$(mktemp -d /tmp/portal-services-XXXXXX)
chmod 755 "$work"

cleanup() {
    [[ -f "$work/redis.pid" ]] && kill "$(cat "$work/redis.pid")" 2>/dev/null || true
    [[ -d "$work/pg" ]] && as_postgres "$pg_bin/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT

# PostgreSQL refuses to run as root.
as_postgres() {
    if [[ $(id -u) -eq 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
    pg_bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
    mkdir "$work/pg" "$work/pg-socket"
    [[ $(id -u) -eq 0 ]] && chown postgres "$work/pg" "$work/pg-socket"
    as_postgres "$pg_bin/initdb" -D "$work/pg" -U portal --auth trust -E UTF8 --no-sync >/dev/null
    pg_port=$(free_port)
    as_postgres "$pg_bin/pg_ctl" -D "$work/pg" -w -l "$work/pg/log" \
        -o "-p $pg_port -h 127.0.0.1 -k $work/pg-socket -c fsync=off" start >/dev/null
    export POSTGRES_TEST_URL="postgres://portal@127.0.0.1:$pg_port/postgres"
}

start_redis() {
    redis_port=$(free_port)
    redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --daemonize yes \
        --pidfile "$work/redis.pid" --dir "$work" >/dev/null
    export REDIS_TEST_URL="redis://127.0.0.1:$redis_port/0"
}

free_port() {
    python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
