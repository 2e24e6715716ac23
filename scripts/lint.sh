#!/usr/bin/env bash
# Everything that is checked without running: style, types in both interpreters, import arrows, scripts.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh all

failed=0
check() { # check WORDS COMMAND...
  echo "== $1"
  shift
  "$@" || failed=1
}

check "ruff" .venv/bin/ruff check .
check "ruff format" .venv/bin/ruff format --check .
check "import arrows" .venv/bin/lint-imports
check "mypy, app" .venv/bin/mypy bot tests scripts --exclude '(bot|tests)/(nlu|dialogue|evaluation)/'
engine=(bot/nlu bot/dialogue bot/evaluation bot/domain actions)
for folder in tests/nlu tests/dialogue; do [ -d $folder ] && engine+=($folder); done
check "mypy, engine" .venv-engine/bin/mypy "${engine[@]}" --cache-dir .mypy_cache/engine
for script in scripts/*.sh .ci/run; do bash -n "$script" || failed=1; done
exit $failed
