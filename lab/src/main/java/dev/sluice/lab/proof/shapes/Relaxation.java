package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets the old version's reference hold what the planned database can by now: NULL where a plan lets writers go on that no longer
 * know a column, or do not have to give it; values for which a number or a time was too narrow; labels that an enum did not have.
 */
final class Relaxation {

    private static final String COLUMNS = """
            SELECT n.nspname, c.relname, a.attname, a.attnotnull, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) THEN 'integer'
                  WHEN a.atttypid IN ('numeric'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype, 'time'::regtype,
                    'timetz'::regtype, 'interval'::regtype) THEN a.atttypid::regtype::text ELSE '' END
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v') AND n.nspname !~ '^pg_'
            """;

    private static final String LABELS = """
            SELECT pg_catalog.format('%I.%I', n.nspname, t.typname), e.enumlabel FROM pg_catalog.pg_enum e
            JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
            ORDER BY 1, e.enumsortorder
            """;

    private Relaxation() {}

    private record Name(QualifiedName table, String column) {}

    /** @param family of types of which the wider ones hold the values of the narrower; empty for others */
    private record Form(boolean required, String type, String family) {}

    static void apply(List<Table> tables, Session reference, Session planned) {
        addLabels(reference, planned);
        apply(tables, reference, planned, true);
    }

    /** Types with more digits, and no more than that: where a plan says that values are not rounded any more. */
    static void digits(List<Table> tables, Session reference, Session planned) {
        apply(tables, reference, planned, false);
    }

    private static void apply(List<Table> tables, Session reference, Session planned, boolean everything) {
        Map<Name, Form> present = columns(reference);
        Map<Name, Form> wanted = columns(planned);
        for (Table table : tables) {
            for (Column column : table.userColumns()) {
                Name name = new Name(table.name(), column.name());
                Form is = present.get(name);
                Form can = wanted.get(name);
                if (is != null && can != null) {
                    relax(reference, name, is, can, everything);
                }
            }
        }
    }

    private static void relax(Session reference, Name name, Form present, Form wanted, boolean everything) {
        String alter = "ALTER TABLE " + name.table().quoted() + " ALTER COLUMN " + Identifier.quote(name.column());
        if (!present.family().isEmpty()
                && (everything || !present.family().equals("integer"))
                && present.family().equals(wanted.family())
                && !present.type().equals(wanted.type())) {
            reference.execute(alter + " TYPE " + wanted.type());
        }
        if (everything && present.required() && !wanted.required()) {
            reference.execute(alter + " DROP NOT NULL");
        }
    }

    private static Map<Name, Form> columns(Session session) {
        Map<Name, Form> columns = new HashMap<>();
        session.query(
                COLUMNS,
                row -> columns.put(
                                new Name(QualifiedName.of(row.text(1), row.text(2)), row.text(3)),
                                new Form(row.bool(4), row.text(5), row.text(6)))
                        == null);
        return columns;
    }

    private static void addLabels(Session reference, Session planned) {
        Map<String, List<String>> present = labels(reference);
        labels(planned).forEach((type, labels) -> {
            List<String> known = present.getOrDefault(type, labels);
            for (int i = 0; i < labels.size(); i++) {
                if (!known.contains(labels.get(i))) {
                    reference.execute("ALTER TYPE " + type + " ADD VALUE " + Identifier.literal(labels.get(i))
                            + (i == 0
                                    ? " BEFORE " + Identifier.literal(known.get(0))
                                    : " AFTER " + Identifier.literal(labels.get(i - 1))));
                }
            }
        });
    }

    private static Map<String, List<String>> labels(Session session) {
        Map<String, List<String>> labels = new TreeMap<>();
        session.query(
                LABELS,
                row -> labels.computeIfAbsent(row.text(1), type -> new ArrayList<>())
                        .add(row.text(2)));
        return labels;
    }
}
