package dev.sluice.lint;

import dev.sluice.lint.effect.Effect;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What there is to say about a statement that was tried: what it was seen to do, and where that differs from what reading had
 * said.
 */
public final class ObservedFindings {

    /** The facts. */
    public static final String SEEN = "observed";

    /** Reading was wrong, or could not know. */
    static final String DIFFERENCE = "observed-difference";

    /** The server refuses it. */
    static final String FAILURE = "observed-failure";

    static final List<Topic> TOPICS = List.of(
            new Topic(
                    SEEN,
                    Severity.INFO,
                    new About("what a server was seen to do", """
                            With --observe each statement runs on a private server with made-up rows: this is what it locked,
                            rewrote, read in full and built there, and for whom it waited. Only the strongest lock of a
                            transaction on each table shows.\
                            """, "Nothing: it is a fact, not a fault.")),
            new Topic(
                    DIFFERENCE,
                    Severity.WARNING,
                    new About(
                            "a server does something else than reading the scripts says",
                            """
                            More (an error, if it works on all rows under a lock that writers wait for) or less (an info). A
                            trigger, a function, an event trigger or a setting of the server can be why.\
                            """,
                            "Believe the server: the other findings do. Where nothing of that kind is there, it is a bug in Sluice.")),
            new Topic(
                    FAILURE,
                    Severity.ERROR,
                    new About(
                            "a server refuses the statement",
                            """
                            The statement failed on the private server, and not for the rows that were made up: those are
                            thinned out until it works, if they can be. What comes after it was not tried.\
                            """,
                            "Mend the statement. If it needs what no script makes, start from a dump: --dump schema.sql.")));

    private static final Set<String> DATA = Set.of("SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    private final Scene scene;
    private final Effect read;
    private final Observed seen;

    /** @param read what reading says that it does */
    ObservedFindings(Scene scene, Effect read, Observed seen) {
        this.scene = scene;
        this.read = read;
        this.seen = seen;
    }

    static boolean isAboutData(String statementType) {
        return DATA.contains(statementType);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (seen.failure().isPresent()) {
            failure(seen.failure().get()).ifPresent(findings::add);
            return findings;
        }
        facts().ifPresent(findings::add);
        difference().ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> failure(String message) {
        if (!read.transactional() || read.failure().isPresent()) {
            return Optional.empty(); // a rule has said so
        }
        return Optional.of(finding(
                FAILURE,
                Severity.ERROR,
                seen.server() + " refuses the statement: " + message,
                Set.of(),
                "Mend the statement; nothing after it was tried."));
    }

    private Optional<Finding> facts() {
        List<String> facts = new ArrayList<>();
        seen.taken().forEach((relation, mode) -> {
            if (mode.compareTo(LockMode.ROW_EXCLUSIVE) > 0) {
                facts.add("locked " + relation + " " + mode.sql());
            }
        });
        add(facts, "rewrote ", seen.rewritten());
        Set<QualifiedName> read = new TreeSet<>(seen.scanned());
        read.removeAll(seen.rewritten());
        read.removeAll(seen.indexed());
        read.removeIf(table ->
                seen.locks().getOrDefault(table, LockMode.ACCESS_SHARE).compareTo(LockMode.ROW_EXCLUSIVE) <= 0);
        if (!isAboutData(scene.statement().type())) {
            add(facts, "read all of ", read);
        }
        add(facts, "built indexes of ", seen.indexed());
        seen.waits().forEach(wait -> facts.add("waited for " + wait));
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        Set<QualifiedName> tables = new LinkedHashSet<>(seen.workedOn());
        tables.addAll(seen.taken().keySet());
        return Optional.of(finding(
                SEEN,
                Severity.INFO,
                seen.server() + " " + String.join("; ", facts),
                tables,
                "Nothing: this is what was seen, on made-up rows."));
    }

    private static void add(List<String> facts, String words, Collection<QualifiedName> relations) {
        if (!relations.isEmpty()) {
            facts.add(words
                    + relations.stream().sorted().map(QualifiedName::toString).collect(Collectors.joining(", ")));
        }
    }

    /** Of code that nobody can read, and of tables that no script made, reading had said nothing that could be wrong. */
    private Optional<Finding> difference() {
        if (scene.is("DoStmt") || scene.is("CallStmt") || !read.doubts().isEmpty()) {
            return Optional.empty();
        }
        List<String> more = new ArrayList<>();
        List<String> less = new ArrayList<>();
        Set<QualifiedName> tables = new TreeSet<>();
        locks(more, less, tables);
        work(more, less, tables, "rewrite of ", read.rewritten(), seen.rewritten());
        if (!isAboutData(scene.statement().type())) {
            work(more, less, tables, "reading of all rows of ", read.scanned(), seen.scanned());
        }
        work(more, less, tables, "build of indexes of ", read.indexed(), seen.indexed());
        if (more.isEmpty() && less.isEmpty()) {
            return Optional.empty();
        }
        String message = seen.server() + " does not do what reading the scripts says:"
                + (more.isEmpty() ? "" : " there is more: " + String.join("; ", more))
                + (more.isEmpty() || less.isEmpty() ? "" : ";")
                + (less.isEmpty() ? "" : " there is no " + String.join("; no ", less));
        boolean worse = !more.isEmpty() && seen.isWorkUnderLock();
        return Optional.of(
                finding(
                        DIFFERENCE,
                        worse ? Severity.ERROR : more.isEmpty() ? Severity.INFO : Severity.WARNING,
                        message,
                        tables,
                        "Believe the server. A trigger, a function or an event trigger may do it; else this is a bug in Sluice."));
    }

    private void locks(List<String> more, List<String> less, Set<QualifiedName> tables) {
        seen.taken().forEach((relation, mode) -> {
            if (mode.compareTo(LockMode.ROW_EXCLUSIVE) > 0 && mode.compareTo(read.lock(relation)) > 0) {
                more.add(mode.sql() + " on " + relation);
                tables.add(relation);
            }
        });
        if (seen.transactional()) {
            read.locks().forEach((relation, mode) -> {
                LockMode truth = seen.locks().get(relation);
                if (truth != null && mode.compareTo(LockMode.ROW_EXCLUSIVE) > 0 && mode.compareTo(truth) > 0) {
                    less.add(mode.sql() + " on " + relation + " but " + truth.sql());
                    tables.add(relation);
                }
            });
        }
    }

    private void work(
            List<String> more,
            List<String> less,
            Set<QualifiedName> tables,
            String words,
            Set<QualifiedName> said,
            Set<QualifiedName> truth) {
        truth.stream().filter(t -> !said.contains(t)).sorted().forEach(table -> {
            more.add(words + table);
            tables.add(table);
        });
        said.stream()
                .filter(t -> seen.transactional() && seen.locks().containsKey(t))
                .filter(t -> !truth.contains(t) && !seen.unfilled().contains(t))
                .sorted()
                .forEach(table -> {
                    less.add(words + table);
                    tables.add(table);
                });
    }

    private Finding finding(String rule, Severity severity, String message, Set<QualifiedName> tables, String instead) {
        int start = scene.statement().start();
        return new Finding(
                rule,
                severity,
                false,
                scene.statement().source().position(start),
                message,
                tables.stream()
                        .flatMap(t -> Optional.ofNullable(seen.locks().get(t)).stream())
                        .max(LockMode::compareTo),
                List.copyOf(tables),
                instead,
                scene.statement().source().excerpt(start),
                Optional.empty(),
                Optional.empty(),
                Optional.of(seen));
    }
}
