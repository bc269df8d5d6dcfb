package dev.sluice.postgres;

import dev.sluice.catalog.FiringMode;
import dev.sluice.catalog.Grant;
import dev.sluice.db.Row;
import dev.sluice.db.RowReader;
import dev.sluice.db.Session;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the queries of one catalog read share.
 *
 * @param schemas names of the schemas that are read
 * @param hasRelations whether there is any relation in these schemas
 */
record Reading(
        Session session, int serverVersion, Set<String> schemas, boolean hasRelations, TypeNames types, AclItems acls) {

    /** Queries what belongs to relations, for which an empty database need not be asked. */
    <T> List<T> ofRelations(String sql, RowReader<T> reader, Object... parameters) {
        return hasRelations ? session.query(sql, reader, parameters) : List.of();
    }

    /** Whether the server is at least this major version. */
    boolean since(int major) {
        return serverVersion >= major * 10_000;
    }

    /** SQL that exists from a major version on, with what stands in for it before. */
    String since(int major, String sql, String before) {
        return since(major) ? sql : before;
    }

    List<Grant> grants(Row row, int column) {
        return acls.grants(row.texts(column));
    }

    /** Options in an order that does not depend on who set which first. */
    static List<String> sorted(List<String> options) {
        return options.size() < 2 ? options : options.stream().sorted().toList();
    }

    static QualifiedName name(Row row, int schemaColumn) {
        return QualifiedName.of(row.text(schemaColumn), row.text(schemaColumn + 1));
    }

    /** A name in two columns that are both NULL when there is none. */
    static Optional<QualifiedName> nameIfAny(Row row, int schemaColumn) {
        return row.textIfAny(schemaColumn).map(schema -> QualifiedName.of(schema, row.text(schemaColumn + 1)));
    }

    /** {@code tgenabled}, {@code ev_enabled}, {@code evtenabled}. */
    static FiringMode firing(String letter) {
        return switch (letter) {
            case "O" -> FiringMode.ORIGIN;
            case "A" -> FiringMode.ALWAYS;
            case "R" -> FiringMode.REPLICA;
            case "D" -> FiringMode.DISABLED;
            default -> throw new IllegalStateException("unknown firing mode " + letter);
        };
    }
}
