package dev.sluice.backfill;

import static java.util.stream.Collectors.joining;

import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import java.util.List;

/**
 * The statements of a {@link Step.BatchedDml}. For each assigned column the archive also has what was written, so that a
 * restore can tell whether the application has changed the value since.
 */
final class DmlSql {

    private static final String KEPT = "sluice_kept";

    private final Step.BatchedDml step;
    private final String table;
    private final String alias;
    private final String archive;
    private final List<String> keys;
    private final List<String> columns;

    DmlSql(Step.BatchedDml step) {
        this.step = step;
        this.table = step.table().quoted();
        this.alias = Identifier.quote(step.table().name());
        this.archive = step.archive().quoted();
        this.keys = step.keyColumns();
        this.columns = java.util.stream.Stream.concat(keys.stream(), step.keptColumns().stream())
                .distinct()
                .toList();
    }

    static String wroteColumn(String column) {
        return Identifier.bounded("sluice_wrote_" + column);
    }

    List<String> assigned() {
        return step.assignments().stream().map(a -> a.column()).toList();
    }

    String createArchive() {
        String wrote = assigned().stream()
                .map(c -> ", " + Identifier.quote(c) + " AS " + Identifier.quote(wroteColumn(c)))
                .collect(joining());
        return "CREATE TABLE " + archive + " AS SELECT " + list(columns) + wrote + " FROM " + table + " WITH NO DATA";
    }

    String archiveKey() {
        return "ALTER TABLE " + archive + " ADD PRIMARY KEY (" + list(keys) + ")";
    }

    /** Locks the rows whose turn it is, in their newest version, and returns where they are. */
    String pick(Leaf leaf, Slice slice) {
        return "SELECT ctid::text FROM " + leaf.from() + " WHERE " + slice.sql() + " AND "
                + Filling.isTrue(step.where()) + " AND " + notArchived() + lock()
                + (slice.skipLocked() ? " SKIP LOCKED" : "");
    }

    /** The same for rows named by their keys, in any leaf: its oid, and where in it. */
    String pick(List<List<String>> rows) {
        String wanted = rows.stream()
                .map(row -> row.stream().map(Identifier::literal).collect(joining(", ", "(", ")")))
                .collect(joining(", "));
        String key = keys.stream().map(k -> alias + "." + Identifier.quote(k)).collect(joining(", "));
        return "SELECT tableoid::bigint, ctid::text FROM " + table + " AS " + alias + " WHERE (" + key + ") IN ("
                + wanted + ") AND " + Filling.isTrue(step.where()) + " AND " + notArchived() + lock();
    }

    /** Keys of rows whose turn has not come, as one snapshot sees them. */
    String leftOver(int limit) {
        return "SELECT " + Culprit.texts(keys) + " FROM " + table + " AS " + alias + " WHERE "
                + Filling.isTrue(step.where()) + " AND NOT EXISTS (SELECT FROM " + archive + " AS " + KEPT + " WHERE "
                + sameKey(KEPT, alias) + ") LIMIT " + limit;
    }

    static String array(List<String> tids) {
        return "'{" + tids.stream().map(t -> '"' + t + '"').collect(joining(",")) + "}'::tid[]";
    }

    /** Changes the rows at those places and archives what they were; counts them. */
    String change(Leaf leaf, List<String> tids) {
        String where = " WHERE ctid = ANY (" + array(tids) + ")";
        return step.kind() == Step.BatchedDml.Kind.DELETE ? delete(leaf, where) : update(leaf, where);
    }

    /** Deletes rows of which some only go with others: such a one may have had its turn, and have come again since. */
    String deleteWithOthers(Leaf leaf, List<String> tids) {
        String again = columns.stream()
                .filter(c -> !keys.contains(c))
                .map(c -> Identifier.quote(c) + " = EXCLUDED." + Identifier.quote(c))
                .collect(joining(", "));
        return delete(leaf, " WHERE ctid = ANY (" + array(tids) + ")") + " ON CONFLICT (" + list(keys) + ") DO "
                + (again.isEmpty() ? "NOTHING" : "UPDATE SET " + again);
    }

    /** Puts back what is archived in the slice, except where the application has written since. */
    String restoreUpdated(Slice slice, List<String> archiveColumns, List<String> generated) {
        String set = step.keptColumns().stream()
                .filter(c -> !keys.contains(c) && !generated.contains(c))
                .map(c -> Identifier.quote(c) + " = " + restored(c, archiveColumns.contains(wroteColumn(c))))
                .collect(joining(", "));
        return "WITH sluice_back AS (DELETE FROM " + archive + " WHERE " + slice.sql() + " RETURNING *) UPDATE " + table
                + " AS " + alias + " SET " + set + " FROM sluice_back WHERE " + sameKey("sluice_back", alias);
    }

