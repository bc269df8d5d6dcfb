package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Index;
import dev.sluice.catalog.Table;
import dev.sluice.lab.fuzz.Draw.Place;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Constraints and indexes made, renamed, validated and dropped. */
final class ConstraintForms {

    static final List<Form> ALL = List.of(
            new Form("add check", 5, ConstraintForms::addCheck),
            new Form("add foreign key", 5, ConstraintForms::addForeignKey),
            new Form("add unique", 4, ConstraintForms::addUnique),
            new Form("add primary key", 3, ConstraintForms::addPrimaryKey),
            new Form("drop constraint", 6, ConstraintForms::dropConstraint),
            new Form("rename constraint", 3, ConstraintForms::renameConstraint),
            new Form("constraint in two steps", 2, ConstraintForms::notValid),
            new Form("add exclusion", 3, ConstraintForms::addExclusion),
            new Form("alter constraint", 3, ConstraintForms::alterConstraint),
            new Form("constraint of PostgreSQL 18", 4, ConstraintForms::addNewKind),
            new Form("create index", 9, ConstraintForms::createIndex),
            new Form("drop index", 4, ConstraintForms::dropIndex),
            new Form("rename index", 2, ConstraintForms::renameIndex));

    private ConstraintForms() {}

    private static String named(Draw draw, String kind) {
        return draw.dice().percent(60) ? "ADD CONSTRAINT " + draw.fresh(kind) + " " : "ADD ";
    }

    private static String check(Draw draw, Place place) {
        String column = place.name();
        return draw.plainType(place.column()).filter(ColumnType::isNumber).isPresent()
                ? draw.dice().of("CHECK (" + column + " > -1000)", "CHECK (" + column + " <> 12345)")
                : draw.dice()
                        .of("CHECK (" + column + " IS NOT NULL OR true)", "CHECK (length(" + column + "::text) < 200)");
    }

    private static List<String> addCheck(Draw draw) {
        return draw.column(c -> true)
                .map(place -> List.of(
                        "ALTER TABLE " + draw.name(place.table()) + " " + named(draw, "check") + check(draw, place)))
                .orElse(List.of());
    }

    private static List<String> notValid(Draw draw) {
        return draw.column(c -> true)
                .map(place -> {
                    String name = draw.fresh("check");
                    String table = draw.name(place.table());
                    List<String> statements = new ArrayList<>();
                    statements.add("ALTER TABLE " + table + " ADD CONSTRAINT " + name + " " + check(draw, place)
                            + " NOT VALID");
                    if (draw.dice().percent(70)) {
                        statements.add("ALTER TABLE " + table + " VALIDATE CONSTRAINT " + name);
                    }
                    return List.copyOf(statements);
                })
                .orElse(List.of());
    }

    private static List<String> addExclusion(Draw draw) {
        return draw.column(c -> !c.isGenerated())
                .map(place -> List.of("ALTER TABLE " + draw.name(place.table()) + " ADD CONSTRAINT "
                        + draw.fresh("exclusion") + " EXCLUDE (" + place.name() + " WITH =)"))
                .orElse(List.of());
    }

    private static List<String> alterConstraint(Draw draw) {
        return draw.table(t -> !t.foreignKeys().isEmpty())
                .flatMap(table -> draw.dice()
                        .any(table.foreignKeys())
                        .map(key -> List.of("ALTER TABLE " + draw.name(table) + " ALTER CONSTRAINT "
                                + Identifier.quote(key.name())
                                + draw.dice().of(" DEFERRABLE", " NOT DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"))))
                .orElse(List.of());
    }

    /** Earlier servers do not take it. */
    private static List<String> addNewKind(Draw draw) {
        return draw.column(c -> true)
                .map(place -> {
                    String kind = draw.dice()
                            .of(
                                    check(draw, place) + " NOT ENFORCED",
                                    "NOT NULL " + place.name(),
                                    "NOT NULL " + place.name() + " NOT VALID");
                    return List.of("ALTER TABLE " + draw.name(place.table()) + " ADD CONSTRAINT "
                            + draw.fresh("constraint") + " " + kind);
                })
                .orElse(List.of());
    }

    private static List<String> addForeignKey(Draw draw) {
        Optional<Table> parent = draw.table(
                t -> t.primaryKey().filter(k -> k.columns().size() == 1).isPresent());
        return parent.flatMap(target -> {
                    String key = target.primaryKey().orElseThrow().columns().get(0);
                    String type = target.column(key).orElseThrow().type().formatted();
                    return draw.column(c -> c.type().formatted().equals(type) && Draw.writable(c))
                            .map(place -> foreignKey(draw, place, target, key));
                })
                .orElse(List.of());
    }

