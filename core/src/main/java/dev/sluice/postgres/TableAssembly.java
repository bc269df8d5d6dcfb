package dev.sluice.postgres;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Partitioning;
import dev.sluice.catalog.ReplicaIdentity;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TableStats;
import dev.sluice.postgres.RelationQuery.Relation;
import dev.sluice.postgres.RelationQuery.Size;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes tables of relations and their parts. */
final class TableAssembly {

    private static final long BLOCK = 8192;

    /** The smallest heap tuple takes 28 bytes and a 4-byte line pointer: no table has more rows than its bytes by this. */
    private static final long SMALLEST_ROW = 32;

    private final Map<Long, Relation> byOid = new HashMap<>();
    private final InheritanceQuery inheritance;
    private final ColumnQuery columns;
    private final IndexQuery indexes;

    TableAssembly(List<Relation> relations, InheritanceQuery inheritance, ColumnQuery columns, IndexQuery indexes) {
        relations.forEach(relation -> byOid.put(relation.oid(), relation));
        this.inheritance = inheritance;
        this.columns = columns;
        this.indexes = indexes;
    }

    Table table(Relation relation, List<Constraint> constraints, AttachedQuery attached) {
        long oid = relation.oid();
        boolean partitioned = relation.kind().equals("p");
        List<QualifiedName> children =
                names(inheritance.children(oid)).stream().sorted().toList();
        boolean partition = relation.partitionOf().isPresent();
        return new Table(
                relation.name(),
                oid,
                kind(relation.kind()),
                relation.persistence().equals("u") ? Table.Persistence.UNLOGGED : Table.Persistence.PERMANENT,
                relation.owner(),
                columns.of(oid),
                constraints,
                indexes.of(oid),
                attached.triggers(oid),
                attached.rules(oid),
                attached.policies(oid),
                relation.rowSecurity(),
                relation.forceRowSecurity(),
                replicaIdentity(relation.replicaIdentity()),
                new Partitioning(
                        relation.partitionKey(),
                        relation.partitionOf(),
                        relation.partitionBound(),
                        partitioned ? children : List.of()),
                partition ? List.of() : names(inheritance.parents(oid)),
                partitioned ? List.of() : children,
                relation.ofType(),
                relation.options(),
                relation.tablespace(),
                relation.accessMethod(),
                relation.foreign(),
                relation.comment(),
                relation.grants(),
                stats(relation));
    }

    private List<QualifiedName> names(List<Long> oids) {
        return known(oids).map(Relation::name).toList();
    }

    /** Relations in schemas that are not read are left out. */
    private Stream<Relation> known(List<Long> oids) {
        return oids.stream().flatMap(oid -> Optional.ofNullable(byOid.get(oid)).stream());
    }

    private TableStats stats(Relation relation) {
        if (relation.kind().equals("p")) {
            return known(inheritance.children(relation.oid()))
                    .map(this::stats)
                    .reduce(TableStats.EMPTY, TableAssembly::sum);
        }
        Size size = relation.size();
        long indexBytes =
                indexes.of(relation.oid()).stream().mapToLong(Index::sizeBytes).sum();
        return new TableStats(
                estimatedRows(relation.kind(), size),
                size.bytes() / BLOCK,
                size.bytes(),
                indexBytes,
                size.inserted(),
                size.updated(),
                size.deleted(),
                size.scans(),
                indexes.scans(relation.oid()),
                size.bytes() > 0 || size.inserted() > 0,
                size.relfilenode());
    }

    /** Density at the last ANALYZE × the size now, as PostgreSQL's own planner estimates; else what was counted; else the most possible. */
    private static long estimatedRows(String kind, Size size) {
        if (kind.equals("f")) {
            return Math.max(-1, (long) size.reltuples());
        }
        if (size.bytes() == 0) {
            return 0;
        }
        if (size.reltuples() >= 0 && size.relpages() > 0) {
            return Math.round(size.reltuples() / size.relpages() * ((double) size.bytes() / BLOCK));
        }
        return size.liveTuples() > 0 ? size.liveTuples() : size.bytes() / SMALLEST_ROW;
    }

    private static TableStats sum(TableStats one, TableStats other) {
        return new TableStats(
                one.estimatedRows() + other.estimatedRows(),
                one.pages() + other.pages(),
                one.bytes() + other.bytes(),
                one.indexBytes() + other.indexBytes(),
                one.inserted() + other.inserted(),
                one.updated() + other.updated(),
                one.deleted() + other.deleted(),
                one.sequentialScans() + other.sequentialScans(),
                one.indexScans() + other.indexScans(),
                one.everWritten() || other.everWritten(),
                0);
    }

    private static Table.Kind kind(String relkind) {
        return switch (relkind) {
            case "p" -> Table.Kind.PARTITIONED;
            case "f" -> Table.Kind.FOREIGN;
            default -> Table.Kind.ORDINARY;
        };
    }

    private static ReplicaIdentity replicaIdentity(String letter) {
        return switch (letter) {
            case "d" -> ReplicaIdentity.DEFAULT;
            case "n" -> ReplicaIdentity.NOTHING;
            case "f" -> ReplicaIdentity.FULL;
            case "i" -> ReplicaIdentity.INDEX;
            default -> throw new IllegalStateException("unknown relreplident " + letter);
        };
    }
}
