#!/usr/bin/env bash
# Judges PDF files by veraPDF, as PDF/UA-1 and as PDF/A-3a: tests/validators/verapdf.sh FILE.pdf…
#
# Needs Java and Maven on the PATH. veraPDF comes from Maven Central, once, into target/validators. Fails when a file
# breaks a rule of either standard, and then prints the clause, the rule and the first places that break it.
set -euo pipefail

version=1.28.2
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=$root/target/validators
jar=$cache/greenfield-apps-$version.jar

if (($# == 0)); then
    echo "usage: $0 FILE.pdf…" >&2
    exit 2
fi

if [[ ! -f $jar ]]; then
    mkdir -p "$cache"
    # A folder of its own, renamed at the end: two runs at once do not see half a file.
    fetched=$(mktemp -d "$cache/fetch.XXXXXX")
    trap 'rm -rf "$fetched"' EXIT
    plugin=org.apache.maven.plugins:maven-dependency-plugin:3.7.0
    mvn --batch-mode --quiet "$plugin:get" \
        -Dartifact="org.verapdf.apps:greenfield-apps:$version" -Dtransitive=false >&2
    mvn --batch-mode --quiet "$plugin:copy" \
        -Dartifact="org.verapdf.apps:greenfield-apps:$version" \
        -DoutputDirectory="$fetched" >&2
    mv "$fetched/greenfield-apps-$version.jar" "$jar"
fi

# Exit codes of veraPDF: 0 all files conform, 1 some do not, more: it could not judge. The report says it all.
failed=0
for flavour in ua1 3a; do
    report=$(mktemp)
    code=0
    java -XX:TieredStopAtLevel=1 -cp "$jar" org.verapdf.apps.GreenfieldCliWrapper \
        --flavour "$flavour" --format xml --maxfailuresdisplayed 3 -- "$@" >"$report" 2>"$report.err" || code=$?
    conform=$(grep -c '<validationReport .*isCompliant="true"' "$report" || true)
    if ((code == 0 && conform == $#)); then
        echo "veraPDF $version, $flavour: $conform of $# conform"
    else
        failed=1
        echo "veraPDF $version, $flavour: $conform of $# conform (exit $code)" >&2
        # The file, the rule in words, and up to three places for each rule that is broken.
        grep -E '<name>|<rule |<description>|<object>|<context>|<errorMessage>|<exceptionMessage>|<taskException|isCompliant="false"' \
            "$report" >&2 || true
        cat "$report.err" >&2
    fi
    rm -f "$report" "$report.err"
done
exit "$failed"
