package dev.sluice.planner;

import dev.sluice.migration.Directive;
import dev.sluice.migration.DirectiveName;
import dev.sluice.plan.Phase;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The tables that the author says the statement locks, each as the parts of its name. */
    public List<List<String>> locks(Change change) {
        List<List<String>> tables = new ArrayList<>();
        of(change, DirectiveName.LOCKS).forEach(directive -> {
            List<String> parts = new ArrayList<>();
            for (Tokens.Token token : Tokens.of(directive.argument() + ",")) {
                switch (token.kind()) {
                    case WORD, QUOTED -> parts.add(token.identifier());
                    default -> {
                        if (token.text().equals(",")) {
                            tables.add(List.copyOf(parts));
                            parts.clear();
                        }
                    }
                }
            }
        });
        return tables;
    }

    /** Whether such a line stands above this very statement, rather than above the whole script. */
    boolean namesLocksOf(Change change) {
        return of(change, DirectiveName.LOCKS).anyMatch(d -> d.statementOffset().isPresent());
    }

    private Stream<Directive> of(Change change, DirectiveName name) {
        return all.stream()
                .filter(d -> d.name() == name)
                .filter(d -> d.appliesTo(
                        change.statement().start(), change.statement().end()));
    }
}