    /** Of the rows in the slice, those whose value the application has changed since. */
    String writtenSince(Slice slice, List<String> archiveColumns) {
        String differs = step.keptColumns().stream()
                .filter(c -> !keys.contains(c) && archiveColumns.contains(wroteColumn(c)))
                .map(c -> "NOT " + unchanged(c, KEPT))
                .collect(joining(" OR "));
        return "SELECT count(*) FROM (SELECT * FROM " + archive + " WHERE " + slice.sql() + ") AS " + KEPT + " JOIN "
                + table + " AS " + alias + " ON " + sameKey(KEPT, alias) + " WHERE "
                + (differs.isEmpty() ? "false" : differs);
    }

    /**
     * Inserts what is archived in the range again, and takes it out of the archive.
     *
     * @param deferrable the table has a key that ON CONFLICT does not work with
     */
    String restoreDeleted(String range, List<String> generated, boolean deferrable) {
        String unlessThere = deferrable
                ? " AND NOT EXISTS (SELECT FROM " + table + " AS " + alias + " WHERE " + sameKey(KEPT, alias) + ")"
                : " ON CONFLICT DO NOTHING";
        List<String> writable =
                columns.stream().filter(c -> !generated.contains(c)).toList();
        return "WITH sluice_back AS (INSERT INTO " + table + " (" + list(writable) + ") OVERRIDING SYSTEM VALUE SELECT "
                + list(writable) + " FROM " + archive + " AS " + KEPT + " WHERE " + range + unlessThere + " RETURNING "
                + list(keys) + ") DELETE FROM " + archive + " AS " + KEPT + " USING sluice_back WHERE "
                + range.replace("ctid", KEPT + ".ctid") + " AND " + sameKey("sluice_back", KEPT);
    }

    private String update(Leaf leaf, String where) {
        String set = step.assignments().stream()
                .map(a -> Identifier.quote(a.column()) + " = " + a.expression() + "\n")
                .collect(joining(", "));
        String wrote = assigned().stream()
                .map(c -> ", sluice_new." + Identifier.quote(c))
                .collect(joining());
        String old =
                columns.stream().map(c -> "sluice_old." + Identifier.quote(c)).collect(joining(", "));
        String returning = java.util.stream.Stream.concat(keys.stream(), assigned().stream())
                .map(Identifier::quote)
                .collect(joining(", "));
        return "WITH sluice_old AS MATERIALIZED (SELECT " + list(columns) + " FROM " + leaf.from() + where
                + "), sluice_new AS (UPDATE " + leaf.from() + " SET " + set + where + " RETURNING " + returning
                + ") INSERT INTO " + archive + " SELECT " + old + wrote + " FROM sluice_old JOIN sluice_new ON "
                + sameKey("sluice_old", "sluice_new");
    }

    private String delete(Leaf leaf, String where) {
        return "WITH sluice_old AS (DELETE FROM " + leaf.from() + where + " RETURNING " + list(columns)
                + ") INSERT INTO " + archive + " SELECT * FROM sluice_old";
    }

    /** Deletes what is left, in any leaf. */
    String deleteRest() {
        return "WITH sluice_old AS (DELETE FROM " + table + " AS " + alias + " WHERE " + Filling.isTrue(step.where())
                + " AND " + notArchived() + " RETURNING " + list(columns) + ") INSERT INTO " + archive
                + " SELECT * FROM sluice_old";
    }

    private String restored(String column, boolean knowsWhatWasWritten) {
        String old = "sluice_back." + Identifier.quote(column);
        return knowsWhatWasWritten
                ? "CASE WHEN " + unchanged(column, "sluice_back") + " THEN " + old + " ELSE " + alias + "."
                        + Identifier.quote(column) + " END"
                : old;
    }

    /** Byte for byte: '=' would take 1.0 for 1.00, and some types have none. */
    private String unchanged(String column, String from) {
        return "record_image_eq(ROW(" + alias + "." + Identifier.quote(column) + "), ROW(" + from + "."
                + Identifier.quote(wroteColumn(column)) + "))";
    }

    /** As a subquery per row: a join might read the whole archive for every window. */
    private String notArchived() {
        return "(SELECT true FROM " + archive + " AS " + KEPT + " WHERE " + sameKey(KEPT, alias) + ") IS NULL";
    }

    private String lock() {
        return step.kind() == Step.BatchedDml.Kind.DELETE
                ? " FOR UPDATE OF " + alias
                : " FOR NO KEY UPDATE OF " + alias;
    }

    private String sameKey(String left, String right) {
        return keys.stream()
                .map(Identifier::quote)
                .map(k -> left + "." + k + " = " + right + "." + k)
                .collect(joining(" AND "));
    }

    private static String list(List<String> names) {
        return names.stream().map(Identifier::quote).collect(joining(", "));
    }
}
