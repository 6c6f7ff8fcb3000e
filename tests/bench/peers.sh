#!/usr/bin/env bash
# Times a whole build beside typst, the fastest known way to a comparable PDF, in one run on one machine.
#
#   tests/bench/peers.sh [BUILT]    BUILT: a folder with brief.pdf and SVG files; output/ otherwise
#
# typst (from PyPI, in a virtual environment under target/) gets the words of our PDF and our SVG files, ready made, and
# our fonts, and writes PDF/UA-1 and PDF/A-3a as we do. It draws no charts and checks no data, so what it is given for
# free is what we are slower by at worst. ROUNDS=15 sets how often each is timed, in turn.
set -euo pipefail
cd "$(dirname "$0")/../.."
built=${1:-output}
folder=target/peers
python=$folder/venv/bin/python

[[ -f $built/brief.pdf ]] || { echo "$built/brief.pdf is missing: cargo run --release -- build" >&2; exit 2; }
command -v pdftotext >/dev/null || { echo "pdftotext is not installed (poppler-utils)" >&2; exit 2; }
if [[ ! -x $python ]]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q 'typst>=0.15,<0.16'
fi
cargo build -q --release -p exhibit-cli
exec "$python" tests/bench/peers.py "$built" "$folder" "${ROUNDS:-15}"