    private static List<String> foreignKey(Draw draw, Place place, Table target, String key) {
        List<String> statements = new ArrayList<>();
        String parent = draw.name(target);
        if (draw.dice().percent(50) && !Draw.isKey(place.table(), place.column())) {
            statements.add("UPDATE " + draw.name(place.table()) + " SET "
                    + Fill.assignment(
                            place,
                            "(SELECT min(" + Identifier.quote(key) + "::text) FROM " + parent + ")::"
                                    + place.column().type().formatted()));
        }
        statements.add("ALTER TABLE " + draw.name(place.table()) + " " + named(draw, "fk") + "FOREIGN KEY ("
                + place.name() + ") REFERENCES " + parent + draw.dice().of("", " (" + Identifier.quote(key) + ")")
                + draw.dice().of("", " ON DELETE CASCADE", " ON DELETE SET NULL", " NOT VALID"));
        return List.copyOf(statements);
    }

    private static List<String> addUnique(Draw draw) {
        return draw.table()
                .flatMap(table -> {
                    List<String> columns = draw
                            .dice()
                            .some(table.columns(), draw.dice().between(1, 2))
                            .stream()
                            .map(c -> Identifier.quote(c.name()))
                            .toList();
                    return columns.isEmpty()
                            ? Optional.empty()
                            : Optional.of(List.of("ALTER TABLE " + draw.name(table) + " " + named(draw, "unique")
                                    + "UNIQUE (" + String.join(", ", columns) + ")"
                                    + draw.dice().of("", "", " DEFERRABLE")));
                })
                .orElse(List.of());
    }

    private static List<String> addPrimaryKey(Draw draw) {
        return draw.table(t -> t.primaryKey().isEmpty())
                .flatMap(table -> draw.column(table, c -> true)
                        .map(place -> List.of("ALTER TABLE " + draw.name(table) + " " + named(draw, "pk")
                                + "PRIMARY KEY (" + place.name() + ")")))
                .orElse(List.of());
    }

    private static Optional<Constraint> constraint(Draw draw, Table table) {
        return draw.dice()
                .any(table.constraints().stream()
                        .filter(c -> c.kind() != Constraint.Kind.NOT_NULL)
                        .toList());
    }

    private static List<String> dropConstraint(Draw draw) {
        return draw.table(t -> constraint(draw, t).isPresent())
                .flatMap(table -> constraint(draw, table)
                        .map(c -> List.of("ALTER TABLE " + draw.name(table) + " DROP CONSTRAINT "
                                + Identifier.quote(c.name()) + draw.dice().of("", "", "", " CASCADE"))))
                .orElse(List.of());
    }

    private static List<String> renameConstraint(Draw draw) {
        return draw.table(t -> constraint(draw, t).isPresent())
                .flatMap(table -> constraint(draw, table)
                        .map(c -> List.of("ALTER TABLE " + draw.name(table) + " RENAME CONSTRAINT "
                                + Identifier.quote(c.name()) + " TO " + draw.fresh("constraint"))))
                .orElse(List.of());
    }

    private static List<String> createIndex(Draw draw) {
        return draw.table()
                .flatMap(table -> draw.column(table, c -> true).map(place -> {
                    Dice dice = draw.dice();
                    String key = dice.of(
                            place.name(),
                            place.name(),
                            place.name() + " DESC NULLS LAST",
                            "lower(" + place.name() + "::text)",
                            "(" + place.name() + " IS NULL)");
                    String second = dice.percent(25)
                            ? draw.column(
                                            table,
                                            c -> !c.name().equals(place.column().name()))
                                    .map(p -> ", " + p.name())
                                    .orElse("")
                            : "";
                    String where = dice.percent(20) ? " WHERE " + Fill.condition(draw, place) : "";
                    String include = dice.percent(10)
                            ? draw.column(table, c -> true)
                                    .map(p -> " INCLUDE (" + p.name() + ")")
                                    .orElse("")
                            : "";
                    String method =
                            second.isEmpty() && include.isEmpty() && key.equals(place.name()) && dice.percent(15)
                                    ? " USING " + dice.of("hash", "brin")
                                    : "";
                    return List.of(
                            "CREATE " + dice.of("", "", "", "UNIQUE ") + "INDEX " + dice.of("", "", "CONCURRENTLY ")
                                    + (dice.percent(60) ? draw.fresh("index") + " " : "") + "ON " + draw.name(table)
                                    + method + " ("
                                    + key + second + ")" + include + where);
                }))
                .orElse(List.of());
    }

    private static Optional<Index> index(Draw draw) {
        return draw.dice()
                .any(draw.tables().stream()
                        .flatMap(t -> t.indexes().stream())
                        .filter(i -> i.constraintName().isEmpty())
                        .toList());
    }

    private static List<String> dropIndex(Draw draw) {
        return index(draw)
                .map(i -> List.of(
                        "DROP INDEX " + draw.dice().of("", "CONCURRENTLY ", "IF EXISTS ") + draw.name(i.name())))
                .orElse(List.of());
    }

    private static List<String> renameIndex(Draw draw) {
        return index(draw)
                .map(Index::name)
                .map((QualifiedName name) ->
                        List.of("ALTER INDEX " + draw.name(name) + " RENAME TO " + draw.fresh("index")))
                .orElse(List.of());
    }
}
