#!/bin/sh
# Tasks that do nothing on other systems, beside `./ruche bench link`: one bag, then one at a time.
# Usage: bench/peers/run.sh [TASKS [SINGLE]]      (1000 and 200)
# What is not installed is left out with a word. Nothing of it is part of Ruche. PYTHON names the
# interpreter that has Dask (/usr/bin/python3).
set -u
here=$(cd "$(dirname "$0")" && pwd)
tasks=${1:-1000}
single=${2:-200}

run() {
  name=$1
  shift
  "$@" || echo "$name: left out or failed, see above"
}

run dask "${PYTHON:-/usr/bin/python3}" "$here/dask-peer.py" "$tasks" "$single"
run jppf "$here/jppf.sh" "$tasks" "$single"
run slurm "$here/slurm.sh" "$tasks" "$single"
