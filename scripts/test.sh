#!/usr/bin/env bash
# Runs the tests in both interpreters and prints both summaries; options go to both runs of pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh all

# Databases of tests stand in memory where there is room: each of thousands of commits waits for the disk otherwise.
if [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt 2000000 ] 2>/dev/null && [ -w /dev/shm ]; then
  export PYTEST_DEBUG_TEMPROOT=/dev/shm
fi

reports=$(mktemp -d)
shared="" reading=""
trap 'for each in $shared $reading; do kill "$each" || true; done; rm -rf "$reports"' EXIT
engine=(tests/dialogue tests/nlu)
failed=0

.venv-engine/bin/python -m bot.dialogue.train --home var </dev/null

# What Rasa's libraries deprecate is not ours to mend. It runs beside the app's tests, which wait for much.
.venv-engine/bin/python -m pytest -o filterwarnings=default --disable-warnings --durations=5 "$@" "${engine[@]}" \
  >"$reports/engine" 2>&1 </dev/null &
reading=$!

echo "== app, $(.venv/bin/python -V)"
# One engine for all workers: it keeps nothing between two calls.
token=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
port=$(.venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
SAPHAN_HOME=var SAPHAN_ENGINE_TOKEN=$token .venv/bin/saphan engine --listen "127.0.0.1:$port" >/dev/null &
shared=$!
export TEST_ENGINE="http://127.0.0.1:$port $token"

# One worker more than cores: many of these tests wait, for a browser, a process or the pace of a messenger.
.venv/bin/python -m pytest -n $(($(nproc) + 1)) --dist loadgroup --durations=20 "$@" tests "${engine[@]/#/--ignore=}" \
  | tee "$reports/app" || failed=1

wait "$reading" || failed=1
reading=""
echo "== engine, $(.venv-engine/bin/python -V)"
cat "$reports/engine"

# A run that found no test exits with 5, which pipefail has counted as failed.
printf '\nengine: %s\napp:    %s\n' "$(tail -n 1 "$reports/engine")" "$(tail -n 1 "$reports/app")"
exit $failed
