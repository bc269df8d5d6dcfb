package dev.sluice.migration;

import java.util.List;

/**
 * Where a database stands among the migrations. Every migration that matters to it is in exactly one of the lists, each
 * in the order to apply.
 *
 * @param pending not applied, taken back, or repeatable and changed since
 * @param underway begun and neither finished nor taken back: to be resumed first
 * @param expanded waiting for the deploy, and then for contract
 * @param applied done
 * @param notNeeded versions that a baseline stands in for, and baselines that came too late for this database
 */
public record MigrationStanding(
        List<Migration> pending,
        List<Migration> underway,
        List<Migration> expanded,
        List<Migration> applied,
        List<Migration> notNeeded) {
    public MigrationStanding {
        pending = List.copyOf(pending);
        underway = List.copyOf(underway);
        expanded = List.copyOf(expanded);
        applied = List.copyOf(applied);
        notNeeded = List.copyOf(notNeeded);
    }
}
