package dev.sluice.postgres;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Dependencies;
import dev.sluice.catalog.ExtendedStatistics;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.ObjectRef.Kind;
import dev.sluice.catalog.Policy;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Rule;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.Trigger;
import dev.sluice.catalog.UserType;
import dev.sluice.catalog.View;
import dev.sluice.postgres.AttachedQuery.Part;
import dev.sluice.postgres.RelationQuery.Relation;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the queries in order and puts their results together. For one catalog. */
final class CatalogAssembly {

    private final Reading reading;
    private final List<String> searchPath;
    private final List<Relation> relations;
    private final ColumnQuery columns;
    private final ConstraintQuery constraints;
    private final IndexQuery indexes;
    private final AttachedQuery attached;

    CatalogAssembly(Reading reading, List<String> searchPath) {
        this.reading = reading;
        this.searchPath = searchPath;
        this.relations = RelationQuery.read(reading);
        this.columns = ColumnQuery.read(reading, columnOwners());
        this.constraints = ConstraintQuery.read(reading, columns);
        this.indexes = IndexQuery.read(reading, columns);
        this.attached = AttachedQuery.read(reading);
    }

    Catalog assemble() {
        TableAssembly tables = new TableAssembly(relations, InheritanceQuery.read(reading), columns, indexes);
        Map<QualifiedName, Table> tablesByName = new TreeMap<>();
        Map<QualifiedName, View> views = new TreeMap<>();
        for (Relation relation : relations) {
            switch (relation.kind()) {
                case "r", "p", "f" ->
                    tablesByName.put(
                            relation.name(), tables.table(relation, constraints.ofRelation(relation.oid()), attached));
                case "v", "m" -> views.put(relation.name(), view(relation));
                default -> {
                    // sequences and composite types have their own queries
                }
            }
        }
        Map<QualifiedName, UserType> types = TypeQuery.read(reading, columns, constraints);
        List<Routine> routines = RoutineQuery.read(reading);
        List<Part<ExtendedStatistics>> statistics = DatabaseQuery.statistics(reading);
        String[] session = reading.session()
                .one("SELECT current_database(), current_user", row -> new String[] {row.text(1), row.text(2)})
                .orElseThrow();
        return new Catalog(
                reading.serverVersion(),
                session[0],
                session[1],
                searchPath,
                tablesByName,
                views,
                SequenceQuery.read(reading, relations),
                types,
                routines,
                DatabaseQuery.schemas(reading),
                DatabaseQuery.extensions(reading),
                PublicationQuery.read(reading),
                statistics.stream().map(Part::value).toList(),
                DatabaseQuery.eventTriggers(reading),
                DatabaseQuery.defaultPrivileges(reading),
                OtherObjectQuery.read(reading),
                dependencies(types, routines, statistics));
    }

    private List<Long> columnOwners() {
        return relations.stream()
                .filter(relation -> !relation.kind().equals("S"))
                .map(Relation::oid)
                .toList();
    }

    private View view(Relation relation) {
        long oid = relation.oid();
        return new View(
                relation.name(),
                oid,
                relation.kind().equals("v") ? View.Kind.VIEW : View.Kind.MATERIALIZED,
                relation.owner(),
                columns.of(oid),
                relation.viewDefinition().orElseThrow(),
                relation.options(),
                relation.populated(),
                indexes.of(oid),
                attached.triggers(oid),
                attached.rules(oid),
                relation.tablespace(),
                relation.accessMethod(),
                relation.comment(),
                relation.grants());
    }

    private Dependencies dependencies(
            Map<QualifiedName, UserType> types, List<Routine> routines, List<Part<ExtendedStatistics>> statistics) {
        ObjectNames names = new ObjectNames(reading.session(), columns);
        relations.forEach(names::addRelation);
        indexes.all().forEach(names::addIndex);
        names.addTypes(reading.types(), reading.schemas());
        routines.forEach(routine ->
                names.add("pg_proc", routine.oid(), ObjectRef.of(Kind.FUNCTION, routine.name(), routine.arguments())));
        statistics.forEach(part -> names.add(
                "pg_statistic_ext",
                part.oid(),
                ObjectRef.of(Kind.STATISTICS, part.value().name())));
        Map<Long, QualifiedName> domains = new HashMap<>();
        types.values().forEach(type -> domains.put(type.oid(), type.name()));
        for (ConstraintQuery.Place place : constraints.all()) {
            String name = place.constraint().name();
            QualifiedName domain = domains.get(place.type());
            if (domain == null) {
                names.addPart("pg_constraint", place.oid(), Kind.CONSTRAINT, place.relation(), name);
            } else {
                names.add("pg_constraint", place.oid(), ObjectRef.of(Kind.CONSTRAINT, domain, name));
            }
        }
        for (Part<Trigger> part : attached.allTriggers()) {
            names.addPart(
                    "pg_trigger",
                    part.oid(),
                    Kind.TRIGGER,
                    part.relation(),
                    part.value().name());
        }
        for (Part<Rule> part : attached.allRules()) {
            names.addPart(
                    "pg_rewrite",
                    part.oid(),
                    Kind.RULE,
                    part.relation(),
                    part.value().name());
        }
        for (Part<Policy> part : attached.allPolicies()) {
            names.addPart(
                    "pg_policy",
                    part.oid(),
                    Kind.POLICY,
                    part.relation(),
                    part.value().name());
        }
        names.addUnrecorded(reading.session());
        return DependencyQuery.read(reading, names);
    }
}
