package dev.sluice.catalog;

import dev.sluice.catalog.ComparedKind.Attribute;
import dev.sluice.sql.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything that is compared, as data: a test holds each entry to account. What only a comparison looks at
 * ({@link OtherObject}) brings its attributes itself.
 */
final class ComparedKinds {

    static final ComparedKind<Schema> SCHEMA = new ComparedKind<>(
            "schema", List.of(of("owner", Schema::owner), of("comment", Schema::comment), granted(Schema::grants)));

    static final ComparedKind<Table> TABLE = new ComparedKind<>(
            "table",
            List.of(
                    of("kind", Table::kind),
                    of("persistence", Table::persistence),
                    of("owner", Table::owner),
                    of("row security", Table::rowSecurity),
                    of("force row security", Table::forceRowSecurity),
                    of("replica identity", Table::replicaIdentity),
                    of("partition key", table -> table.partitioning().key()),
                    of("partition of", table -> table.partitioning().parent()),
                    of("partition bound", table -> table.partitioning().bound()),
                    of("inherits", table -> sorted(table.inherits())),
                    of("of type", Table::ofType),
                    of("storage options", Table::options),
                    of("tablespace", Table::tablespace),
                    of("access method", Table::accessMethod),
                    of("foreign", Table::foreign),
                    of("comment", Table::comment),
                    granted(Table::grants)));

    static final ComparedKind<PlacedColumn> COLUMN = new ComparedKind<>(
            "column",
            List.of(
                    ofColumn("type", column -> column.type().formatted()),
                    ofColumn("not null", Column::notNull),
                    ofColumn("default", Column::defaultExpression),
                    ofColumn("identity", Column::identity),
                    ofColumn("generated", Column::generated),
                    ofColumn("generation expression", Column::generationExpression),
                    ofColumn("collation", Column::collation),
                    ofColumn("storage", Column::storage),
                    ofColumn("compression", Column::compression),
                    ofColumn("statistics target", Column::statisticsTarget),
                    ofColumn("options", Column::options),
                    ofColumn("inherited", Column::inherited),
                    ofColumn("owned sequence", Column::ownedSequence),
                    ofColumn("comment", Column::comment),
                    of("position", PlacedColumn::position),
                    granted(column -> column.column().grants())));

    static final ComparedKind<Constraint> CONSTRAINT = new ComparedKind<>(
            "constraint",
            List.of(
                    of("kind", Constraint::kind),
                    of("columns", ComparedKinds::columnsInComparableOrder),
                    of("definition", Constraint::definition),
                    of("validated", Constraint::validated),
                    of("deferrable", Constraint::deferrable),
                    of("initially deferred", Constraint::deferred),
                    of("enforced", Constraint::enforced),
                    of("no inherit", Constraint::noInherit),
                    of("local", Constraint::local),
                    of("inherited from", Constraint::inheritedFrom),
                    of("foreign key", Constraint::foreignKey),
                    of("index", Constraint::indexName),
                    of("triggers altered", Constraint::triggersAltered),
                    of("comment", Constraint::comment)));

    static final ComparedKind<Index> INDEX = new ComparedKind<>(
            "index",
            List.of(
                    of("method", Index::method),
                    of("unique", Index::unique),
                    of("primary", Index::primary),
                    of("valid", Index::valid),
                    of("ready", Index::ready),
                    of("nulls not distinct", Index::nullsNotDistinct),
                    of("immediate", Index::immediate),
                    of("definition", Index::definition),
                    of(
                            "keys",
                            index -> index.keys().stream()
                                    .map(Index.Key::definition)
                                    .toList()),
                    of("included", Index::included),
                    of("predicate", Index::predicate),
                    of("constraint", Index::constraintName),
                    of("parent", Index::parent),
                    of("tablespace", Index::tablespace),
                    of("storage options", Index::options),
                    of("clustered", Index::clustered),
                    of("replica identity", Index::replicaIdentity),
                    of("statistics targets", Index::statisticsTargets),
                    of("comment", Index::comment)));

    static final ComparedKind<Trigger> TRIGGER = new ComparedKind<>(
            "trigger",
            List.of(
                    of("definition", Trigger::definition),
                    of("function", Trigger::function),
                    of("firing", Trigger::firing),
                    of("cloned", Trigger::cloned),
                    of("comment", Trigger::comment)));

    static final ComparedKind<Rule> RULE = new ComparedKind<>(
            "rule",
            List.of(of("definition", Rule::definition), of("firing", Rule::firing), of("comment", Rule::comment)));

    static final ComparedKind<Policy> POLICY = new ComparedKind<>(
            "policy",
            List.of(
                    of("command", Policy::command),
                    of("permissive", Policy::permissive),
                    of("roles", Policy::roles),
                    of("using", Policy::using),
                    of("with check", Policy::withCheck),
                    of("comment", Policy::comment)));

    static final ComparedKind<View> VIEW = new ComparedKind<>(
            "view",
            List.of(
                    of("kind", View::kind),
                    of("owner", View::owner),
                    of("definition", View::definition),
                    of("options", View::options),
                    of("populated", View::populated),
                    of("tablespace", View::tablespace),
                    of("access method", View::accessMethod),
                    of("comment", View::comment),
                    granted(View::grants)));

    static final ComparedKind<Sequence> SEQUENCE = new ComparedKind<>(
            "sequence",
            List.of(
                    of("owner", Sequence::owner),
                    of("type", Sequence::type),
                    of("start", Sequence::start),
                    of("increment", Sequence::increment),
                    of("minimum", Sequence::minimum),
                    of("maximum", Sequence::maximum),
                    of("cache", Sequence::cache),
                    of("cycle", Sequence::cycle),
                    of("logged", Sequence::logged),
                    of("owned by", Sequence::ownedBy),
                    of("identity", Sequence::identity),
                    of("comment", Sequence::comment),
                    granted(Sequence::grants)));

