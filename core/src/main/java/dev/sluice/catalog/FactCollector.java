package dev.sluice.catalog;

import dev.sluice.catalog.CatalogFacts.Key;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a catalog down as {@link CatalogFacts}. Confined to one call of {@link CatalogFacts#of}. */
final class FactCollector {

    private final SortedMap<Key, SortedMap<String, String>> objects = new TreeMap<>();

    SortedMap<Key, SortedMap<String, String>> objects() {
        return objects;
    }

    void collect(Catalog catalog) {
        catalog.schemas().forEach(this::schema);
        catalog.tables().values().forEach(this::table);
        catalog.views().values().forEach(this::view);
        catalog.sequences().values().forEach(this::sequence);
        catalog.types().values().forEach(this::type);
        catalog.functions().forEach(this::routine);
        catalog.extensions().forEach(this::extension);
        catalog.publications().forEach(this::publication);
        catalog.statistics().forEach(this::statistics);
        catalog.eventTriggers().forEach(this::eventTrigger);
        catalog.defaultPrivileges().forEach(this::defaultPrivileges);
        for (OtherObject other : catalog.others()) {
            Facts facts = object(other.kind(), "", other.identity());
            other.attributes().forEach(facts::put);
        }
    }

    private void schema(Schema schema) {
        object("schema", "", schema.name())
                .put("owner", schema.owner())
                .put("comment", schema.comment())
                .grants(schema.grants());
    }

    private void table(Table table) {
        String name = table.name().quoted();
        object("table", "", name)
                .put("kind", table.kind())
                .put("persistence", table.persistence())
                .put("owner", table.owner())
                .put("row security", table.rowSecurity())
                .put("force row security", table.forceRowSecurity())
                .put("replica identity", table.replicaIdentity())
                .put("partition key", table.partitioning().key())
                .put("partition of", table.partitioning().parent())
                .put("partition bound", table.partitioning().bound())
                .put("inherits", sorted(table.inherits()))
                .put("of type", table.ofType())
                .put("storage options", table.options())
                .put("tablespace", table.tablespace())
                .put("access method", table.accessMethod())
                .put("foreign", table.foreign())
                .put("comment", table.comment())
                .grants(table.grants());
        table.userColumns().forEach(column -> column(name, column));
        table.constraints().forEach(constraint -> constraint(name, constraint));
        table.indexes().forEach(index -> index(name, index));
        table.triggers().forEach(trigger -> trigger(name, trigger));
        table.rules().forEach(rule -> rule(name, rule));
        table.policies().forEach(policy -> policy(name, policy));
    }

    private Facts column(String parent, Column column) {
        return object("column", parent, column.name())
                .put("type", column.type().formatted())
                .put("not null", column.notNull())
                .put("default", column.defaultExpression())
                .put("identity", column.identity())
                .put("generated", column.generated())
                .put("generation expression", column.generationExpression())
                .put("collation", column.collation())
                .put("storage", column.storage())
                .put("compression", column.compression())
                .put("statistics target", column.statisticsTarget())
                .put("options", column.options())
                .put("inherited", column.inherited())
                .put("owned sequence", column.ownedSequence())
                .put("comment", column.comment())
                .grants(column.grants());
    }

    private void constraint(String parent, Constraint constraint) {
        object("constraint", parent, constraint.name())
                .put("kind", constraint.kind())
                .put("columns", columnsInComparableOrder(constraint))
                .put("definition", constraint.definition())
                .put("validated", constraint.validated())
                .put("deferrable", constraint.deferrable())
                .put("initially deferred", constraint.deferred())
                .put("enforced", constraint.enforced())
                .put("no inherit", constraint.noInherit())
                .put("local", constraint.local())
                .put("inherited from", constraint.inheritedFrom())
                .put("foreign key", constraint.foreignKey())
                .put("index", constraint.indexName())
                .put("triggers altered", constraint.triggersAltered())
                .put("comment", constraint.comment());
    }

    /** A CHECK stores its columns by number: their order says nothing. */
    private static List<String> columnsInComparableOrder(Constraint constraint) {
        return constraint.kind() == Constraint.Kind.CHECK
                ? constraint.columns().stream().sorted().toList()
                : constraint.columns();
    }

    private void index(String parent, Index index) {
        object("index", parent, index.name().name())
                .put("method", index.method())
                .put("unique", index.unique())
                .put("primary", index.primary())
                .put("valid", index.valid())
                .put("ready", index.ready())
                .put("nulls not distinct", index.nullsNotDistinct())
                .put("immediate", index.immediate())
                .put("definition", index.definition())
                .put("keys", index.keys().stream().map(Index.Key::definition).toList())
                .put("included", index.included())
                .put("predicate", index.predicate())
                .put("constraint", index.constraintName())
                .put("parent", index.parent())
                .put("tablespace", index.tablespace())
                .put("storage options", index.options())
                .put("clustered", index.clustered())
                .put("replica identity", index.replicaIdentity())
                .put("statistics targets", index.statisticsTargets())
                .put("comment", index.comment());
    }

    private void trigger(String parent, Trigger trigger) {
        object("trigger", parent, trigger.name())
                .put("definition", trigger.definition())
                .put("function", trigger.function())
                .put("firing", trigger.firing())
                .put("cloned", trigger.cloned())
                .put("comment", trigger.comment());
    }

    private void rule(String parent, Rule rule) {
        object("rule", parent, rule.name())
                .put("definition", rule.definition())
                .put("firing", rule.firing())
                .put("comment", rule.comment());
    }

    private void policy(String parent, Policy policy) {
        object("policy", parent, policy.name())
                .put("command", policy.command())
                .put("permissive", policy.permissive())
                .put("roles", policy.roles())
                .put("using", policy.using())
                .put("with check", policy.withCheck())
                .put("comment", policy.comment());
    }

    private void view(View view) {
        String name = view.name().quoted();
        object("view", "", name)
                .put("kind", view.kind())
                .put("owner", view.owner())
                .put("definition", view.definition())
                .put("options", view.options())
                .put("populated", view.populated())
                .put("tablespace", view.tablespace())
                .put("access method", view.accessMethod())
                .put("comment", view.comment())
                .grants(view.grants());
        view.columns().forEach(column -> column(name, column));
        view.indexes().forEach(index -> index(name, index));
        view.triggers().forEach(trigger -> trigger(name, trigger));
        view.rules().forEach(rule -> rule(name, rule));
    }

    private void sequence(Sequence sequence) {
        object("sequence", "", sequence.name().quoted())
                .put("owner", sequence.owner())
                .put("type", sequence.type())
                .put("start", sequence.start())
                .put("increment", sequence.increment())
                .put("minimum", sequence.minimum())
                .put("maximum", sequence.maximum())
                .put("cache", sequence.cache())
                .put("cycle", sequence.cycle())
                .put("logged", sequence.logged())
                .put("owned by", sequence.ownedBy())
                .put("identity", sequence.identity())
                .put("comment", sequence.comment())
                .grants(sequence.grants());
    }

    private void type(UserType type) {
        String name = type.name().quoted();
        object("type", "", name)
                .put("kind", type.kind())
                .put("owner", type.owner())
                .put("labels", type.labels())
                .put("base type", type.baseType())
                .put("not null", type.notNull())
                .put("default", type.defaultExpression())
                .put("collation", type.collation())
                .put("details", type.details())
                .put("comment", type.comment())
                .grants(type.grants());
        // in a composite type, unlike in a table, the order is part of the type: of its text form, of ROW(…)::type
        int position = 0;
        for (Column attribute : type.attributes()) {
            position++;
            column(name, attribute).put("position", position);
        }
        type.constraints().forEach(constraint -> constraint(name, constraint));
    }

    private void routine(Routine routine) {
        object("function", "", routine.signature())
                .put("kind", routine.kind())
                .put("owner", routine.owner())
                .put("language", routine.language())
                .put("returns", routine.returns())
                .put("definition", routine.definition())
                .put("body", routine.body())
                .put("parsed body", routine.sqlBody())
                .put("volatility", routine.volatility())
                .put("strict", routine.strict())
                .put("security definer", routine.securityDefiner())
                .put("leakproof", routine.leakproof())
                .put("settings", routine.settings())
                .put("comment", routine.comment())
                .grants(routine.grants());
    }

    private void extension(Extension extension) {
        object("extension", "", extension.name())
                .put("schema", extension.schema())
                .put("version", extension.version())
                .put("owner", extension.owner())
                .put("comment", extension.comment());
    }

    private void publication(Publication publication) {
        Facts facts = object("publication", "", publication.name())
                .put("owner", publication.owner())
                .put("all tables", publication.allTables())
                .put("options", publication.options())
                .put("schemas", publication.schemas())
                .put("comment", publication.comment());
        for (Publication.PublishedTable table : publication.tables()) {
            String columns = table.columns().isEmpty() ? "all columns" : String.join(", ", table.columns());
            facts.put(
                    "table " + table.table(),
                    columns
                            + table.rowFilter()
                                    .map(filter -> " where " + filter)
                                    .orElse(""));
        }
    }

    private void statistics(ExtendedStatistics statistics) {
        // the definition's text lists columns by number, hence is left out
        object("statistics", "", statistics.name().quoted())
                .put("table", statistics.table())
                .put("owner", statistics.owner())
                .put("kinds", statistics.kinds())
                .put("columns", statistics.columns())
                .put("expressions", statistics.expressions())
                .put("statistics target", statistics.statisticsTarget())
                .put("comment", statistics.comment());
    }

    private void eventTrigger(EventTrigger trigger) {
        object("event trigger", "", trigger.name())
                .put("event", trigger.event())
                .put("tags", trigger.tags())
                .put("function", trigger.function())
                .put("owner", trigger.owner())
                .put("firing", trigger.firing())
                .put("comment", trigger.comment());
    }

    private void defaultPrivileges(DefaultPrivileges privileges) {
        String where = privileges.schema().map(schema -> " in schema " + schema).orElse("");
        object("default privileges", "", "for role " + privileges.role() + where + " on " + privileges.objects())
                .grants(privileges.grants());
    }

    private static List<QualifiedName> sorted(Collection<QualifiedName> names) {
        return names.stream().sorted().toList();
    }

    private Facts object(String kind, String parent, String name) {
        Key key = new Key(kind, parent, name);
        SortedMap<String, String> values = new TreeMap<>();
        if (objects.put(key, values) != null) {
            throw new IllegalArgumentException("two objects in one catalog: " + kind + " " + key.fullName());
        }
        return new Facts(values);
    }

    /** The attributes of one object; absent values are left out. */
    private record Facts(SortedMap<String, String> values) {

        Facts put(String attribute, Object value) {
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(present -> put(attribute, present));
            } else if (!(value instanceof List<?> list && list.isEmpty())) {
                values.put(attribute, value.toString());
            }
            return this;
        }

        Facts grants(List<Grant> grants) {
            for (Grant grant : grants) {
                String grantee = grant.grantee().isEmpty() ? "PUBLIC" : grant.grantee();
                String option = grant.grantable() ? " with grant option" : "";
                values.merge(
                        "grant " + grant.privilege() + " to " + grantee,
                        "by " + grant.grantor() + option,
                        (one, other) -> one.compareTo(other) < 0 ? one + ", " + other : other + ", " + one);
            }
            return this;
        }
    }
}
