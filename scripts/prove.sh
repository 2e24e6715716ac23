#!/usr/bin/env bash
# The long proofs: forty times the examples of every property, every page of the desk in both languages and widths, whole
# conversations on the real engine, all stories, many kills, fifty open desks. `scripts/prove.sh PART...` proves only
# these parts; each is bounded in time, and a table ends it.
set -euo pipefail
cd "$(dirname "$0")/.."

parts=(properties pages pace stories kills desks reading)
for part in "$@"; do
  case " ${parts[*]} " in *" $part "*) ;; *) echo "usage: scripts/prove.sh [${parts[*]}]" >&2; exit 2 ;; esac
done
[ $# -eq 0 ] || parts=("$@")

scripts/setup.sh all
export HYPOTHESIS_PROFILE=prove SAPHAN_TEST_KILLS=40
if [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt 2000000 ] 2>/dev/null && [ -w /dev/shm ]; then
  export PYTEST_DEBUG_TEMPROOT=/dev/shm
fi

app() { timeout --kill-after=30 "$1" .venv/bin/python -m pytest -q -rA --durations=5 "${@:2}"; }
engine() { timeout --kill-after=30 "$1" .venv-engine/bin/python -m pytest -q -o filterwarnings=default "${@:2}"; }

prove() { # prove PART: the number of seconds bounds it
  case $1 in
    properties) app 1800 -n 2 --hypothesis-show-statistics tests/property ;;
    pages) app 900 tests/desk/test_accessible.py ;;
    pace) app 1800 tests/journeys/test_pace.py ;;
    stories) app 900 tests/journeys/test_rehearsal.py ;;
    kills) app 1800 -s tests/journeys/test_killed.py ;;
    desks) timeout --kill-after=30 1800 .venv/bin/python -m scripts.bench live ;;
    reading) engine 1800 --disable-warnings tests/nlu ;;
  esac
}

failed=0
table=""
for part in "${parts[@]}"; do
  echo "== $part"
  started=$SECONDS
  if prove "$part"; then said=proven; else said="NOT proven"; failed=1; fi
  table+=$(printf '| %-10s | %-10s | %5d s |' "$part" "$said" $((SECONDS - started)))$'\n'
done
printf '\n| part       | outcome    | took    |\n| ---------- | ---------- | ------- |\n%s' "$table"
exit $failed
