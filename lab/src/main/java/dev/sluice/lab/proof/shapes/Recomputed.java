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
     * A column that contract fills once more.
     *
     * @param old its table before the migration
     */
    private record CaughtUp(Table old, Table fresh, Assignment assignment) {}

    private final List<Filled> all = new ArrayList<>();
    private final List<CaughtUp> caughtUp = new ArrayList<>();
    private final Map<QualifiedName, Map<String, Bridge.Untouched>> untouched = new TreeMap<>();
    private boolean installed;

    Recomputed(Plan plan, Scope scope) {
        each(scope, plan.expand(), this::add);
        each(
                scope,
                plan.contract().stream()
                        .filter(step -> step.info().id().startsWith("catch-up "))
                        .toList(),
                (old, fresh, set) -> caughtUp.add(new CaughtUp(old, fresh, set)));
    }

    private interface Adding {
        void add(Table old, Table fresh, Assignment assignment);
    }

    private static void each(Scope scope, List<Step> steps, Adding to) {
        for (Step step : steps) {
            if (step instanceof Step.Backfill fill) {
                scope.start()
                        .table(fill.table())
                        .ifPresent(old -> scope.successor(old)
                                .ifPresent(fresh -> fill.assignments().forEach(set -> to.add(old, fresh, set))));
            }
        }
    }

    /**
     * A plan announces that contract looks once more for values that are not there, those too that the new version took away
     * again: what it finds, the reference gets.
     */
    void catchUp(Twins twins) {
        for (CaughtUp column : caughtUp) {
            TableRows planned = TableRows.of(column.old());
            TableRows reference = TableRows.of(column.fresh());
            if (planned.isKeyed()
                    && planned.key().equals(reference.key())
                    && hasDualWrite(twins.planned(), column.old())) {
                String name = Identifier.quote(column.assignment().column());
                String key = planned.key().stream().map(TableRows::literal).collect(Collectors.joining(", "));
                Set<String> empty = Set.copyOf(twins.reference()
                        .query(
                                "SELECT ROW(" + key + ")::text FROM "
                                        + column.fresh().name().quoted() + " WHERE " + name + " IS NULL",
                                row -> row.text(1)));
                for (List<String> found : twins.planned()
                        .query(
                                "SELECT ROW(" + key + ")::text, "
                                        + TableRows.literal(column.assignment().column()) + " FROM "
                                        + column.old().name().quoted() + " WHERE " + name
                                        + " IS NOT NULL AND record_image_eq(ROW(" + name + "), ROW("
                                        + column.assignment().expression() + "))",
                                row -> List.of(row.text(1), row.text(2)))) {
                    if (empty.contains(found.get(0))) {
                        twins.reference()
                                .execute("UPDATE " + column.fresh().name().quoted() + " SET " + name + " = "
                                        + found.get(1) + " WHERE ROW(" + key + ")::text = "
                                        + Identifier.literal(found.get(0)));
                    }
                }
            }
        }
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
            installed = false;
        }
    }
}
