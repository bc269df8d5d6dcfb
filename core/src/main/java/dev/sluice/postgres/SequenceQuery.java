package dev.sluice.postgres;

import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Sequence;
import dev.sluice.db.Row;
import dev.sluice.postgres.RelationQuery.Relation;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code pg_sequence}: the definition of sequences, not their values. */
final class SequenceQuery {

    private static final String SQL = """
            SELECT s.seqrelid, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
                   s.seqcycle, d.deptype = 'i', n.nspname, t.relname, a.attname
            FROM pg_sequence s
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid
                 AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
            LEFT JOIN pg_class t ON t.oid = d.refobjid
            LEFT JOIN pg_namespace n ON n.oid = t.relnamespace
            LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid""";

    private SequenceQuery() {}

    static Map<QualifiedName, Sequence> read(Reading reading, List<Relation> relations) {
        Map<Long, Relation> byOid = new HashMap<>();
        for (Relation relation : relations) {
            if (relation.kind().equals("S")) {
                byOid.put(relation.oid(), relation);
            }
        }
        Map<QualifiedName, Sequence> sequences = new HashMap<>();
        reading.ofRelations(SQL, row -> {
            Relation relation = byOid.get(row.number(1));
            return relation != null && sequences.put(relation.name(), sequence(relation, row)) == null;
        });
        return sequences;
    }

    private static Sequence sequence(Relation relation, Row row) {
        Optional<ObjectRef> owner = Reading.nameIfAny(row, 10).map(table -> ObjectRef.column(table, row.text(12)));
        return new Sequence(
                relation.name(),
                relation.oid(),
                relation.owner(),
                row.text(2),
                row.number(3),
                row.number(4),
                row.number(5),
                row.number(6),
                row.number(7),
                row.bool(8),
                relation.persistence().equals("p"),
                owner,
                row.boolIfAny(9).orElse(false),
                relation.comment(),
                relation.grants());
    }
}
