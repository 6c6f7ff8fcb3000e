#!/usr/bin/env bash
# Counts the instructions of each room with callgrind: the same number on every run of one program, whatever else the
# machine does. Compares with tests/bench/instructions.tsv and fails when a room needs a tenth more than it says.
#
#   tests/bench/instructions.sh            every bench of tests/benches/rooms.rs
#   tests/bench/instructions.sh svg png    these
#   UPDATE=1 tests/bench/instructions.sh   and writes the file
set -euo pipefail
cd "$(dirname "$0")/../.."
table=tests/bench/instructions.tsv
command -v valgrind >/dev/null || { echo "valgrind is not installed" >&2; exit 2; }

program=$(cargo bench -q -p exhibit-tests --bench rooms --no-run --message-format=json |
    sed -n 's/.*"executable":"\([^"]*\/rooms-[^"]*\)".*/\1/p')
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT

if (($#)); then
    rooms=("$@")
else
    mapfile -t rooms < <(grep -A1 '^#\[divan::bench\]' tests/benches/rooms.rs | sed -n 's/^fn \([a-z_]*\).*/\1/p')
fi

failed=0
for room in "${rooms[@]}"; do
    # One run of one bench; counted is only what happens behind `measured`.
    valgrind --tool=callgrind --toggle-collect='*rooms::measured*' --callgrind-out-file="$scratch/$room" \
        "$program" --bench --exact "rooms::$room" --sample-count 1 --sample-size 1 >"$scratch/log" 2>&1
    now=$(sed -n 's/^totals: //p' "$scratch/$room")
    if [[ ${now:-0} == 0 ]]; then
        echo "$room: nothing was counted" >&2
        exit 2
    fi
    was=$(awk -v room="$room" '$1 == room { print $2 }' "$table" 2>/dev/null || true)
    verdict=$(awk -v now="$now" -v was="${was:-0}" 'BEGIN {
        if (!was) print "new"; else printf "%+.1f %%%s", (now / was - 1) * 100, (now > was * 1.1 ? "  too much" : "") }')
    printf '%s\t%s\n' "$room" "$now" >>"$scratch/table"
    printf '%-16s %14d   %s\n' "$room" "$now" "$verdict"
    [[ $verdict != *too\ much ]] || failed=1
done

if [[ -n ${UPDATE:-} ]]; then
    # Rooms that were not asked for keep their line.
    { cat "$scratch/table"; cat "$table" 2>/dev/null || true; } | awk '!seen[$1]++' | sort >"$scratch/new"
    cp "$scratch/new" "$table"
    failed=0
fi
exit "$failed"