    static final ComparedKind<UserType> TYPE = new ComparedKind<>(
            "type",
            List.of(
                    of("kind", UserType::kind),
                    of("owner", UserType::owner),
                    of("labels", UserType::labels),
                    of("base type", UserType::baseType),
                    of("not null", UserType::notNull),
                    of("default", UserType::defaultExpression),
                    of("collation", UserType::collation),
                    of("details", UserType::details),
                    of("comment", UserType::comment),
                    granted(UserType::grants)));

    static final ComparedKind<Routine> FUNCTION = new ComparedKind<>(
            "function",
            List.of(
                    of("kind", Routine::kind),
                    of("owner", Routine::owner),
                    of("language", Routine::language),
                    of("returns", Routine::returns),
                    of("definition", Routine::definition),
                    of("body", Routine::body),
                    of("parsed body", Routine::sqlBody),
                    of("volatility", Routine::volatility),
                    of("strict", Routine::strict),
                    of("security definer", Routine::securityDefiner),
                    of("leakproof", Routine::leakproof),
                    of("settings", Routine::settings),
                    of("comment", Routine::comment),
                    granted(Routine::grants)));

    static final ComparedKind<Extension> EXTENSION = new ComparedKind<>(
            "extension",
            List.of(
                    of("schema", Extension::schema),
                    of("version", Extension::version),
                    of("owner", Extension::owner),
                    of("comment", Extension::comment)));

    static final ComparedKind<Publication> PUBLICATION = new ComparedKind<>(
            "publication",
            List.of(
                    of("owner", Publication::owner),
                    of("all tables", Publication::allTables),
                    of("options", Publication::options),
                    of("schemas", Publication::schemas),
                    of("comment", Publication::comment),
                    of("table", ComparedKinds::publishedTables)));

    /** Without the definition, whose text lists columns by number. */
    static final ComparedKind<ExtendedStatistics> STATISTICS = new ComparedKind<>(
            "statistics",
            List.of(
                    of("table", ExtendedStatistics::table),
                    of("owner", ExtendedStatistics::owner),
                    of("kinds", ExtendedStatistics::kinds),
                    of("columns", ExtendedStatistics::columns),
                    of("expressions", ExtendedStatistics::expressions),
                    of("statistics target", ExtendedStatistics::statisticsTarget),
                    of("comment", ExtendedStatistics::comment)));

    static final ComparedKind<EventTrigger> EVENT_TRIGGER = new ComparedKind<>(
            "event trigger",
            List.of(
                    of("event", EventTrigger::event),
                    of("tags", EventTrigger::tags),
                    of("function", EventTrigger::function),
                    of("owner", EventTrigger::owner),
                    of("firing", EventTrigger::firing),
                    of("comment", EventTrigger::comment)));

    static final ComparedKind<DefaultPrivileges> DEFAULT_PRIVILEGES =
            new ComparedKind<>("default privileges", List.of(granted(DefaultPrivileges::grants)));

    static final List<ComparedKind<?>> ALL = List.of(
            SCHEMA,
            TABLE,
            COLUMN,
            CONSTRAINT,
            INDEX,
            TRIGGER,
            RULE,
            POLICY,
            VIEW,
            SEQUENCE,
            TYPE,
            FUNCTION,
            EXTENSION,
            PUBLICATION,
            STATISTICS,
            EVENT_TRIGGER,
            DEFAULT_PRIVILEGES);

    private ComparedKinds() {}

    /** @param position in a composite type; unlike in a table, the order is part of it: of its text form, of ROW(…)::type */
    record PlacedColumn(Column column, Optional<Integer> position) {}

    private static <T> Attribute<T> of(String name, Function<T, ?> value) {
        return new Attribute<>(name, value);
    }

    private static Attribute<PlacedColumn> ofColumn(String name, Function<Column, ?> value) {
        return of(name, placed -> value.apply(placed.column()));
    }

    private static <T> Attribute<T> granted(Function<T, List<Grant>> grants) {
        return of("grant", object -> byPrivilege(grants.apply(object)));
    }

    private static Map<String, String> byPrivilege(List<Grant> grants) {
        SortedMap<String, String> values = new TreeMap<>();
        for (Grant grant : grants) {
            String grantee = grant.grantee().isEmpty() ? "PUBLIC" : grant.grantee();
            String option = grant.grantable() ? " with grant option" : "";
            values.merge(
                    grant.privilege() + " to " + grantee,
                    "by " + grant.grantor() + option,
                    (one, other) -> one.compareTo(other) < 0 ? one + ", " + other : other + ", " + one);
        }
        return values;
    }

    private static Map<String, String> publishedTables(Publication publication) {
        SortedMap<String, String> values = new TreeMap<>();
        for (Publication.PublishedTable table : publication.tables()) {
            String columns = table.columns().isEmpty() ? "all columns" : String.join(", ", table.columns());
            values.put(
                    table.table().toString(),
                    columns
                            + table.rowFilter()
                                    .map(filter -> " where " + filter)
                                    .orElse(""));
        }
        return values;
    }

    /** A CHECK stores its columns by number: their order says nothing. */
    private static List<String> columnsInComparableOrder(Constraint constraint) {
        return constraint.kind() == Constraint.Kind.CHECK
                ? constraint.columns().stream().sorted().toList()
                : constraint.columns();
    }

    private static List<QualifiedName> sorted(Collection<QualifiedName> names) {
        return names.stream().sorted().toList();
    }
}
