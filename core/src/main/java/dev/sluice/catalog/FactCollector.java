package dev.sluice.catalog;

import dev.sluice.catalog.CatalogFacts.Key;
import dev.sluice.catalog.ComparedKinds.PlacedColumn;
import java.util.List;
import java.util.Map;
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
        catalog.schemas().forEach(schema -> object(ComparedKinds.SCHEMA, "", schema.name(), schema));
        catalog.tables().values().forEach(this::table);
        catalog.views().values().forEach(this::view);
        catalog.sequences()
                .values()
                .forEach(sequence ->
                        object(ComparedKinds.SEQUENCE, "", sequence.name().quoted(), sequence));
        catalog.types().values().forEach(this::type);
        catalog.functions().forEach(routine -> object(ComparedKinds.FUNCTION, "", routine.signature(), routine));
        catalog.extensions().forEach(extension -> object(ComparedKinds.EXTENSION, "", extension.name(), extension));
        catalog.publications().forEach(each -> object(ComparedKinds.PUBLICATION, "", each.name(), each));
        catalog.statistics()
                .forEach(
                        each -> object(ComparedKinds.STATISTICS, "", each.name().quoted(), each));
        catalog.eventTriggers().forEach(each -> object(ComparedKinds.EVENT_TRIGGER, "", each.name(), each));
        catalog.defaultPrivileges().forEach(this::defaultPrivileges);
        catalog.others()
                .forEach(other -> facts(other.kind(), "", other.identity()).putAll(other.attributes()));
    }

    private void table(Table table) {
        String name = table.name().quoted();
        object(ComparedKinds.TABLE, "", name, table);
        table.userColumns().forEach(column -> column(name, column, Optional.empty()));
        table.constraints().forEach(constraint -> constraint(name, constraint));
        table.indexes().forEach(index -> index(name, index));
        table.triggers().forEach(trigger -> trigger(name, trigger));
        table.rules().forEach(rule -> rule(name, rule));
        table.policies().forEach(policy -> object(ComparedKinds.POLICY, name, policy.name(), policy));
    }

    private void column(String parent, Column column, Optional<Integer> position) {
        object(ComparedKinds.COLUMN, parent, column.name(), new PlacedColumn(column, position));
    }

    private void constraint(String parent, Constraint constraint) {
        object(ComparedKinds.CONSTRAINT, parent, constraint.name(), constraint);
    }

    private void index(String parent, Index index) {
        object(ComparedKinds.INDEX, parent, index.name().name(), index);
    }

    private void trigger(String parent, Trigger trigger) {
        object(ComparedKinds.TRIGGER, parent, trigger.name(), trigger);
    }

    private void rule(String parent, Rule rule) {
        object(ComparedKinds.RULE, parent, rule.name(), rule);
    }

    private void view(View view) {
        String name = view.name().quoted();
        object(ComparedKinds.VIEW, "", name, view);
        view.columns().forEach(column -> column(name, column, Optional.empty()));
        view.indexes().forEach(index -> index(name, index));
        view.triggers().forEach(trigger -> trigger(name, trigger));
        view.rules().forEach(rule -> rule(name, rule));
    }

    private void type(UserType type) {
        String name = type.name().quoted();
        object(ComparedKinds.TYPE, "", name, type);
        int position = 0;
        for (Column attribute : type.attributes()) {
            position++;
            column(name, attribute, Optional.of(position));
        }
        type.constraints().forEach(constraint -> constraint(name, constraint));
    }

    private void defaultPrivileges(DefaultPrivileges privileges) {
        String where = privileges.schema().map(schema -> " in schema " + schema).orElse("");
        String name = "for role " + privileges.role() + where + " on " + privileges.objects();
        object(ComparedKinds.DEFAULT_PRIVILEGES, "", name, privileges);
    }

    private <T> void object(ComparedKind<T> kind, String parent, String name, T object) {
        SortedMap<String, String> values = facts(kind.name(), parent, name);
        for (ComparedKind.Attribute<T> attribute : kind.attributes()) {
            put(values, attribute.name(), attribute.value().apply(object));
        }
    }

    private SortedMap<String, String> facts(String kind, String parent, String name) {
        Key key = new Key(kind, parent, name);
        SortedMap<String, String> values = new TreeMap<>();
        if (objects.put(key, values) != null) {
            throw new IllegalArgumentException("two objects in one catalog: " + kind + " " + key.fullName());
        }
        return values;
    }

    /** Absent values are left out. */
    private static void put(SortedMap<String, String> values, String attribute, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> put(values, attribute, present));
        } else if (value instanceof Map<?, ?> several) {
            several.forEach((which, each) -> put(values, attribute + " " + which, each));
        } else if (!(value instanceof List<?> list && list.isEmpty())) {
            values.put(attribute, value.toString());
        }
    }
}
