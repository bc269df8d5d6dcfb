#!/usr/bin/env bash
# For plain git: link it as .git/hooks/pre-commit. Lints the migrations of the commit as they lie in the work tree.
set -euo pipefail

files=()
while IFS= read -r -d '' file; do
    [[ $file =~ (^|/)migrations?/.*\.sql$ ]] && files+=("$file")
done < <(git diff --cached --name-only --diff-filter=d -z)
((${#files[@]} == 0)) || exec "${SLUICE:-sluice}" lint "${files[@]}"
