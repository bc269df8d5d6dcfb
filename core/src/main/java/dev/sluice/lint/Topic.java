package dev.sluice.lint;

/** Something that findings are named after: a rule, or what is found in another way. */
public record Topic(String id, Severity severity, About about) {}
