package dev.sluice.lint;

/** How bad it is, worst first. */
public enum Severity {
    /** Traffic stops, data is lost, or the statement fails. */
    ERROR,
    /** It can hurt, depending on what the rule cannot see. */
    WARNING,
    /** Worth knowing; a matter of schema quality. */
    INFO
}
