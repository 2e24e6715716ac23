#!/usr/bin/env bash
# The long proofs: forty times the examples of every property, in both interpreters; bounded to twenty minutes each.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh all
export HYPOTHESIS_PROFILE=prove

failed=0
timeout 1200 .venv/bin/python -m pytest -q --hypothesis-show-statistics tests/property || failed=1
timeout 1200 .venv/bin/python -m pytest -q tests/journeys/test_pace.py || failed=1
for folder in tests/nlu; do
  timeout 1200 .venv-engine/bin/python -m pytest -q -o filterwarnings=default --disable-warnings $folder || failed=1
done
exit $failed
