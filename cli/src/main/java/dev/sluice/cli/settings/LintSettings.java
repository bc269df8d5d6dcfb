package dev.sluice.cli.settings;

import static java.util.Objects.requireNonNull;

import dev.sluice.lint.Finding;
import dev.sluice.lint.Severity;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How files are judged, by their paths: {@code [lint]} and {@code [[lint.paths]]} of {@code sluice.toml}. Immutable.
 *
 * @param base what the patterns are relative to
 * @param scopes in the order of the file; of two that say something about a file, the later counts
 */
public record LintSettings(Path base, List<Scope> scopes) {

    /** Nothing said. */
    public static final LintSettings NONE = new LintSettings(Path.of(""), List.of());

    /** From when on a finding fails the command; empty for never. */
    public record Threshold(Optional<Severity> severity) {
        public Threshold {
            requireNonNull(severity);
        }
    }

    /**
     * What is said about some files.
     *
     * @param patterns globs of paths; empty for all files
     * @param pg PostgreSQL's major version
     * @param rules another severity for a rule; empty for a rule that is off
     */
    public record Scope(
            List<String> patterns, OptionalInt pg, Optional<Threshold> failOn, Map<String, Optional<Severity>> rules) {

        public Scope {
            patterns = List.copyOf(patterns);
            rules = Map.copyOf(rules);
        }

        private boolean concerns(Path relative) {
            return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, relative));
        }

        /** Two stars and a slash stand for no directory, too, as in other tools. */
        private static boolean matches(String pattern, Path relative) {
            PathMatcher whole = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return whole.matches(relative)
                    || pattern.startsWith("**/")
                            && FileSystems.getDefault()
                                    .getPathMatcher("glob:" + pattern.substring(3))
                                    .matches(relative);
        }
    }

    public LintSettings {
        requireNonNull(base);
        scopes = List.copyOf(scopes);
    }

    private List<Scope> of(Path file) {
        Path absolute = base.resolve(file).normalize();
        Path relative = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
        List<Scope> found = new ArrayList<>();
        scopes.stream().filter(scope -> scope.concerns(relative)).forEach(scope -> found.add(0, scope));
        return found;
    }

    /** @param file absolute */
    public OptionalInt pg(Path file) {
        return of(file).stream()
                .map(Scope::pg)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** @param file absolute */
    public Optional<Threshold> failOn(Path file) {
        return of(file).stream().flatMap(scope -> scope.failOn().stream()).findFirst();
    }

    /**
     * Findings of a file with the severities they have here, without those of rules that are off.
     *
     * @param file absolute
     */
    public List<Finding> apply(Path file, List<Finding> findings) {
        List<Scope> found = of(file);
        List<Finding> applied = new ArrayList<>();
        for (Finding finding : findings) {
            found.stream()
                    .map(Scope::rules)
                    .filter(rules -> rules.containsKey(finding.rule()))
                    .findFirst()
                    .map(rules -> requireNonNull(rules.get(finding.rule())))
                    .ifPresentOrElse(
                            severity -> severity.ifPresent(s -> applied.add(finding.as(s))),
                            () -> applied.add(finding));
        }
        return applied;
    }
}
