package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How one migration goes through a live database: what runs before the deploy of the new application version, what
 * after it, and what is dropped for good in the end. Immutable; round-trips through {@link PlanJson}.
 *
 * @param migration the migration this plan was made for
 * @param serverVersion {@code server_version_num} of the target the plan was made for
 * @param catalogFingerprint hash of the part of the catalog that the planner looked at; empty for a plan that looked at
 *     nothing (a fresh database)
 * @param searchPath the {@code search_path} under which the script's names were resolved; every session that runs a step
 *     sets it
 * @param expand steps before the deploy: additive and relaxing
 * @param contract steps after the deploy: restrictive and destructive; empty when the migration has one phase
 * @param purge steps that drop what contract kept
 * @param notes what the reader should know: losses, limits, statements whose behaviour differs meanwhile
 */
public record Plan(
        MigrationRef migration,
        int serverVersion,
        String catalogFingerprint,
        String searchPath,
        List<Step> expand,
        List<Step> contract,
        List<Step> purge,
        List<Note> notes) {

    public Plan {
        requireNonNull(migration);
        requireNonNull(catalogFingerprint);
        requireNonNull(searchPath);
        expand = List.copyOf(expand);
        contract = List.copyOf(contract);
        purge = List.copyOf(purge);
        notes = List.copyOf(notes);
        long distinct = Stream.of(expand, contract, purge)
                .flatMap(List::stream)
                .map(Step::id)
                .distinct()
                .count();
        if (distinct != expand.size() + contract.size() + purge.size()) {
            throw new IllegalArgumentException("step ids of a plan must be unique: " + migration);
        }
    }

    /**
     * Whether down can take the plan back without its author's script: steps without an undo stay when others have one, but where
     * none has, nobody knows the way.
     *
     * @param changed the steps that were run, or will be
     */
    public boolean knowsWayBack(Predicate<Step> changed) {
        List<Step> steps = Stream.concat(expand.stream(), contract.stream())
                .filter(step -> !(step instanceof Step.Check))
                .filter(changed)
                .toList();
        return steps.isEmpty()
                || steps.stream().anyMatch(step -> !step.info().undo().isEmpty());
    }

    public List<Step> steps(Phase phase) {
        return switch (phase) {
            case EXPAND -> expand;
            case CONTRACT -> contract;
            case PURGE -> purge;
        };
    }

    /** Whether the new application version has to be deployed between two commands. */
    public boolean hasContract() {
        return !contract.isEmpty();
    }

    /** The migration a plan belongs to; {@code checksum} is the one of its up script. */
    public record MigrationRef(String version, String name, String checksum) {
        public MigrationRef {
            requireNonNull(version);
            requireNonNull(name);
            requireNonNull(checksum);
        }
    }
}
