#!/usr/bin/env bash
# Builds what is missing: `setup.sh run` to serve people, `setup.sh all` to develop and test as well.
# A second run finds nothing to do and takes less than a second.
set -euo pipefail
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=

what=${1:-all}
case $what in run | all) ;; *) echo "usage: scripts/setup.sh [run|all]" >&2; exit 2 ;; esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Two set-ups of one checkout take turns.
if command -v flock >/dev/null; then exec 9<.; flock 9; fi

step() { # step WORDS COMMAND...: one line, with its seconds; the command's own words only when it fails
  local words=$1 started=$SECONDS
  shift
  printf '%s ... ' "$words" >&2
  if "$@" >"$log" 2>&1 9<&-; then
    printf '%d s\n' $((SECONDS - started)) >&2
  else
    printf 'failed\n' >&2
    tail -n 40 "$log" >&2
    exit 1
  fi
}

# --- Debian packages -------------------------------------------------------------------------------------------------

packages=()
wants() { local package=$1; shift; "$@" >/dev/null 2>&1 || packages+=("$package"); }
has_font() { local found; found=$(fc-list ":lang=$1" family 2>/dev/null) && [ -n "$found" ]; }
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_icu() { .venv-engine/bin/python -c 'import icu' || pkg-config --exists icu-i18n; }
has_postgres() {
  command -v pg_isready && pg_isready -q -t 2 && return
  command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'
}

wants build-essential command -v g++
# What tells, converts and cuts Burmese is built against ICU, once.
wants libicu-dev has_icu
wants pkg-config has_icu
wants npm command -v npm
# Referrals are drawn with the scripts of ten languages.
has_pango() { ldconfig -p | grep -q libpangoft2-1.0.so.0 && ldconfig -p | grep -q libharfbuzz-subset.so.0; }
wants libpango-1.0-0 has_pango
wants libpangoft2-1.0-0 has_pango
wants libharfbuzz-subset0 has_pango
wants fontconfig command -v fc-list
for language in th my km lo; do wants fonts-noto-core has_font $language; done
wants fonts-noto-cjk has_font zh
if [ "$what" = all ]; then
  wants chromium has_browser
  wants fontconfig command -v fc-list
  for language in th my km lo; do wants fonts-noto-core has_font $language; done
  wants fonts-droid-fallback has_font zh
  wants postgresql has_postgres
fi
if [ ${#packages[@]} -gt 0 ]; then
  mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt=(apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
    update() { for _ in 1 2 3 4 5; do "${apt[@]}" update && return; sleep 5; done; return 1; }
    step "package lists" update
    step "packages ${packages[*]}" "${apt[@]}" install -y --no-install-recommends "${packages[@]}"
  elif [ "$what" = run ] && [ "${packages[*]}" = build-essential ]; then
    : # Only needed where a package has no wheel for this machine; pip says so then.
  else
    echo "Please install these packages (Debian's names) and start again: ${packages[*]}" >&2
    echo "  sudo apt-get install --no-install-recommends ${packages[*]}" >&2
    exit 1
  fi
fi

# --- Interpreters ----------------------------------------------------------------------------------------------------

usable() { # usable PYTHON TEST: print the real path when its version fits and it can build environments
  "$1" -c "import ctypes, ensurepip, sqlite3, ssl, sys, venv; v = sys.version_info; assert $2; print(sys.executable)" \
    2>/dev/null
}

find_python() { # find_python TEST VERSION...: PATH, pyenv, uv, in the order of the versions
  local test=$1 version candidate
  shift
  for version in "$@"; do
    for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version"*/bin/python; do
      usable "$candidate" "$test" && return
    done
  done
  usable python3 "$test" && return
  if command -v uv >/dev/null; then
    uv python find --no-project "$1" >/dev/null 2>&1 || uv python install --quiet "$1" >&2 || return 1
    usable "$(uv python find --no-project "$1")" "$test" && return
  fi
  return 1
}

need_python() {
  find_python "$@" && return
  echo "Python $2 was found neither on PATH, nor in pyenv's versions, nor through uv." >&2
  echo "Get it with one of:  pyenv install $2   |   uv python install $2   |   your system's packages" >&2
  return 1
}

# --- Environments ----------------------------------------------------------------------------------------------------

stamp_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

fill() { # fill FOLDER PYTHON REQUIREMENTS
  [ -x "$1/bin/python" ] || "$2" -m venv --clear "$1"
  # The pins are whole, and leave out on purpose what would write over another package (scripts/lock.sh).
  "$1/bin/python" -m pip install --quiet --no-input --require-hashes --no-deps -r "$3"
}

build() { # build FOLDER NAME TEST VERSION...: an environment is as new as its pins; what develops also serves
  local folder=$1 name=$2 test=$3 python pins stamp
  shift 3
  pins=requirements/$name.txt
  [ "$what" = all ] && pins=requirements/dev-$name.txt
  stamp=$(stamp_of "$pins")
  if usable "$folder/bin/python" "$test" >/dev/null; then
    [ -e "$folder/.stamp-$stamp" ] && return
    # An environment with the tools of development serves as well, as long as its pins are today's.
    [ "$what" = run ] && [ -e "$folder/.stamp-$(stamp_of "requirements/dev-$name.txt")" ] && return
    python=$folder/bin/python
  else
    python=$(need_python "$test" "$@")
    rm -rf "$folder"
  fi
  rm -f "$folder"/.stamp-*
  step "$folder ($("$python" -c 'import platform; print("Python", platform.python_version())'))" \
    fill "$folder" "$python" "$pins"
  if [ "$name" = app ]; then
    step "saphan in $folder" "$folder/bin/python" -m pip install --quiet --no-input --no-deps -e .
  fi
  touch "$folder/.stamp-$stamp"
}

build .venv-engine engine 'v[:2] == (3, 10)' 3.10
build .venv app 'v[:2] >= (3, 11)' 3.11 3.12 3.13 3.14

# --- Front-end files -------------------------------------------------------------------------------------------------

vendor=bot/desk/static/vendor
stamp=node_modules/.stamp-$(stamp_of package-lock.json)
if [ ! -e "$stamp" ]; then
  step "front-end files" npm ci --silent --ignore-scripts --no-audit --no-fund
  touch "$stamp"
fi
mkdir -p $vendor
for file in htmx.org/dist/htmx.min.js htmx-ext-sse/dist/sse.js; do
  cmp -s "node_modules/$file" "$vendor/${file##*/}" || cp "node_modules/$file" $vendor/
done
