package dev.sluice.run;

/**
 * What helping came to.
 *
 * @param backfills that it had a part in
 * @param rows changed by this process
 */
public record HelpResult(int backfills, long rows) {}
