package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.plan.Assignment;
import dev.sluice.plan.Plan;
import dev.sluice.plan.Step;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns that the script fills from others. A plan announces that until contract an INSERT that leaves the filled column NULL,
 * and an UPDATE that changes a source which both versions know and leaves the filled column as it is, set that too, whichever
 * version writes. The reference of the new version does the same meanwhile, by a trigger: exactly then, and to
 * exactly what the plan's backfill makes of the row (which the proof of the end compares with the plain script). For one
 * thread.
 */
final class Recomputed {

    /**
     * One filled column.
     *
     * @param old its table before the migration
     * @param sources of the columns in {@code expression}, those that both versions know
     * @param gone those that the new version does not know: its INSERT leaves them at their defaults
     */
    private record Filled(
            Table old, Table fresh, String column, List<String> sources, List<Column> gone, String expression) {}

    /**
     * A column that a step fills.
     *
     * @param old its table before the migration
     */
    private record Assigned(Table old, Table fresh, Assignment assignment) {}

    private final List<Filled> all = new ArrayList<>();
    private final List<Assigned> caughtUp;
    private final Map<QualifiedName, Map<String, Bridge.Untouched>> untouched = new TreeMap<>();
    private final Scope scope;
    private final OldNames oldNames = new OldNames();
    private boolean installed;

    Recomputed(Plan plan, Scope scope) {
        this.scope = scope;
        assigned(scope, plan.expand().stream())
                .forEach(column -> add(column.old(), column.fresh(), column.assignment()));
        caughtUp = assigned(
                        scope,
                        plan.contract().stream().filter(step -> step.info().id().startsWith("catch-up ")))
                .toList();
    }

    private static Stream<Assigned> assigned(Scope scope, Stream<Step> steps) {
        return steps.filter(Step.Backfill.class::isInstance)
                .map(Step.Backfill.class::cast)
                .flatMap(fill -> scope.start().table(fill.table()).stream()
                        .flatMap(old -> scope.successor(old).stream()
                                .flatMap(fresh -> fill.assignments().stream()
                                        .map(assignment -> new Assigned(old, fresh, assignment)))));
    }

    /**
     * A plan announces that contract looks once more for values that are not there, those too that the new version took away
     * again: what it finds, the reference gets.
     */
    void catchUp(Twins twins) {
        caughtUp.stream()
                .filter(column -> TableRows.of(column.old()).isKeyed()
                        && TableRows.of(column.old())
                                .key()
                                .equals(TableRows.of(column.fresh()).key()))
                .filter(column -> hasDualWrite(twins.planned(), column.old()))
                .forEach(column -> catchUp(twins, column));
    }

    private static void catchUp(Twins twins, Assigned column) {
        String name = column.assignment().column();
        String quoted = Identifier.quote(name);
        String key = TableRows.of(column.old()).key().stream()
                .map(TableRows::literal)
                .collect(Collectors.joining(", ", "ROW(", ")::text"));
        String fresh = column.fresh().name().quoted();
        Set<String> empty = Set.copyOf(twins.reference()
                .query("SELECT " + key + " FROM " + fresh + " WHERE " + quoted + " IS NULL", row -> row.text(1)));
        Map<String, String> found = new TreeMap<>();
        twins.planned()
                .query(
                        "SELECT " + key + ", " + TableRows.literal(name) + " FROM "
                                + column.old().name().quoted() + " WHERE " + quoted
                                + " IS NOT NULL AND record_image_eq(ROW(" + quoted + "), ROW("
                                + column.assignment().expression() + "))",
                        row -> found.put(row.text(1), row.text(2)) == null);
        found.keySet().retainAll(empty);
        found.forEach((row, value) -> twins.reference()
                .execute("UPDATE " + fresh + " SET " + quoted + " = " + value + " WHERE " + key + " = "
                        + Identifier.literal(row)));
    }

    private void add(Table old, Table fresh, Assignment assignment) {
        boolean fills = Scope.own(fresh, old).contains(assignment.column());
        List<String> named = Tokens.of(assignment.expression()).stream()
                .filter(token -> token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED)
                .map(Tokens.Token::identifier)
                .filter(name -> old.column(name).isPresent())
                .distinct()
                .toList();
        List<Column> gone = named.stream()
                .flatMap(name -> old.column(name).stream())
                .filter(column -> Scope.same(column, fresh).isEmpty())
                .toList();
        List<String> kept =
                named.stream().filter(name -> isKept(old, fresh, name)).toList();
        if (fills && gone.size() + kept.size() == named.size()) {
            all.add(new Filled(old, fresh, assignment.column(), kept, gone, assignment.expression()));
        }
    }

    /** Of the new table's filled columns, which columns each is filled from. */
    Map<String, List<String>> sources(Table fresh) {
        Map<String, List<String>> sources = new TreeMap<>();
        all.stream()
                .filter(filled -> filled.fresh().name().equals(fresh.name()))
                .filter(filled -> filled.gone().isEmpty())
                .forEach(filled -> sources.put(filled.column(), filled.sources()));
        return sources;
    }

    /** Of the old table's columns, those that a row which the new version inserts may leave at their defaults. */
    Map<String, Bridge.Untouched> untouched(Table fresh) {
        return untouched.getOrDefault(fresh.name(), Map.of());
    }

