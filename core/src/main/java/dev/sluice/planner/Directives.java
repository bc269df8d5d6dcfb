package dev.sluice.planner;

import dev.sluice.migration.Directive;
import dev.sluice.migration.DirectiveName;
import dev.sluice.plan.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the script's {@code -- sluice:} comments say about a change. Immutable. */
public record Directives(List<Directive> all) {

    public Directives {
        all = List.copyOf(all);
    }

    /** Whether the author accepts this hazard for the change. */
    public boolean allows(Change change, String hazard) {
        return of(change, DirectiveName.ALLOW).anyMatch(d -> d.argument().equals(hazard));
    }

    /** Where the author wants the change. */
    public Optional<Phase> phase(Change change) {
        return of(change, DirectiveName.PHASE)
                .map(d -> Phase.valueOf(d.argument().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** How the author wants a column renamed: {@code view} or {@code copy}. */
    public Optional<String> strategy(Change change) {
        return of(change, DirectiveName.STRATEGY).map(Directive::argument).findFirst();
    }

    private java.util.stream.Stream<Directive> of(Change change, DirectiveName name) {
        return all.stream()
                .filter(d -> d.name() == name)
                .filter(d -> d.appliesTo(
                        change.statement().start(), change.statement().end()));
    }
}
