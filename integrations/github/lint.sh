#!/usr/bin/env bash
# Lints for a workflow: annotations to the log, SARIF beside the sources (its reader wants it there), a comment's text to LINT_OUT.
set -euo pipefail

arguments=(--pg "${LINT_PG:-14}" --fail-on "${LINT_FAIL_ON:-error}" --github
    --sarif sluice.sarif --markdown "${LINT_OUT:?}/sluice-comment.md")
if [[ -n ${LINT_BASE:-} && $LINT_BASE != all ]]; then
    # A shallow clone does not have it, nor where the branch left it.
    git cat-file -e "$LINT_BASE^{commit}" 2>/dev/null && git merge-base "$LINT_BASE" HEAD >/dev/null 2>&1 ||
        git fetch --quiet --unshallow origin "$LINT_BASE" 2>/dev/null || git fetch --quiet origin "$LINT_BASE"
    arguments+=(--git-diff "$LINT_BASE")
fi
read -r -a paths <<<"${LINT_PATHS:-}"
exec "${SLUICE:-sluice}" lint "${arguments[@]}" ${paths[@]+"${paths[@]}"}
