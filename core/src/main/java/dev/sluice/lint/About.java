package dev.sluice.lint;

/**
 * What a rule's page says.
 *
 * @param title a few words
 * @param why what PostgreSQL does, and what that does to traffic
 * @param instead the safe way
 */
public record About(String title, String why, String instead) {}
