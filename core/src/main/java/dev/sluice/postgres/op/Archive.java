package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Sequence;
import dev.sluice.catalog.Table;
import dev.sluice.planner.Draft;
import dev.sluice.planner.IfExists;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;

/** Statements that move things out of sight and back. Names in the archive carry the migration's version. */
final class Archive {

    static final String SCHEMA = "sluice_archive";

    static final String CREATE_SCHEMA = "CREATE SCHEMA IF NOT EXISTS " + SCHEMA;

    private Archive() {}

    /** Where a thing of this name is while it is archived. */
    static QualifiedName name(Draft draft, QualifiedName name) {
        return QualifiedName.of(SCHEMA, draft.ownName(name.schema(), name.name()));
    }

    /** {@code kind} is the word for ALTER: VIEW, FUNCTION, …; {@code arguments} those of a function, with brackets. */
    static List<String> move(Draft draft, String kind, QualifiedName name, String arguments) {
        QualifiedName archived = name(draft, name);
        return List.of(
                CREATE_SCHEMA,
                "ALTER " + kind + " " + name.quoted() + arguments + " SET SCHEMA " + SCHEMA,
                "ALTER " + kind + " " + QualifiedName.of(SCHEMA, name.name()).quoted() + arguments + " RENAME TO "
                        + Identifier.quote(archived.name()));
    }

    static List<String> back(Draft draft, String kind, QualifiedName name, String arguments) {
        return List.of(
                "ALTER " + kind + " " + name(draft, name).quoted() + arguments + " RENAME TO "
                        + Identifier.quote(name.name()),
                "ALTER " + kind + " " + QualifiedName.of(SCHEMA, name.name()).quoted() + arguments + " SET SCHEMA "
                        + Identifier.quote(name.schema()));
    }

    /** A table with its indexes and sequences, whose names are unique per schema too. */
    static List<String> moveTable(Draft draft, Table table) {
        List<String> statements = new ArrayList<>();
        statements.add(CREATE_SCHEMA);
        for (Part part : parts(draft.catalog(), table)) {
            // not there when the script drops it before the table
            statements.add(renameIfThere(part.kind, part.name, ownName(draft, part)));
        }
        statements.addAll(move(draft, "TABLE", table.name(), "").subList(1, 3));
        return statements;
    }

    static List<String> tableBack(Draft draft, Table table) {
        List<String> statements = new ArrayList<>(back(draft, "TABLE", table.name(), ""));
        for (Part part : parts(draft.catalog(), table)) {
            statements.add(renameIfThere(part.kind, part.name.withName(ownName(draft, part)), part.name.name()));
        }
        return statements;
    }

    /** ALTER STATISTICS has no IF EXISTS for a new name. */
    private static String renameIfThere(String kind, QualifiedName name, String newName) {
        String to = name.quoted() + " RENAME TO " + Identifier.quote(newName);
        return !kind.equals("STATISTICS")
                ? "ALTER " + kind + " IF EXISTS " + to
                : IfExists.of(
                        "SELECT FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n"
                                + " ON n.oid = s.stxnamespace WHERE n.nspname = " + Identifier.literal(name.schema())
                                + " AND s.stxname = " + Identifier.literal(name.name()),
                        List.of("ALTER STATISTICS " + to));
    }

    /** Statistics may be in another schema than their table. */
    private record Part(String kind, QualifiedName name) {}

    private static String ownName(Draft draft, Part part) {
        return draft.ownName(part.name.schema(), part.name.name());
    }

    private static List<Part> parts(Catalog catalog, Table table) {
        List<Part> parts = new ArrayList<>();
        for (Index index : table.indexes()) {
            parts.add(new Part("INDEX", index.name()));
        }
        for (Sequence sequence : catalog.sequences().values()) {
            if (sequence.ownedBy().filter(o -> o.name().equals(table.name())).isPresent()) {
                parts.add(new Part("SEQUENCE", sequence.name()));
            }
        }
        for (ExtendedStatistics statistics : catalog.statistics()) {
            if (statistics.table().equals(table.name())) {
                parts.add(new Part("STATISTICS", statistics.name()));
            }
        }
        return parts;
    }

    /**
     * Moves a table that the migration made, whose parts have names only the server knows. Its foreign keys go: they
     * would keep others from deleting what archived rows point to. So do its extended statistics, which would stay where
     * they are.
     */
    static String moveNewTable(Draft draft, QualifiedName name) {
        QualifiedName archived = name(draft, name);
        return "DO "
                + DollarQuote.of("""
                DECLARE part record; BEGIN
                  IF to_regclass(%1$s) IS NULL THEN RETURN; END IF;
                  CREATE SCHEMA IF NOT EXISTS sluice_archive;
                  FOR part IN SELECT conname FROM pg_catalog.pg_constraint
                    WHERE conrelid = %1$s::pg_catalog.regclass AND contype = 'f' AND coninhcount = 0 LOOP
                    EXECUTE pg_catalog.format('ALTER TABLE %%s DROP CONSTRAINT %%I', %1$s, part.conname);
                  END LOOP;
                  IF to_regclass(%2$s) IS NOT NULL THEN
                    EXECUTE pg_catalog.format('ALTER TABLE %%s RENAME TO %%I', %2$s,
                      'sluice_old_' || to_regclass(%2$s)::oid::text);
                  END IF;
                  FOR part IN SELECT i.indexrelid::regclass AS name, i.indexrelid AS id FROM pg_catalog.pg_index i
                    WHERE i.indrelid = %1$s::pg_catalog.regclass LOOP
                    EXECUTE pg_catalog.format('ALTER INDEX %%s RENAME TO %%I', part.name, 'sluice_' || part.id);
                  END LOOP;
                  FOR part IN SELECT d.objid::regclass AS name, d.objid AS id FROM pg_catalog.pg_depend d
                    JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
                    WHERE d.refobjid = %1$s::pg_catalog.regclass AND d.deptype IN ('a', 'i') LOOP
                    EXECUTE pg_catalog.format('ALTER SEQUENCE %%s RENAME TO %%I', part.name, 'sluice_' || part.id);
                  END LOOP;
                  FOR part IN SELECT stxnamespace::regnamespace AS schema, stxname AS name FROM pg_catalog.pg_statistic_ext
                    WHERE stxrelid = %1$s::pg_catalog.regclass LOOP
                    EXECUTE pg_catalog.format('DROP STATISTICS %%s.%%I', part.schema, part.name);
                  END LOOP;
                  ALTER TABLE %3$s SET SCHEMA sluice_archive;
                  ALTER TABLE %4$s RENAME TO %5$s;
                END""".formatted(
                                Identifier.literal(name.quoted()),
                                Identifier.literal(archived.quoted()),
                                name.quoted(),
                                QualifiedName.of(SCHEMA, name.name()).quoted(),
                                Identifier.quote(archived.name())));
    }
}