    /** What the filled column is in a row of which the new version gave neither it nor, not knowing them, its sources. */
    private void rememberUntouched(Session planned, Filled filled) {
        if (filled.gone().isEmpty() || !filled.sources().isEmpty()) {
            return;
        }
        String defaults = filled.gone().stream().map(Recomputed::byDefault).collect(Collectors.joining(", "));
        String row = "(SELECT " + defaults + ") AS "
                + Identifier.quote(filled.old().name().name());
        String type =
                filled.fresh().column(filled.column()).orElseThrow().type().formatted();
        String value = literal(planned, "(" + filled.expression() + ")::" + type, row);
        Map<String, Bridge.Untouched> columns =
                untouched.computeIfAbsent(filled.fresh().name(), name -> new TreeMap<>());
        for (Column column : filled.gone()) {
            columns.put(
                    column.name(),
                    new Bridge.Untouched(
                            filled.column(), value, literal(planned, Identifier.quote(column.name()), row)));
        }
    }

    private static String literal(Session session, String expression, String from) {
        return session.one(
                        "SELECT " + TableRows.literal("v") + " FROM (SELECT " + expression + " AS v FROM " + from
                                + ") few",
                        row -> row.text(1))
                .orElseThrow();
    }

    private static boolean isKept(Table old, Table fresh, String name) {
        Optional<Column> same = old.column(name).flatMap(column -> Scope.same(column, fresh));
        return same.filter(column -> column.name().equals(name)).isPresent();
    }

    /**
     * Makes the reference do as announced while the planned database has the dual write, and no longer.
     *
     * @param unforeseeable columns whose values are a matter of chance: these stay as they are
     */
    void align(Twins twins, Map<Table, Set<String>> unforeseeable) {
        List<Filled> live = all.stream()
                .filter(filled ->
                        !unforeseeable.getOrDefault(filled.fresh(), Set.of()).contains(filled.column()))
                .filter(filled -> hasDualWrite(twins.planned(), filled.old()))
                .toList();
        if (live.isEmpty()) {
            remove(twins.reference());
        } else if (!installed) {
            install(twins, live);
        }
    }

    /** A table keeps its object id in every copy. */
    private static boolean hasDualWrite(Session planned, Table table) {
        return planned.isTrue(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = ?::oid AND tgname LIKE '~sluice\\_%')",
                Long.toString(table.oid()));
    }

    private void install(Twins twins, List<Filled> live) {
        Session reference = twins.reference();
        installed = true;
        reference.execute("CREATE SCHEMA sluice");
        reference.execute("GRANT USAGE ON SCHEMA sluice TO PUBLIC");
        oldNames.make(reference, scope);
        for (String definition : twins.planned()
                .query(
                        "SELECT pg_catalog.pg_get_functiondef(oid) FROM pg_catalog.pg_proc"
                                + " WHERE pronamespace = 'sluice'::regnamespace AND prorettype <> 'trigger'::regtype ORDER BY oid",
                        row -> row.text(1))) {
            try {
                reference.execute(definition);
            } catch (DatabaseException e) {
                if (e.isConnectionLost()) {
                    throw e;
                }
                return; // looks at what the new version no longer has: then nothing is promised that could be followed
            }
        }
        for (int i = 0; i < live.size(); i++) {
            rememberUntouched(twins.planned(), live.get(i));
            trigger(reference, live.get(i), "recompute_" + i);
        }
    }

    private static void trigger(Session reference, Filled filled, String name) {
        String column = Identifier.quote(filled.column());
        String fill = "NEW." + column + " := (SELECT " + filled.expression() + " FROM (SELECT NEW.*"
                + defaults(filled.gone()) + ") AS "
                + Identifier.quote(filled.old().name().name()) + ");\n";
        reference.execute("CREATE FUNCTION sluice." + name + "() RETURNS trigger LANGUAGE plpgsql AS "
                + DollarQuote.of("BEGIN\n"
                        + "  IF TG_OP = 'INSERT' THEN\n"
                        + "    IF NEW." + column + " IS NULL THEN " + fill + "    END IF;\n"
                        + "  ELSIF " + !filled.sources().isEmpty() + " AND record_image_eq(ROW(NEW." + column
                        + "), ROW(OLD." + column + "))\n"
                        + "      AND NOT record_image_eq(" + row("NEW.", filled.sources()) + ", "
                        + row("OLD.", filled.sources()) + ") THEN\n    " + fill
                        + "  END IF;\n  RETURN NEW;\nEND"));
        reference.execute("CREATE TRIGGER \"~sluice_" + name + "\" BEFORE INSERT OR UPDATE ON "
                + filled.fresh().name().quoted() + " FOR EACH ROW EXECUTE FUNCTION sluice." + name + "()");
    }

    private static String defaults(List<Column> columns) {
        return columns.stream().map(column -> ", " + byDefault(column)).collect(Collectors.joining());
    }

    private static String byDefault(Column column) {
        return "(" + column.defaultExpression().orElse("NULL") + ")::"
                + column.type().formatted() + " AS " + Identifier.quote(column.name());
    }

    private static String row(String prefix, List<String> columns) {
        return columns.stream()
                .map(column -> prefix + Identifier.quote(column))
                .collect(Collectors.joining(", ", "ROW(", ")"));
    }

    /** Before the reference is used for anything but the new version's statements. */
    void remove(Session reference) {
        if (installed) {
            reference.execute("DROP SCHEMA sluice CASCADE");
            oldNames.remove(reference);
            installed = false;
        }
    }
}
