#!/usr/bin/env bash
# Writes the comment, or writes over the one that is there: never a second one.
set -euo pipefail

text=${LINT_OUT:?}/sluice-comment.md
[[ -s $text ]] || exit 0
mark='<!-- sluice lint -->'
body=$(printf '%s\n%s\n' "$mark" "$(head -c 60000 "$text")") # a comment holds 65,536 characters
found=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/${PULL_REQUEST:?}/comments" \
    --jq ".[] | select(.body | startswith(\"$mark\")) | .id")
found=${found%%$'\n'*} # not with `head`: it would close the pipe on gh, which then fails
if [[ -n $found ]]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$found" -f body="$body"
else
    gh api --silent "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" -f body="$body"
fi
