package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.Constraint.ForeignKey;
import dev.sluice.catalog.Table;
import dev.sluice.lab.fuzz.Draw.Place;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Groups of statements as the migrations of real projects have them (Documenso, Langfuse, crates.io, Lemmy): what a generator
 * of theirs writes, with UPDATEs by hand in between. Statements thrown one by one seldom come to stand like this.
 */
final class ProjectForms {

    static final List<Form> ALL = List.of(
            new Form("add and fill with literals", 8, ProjectForms::fillWithLiterals),
            new Form("add and fill from a joined table", 8, ProjectForms::fillFromJoined),
            new Form("default for the rows that are there", 4, ProjectForms::defaultForOldRows),
            new Form("delete, then not null", 3, ProjectForms::deleteThenNotNull),
            new Form("new table, its key behind it", 5, ProjectForms::keyBehindTable),
            new Form("move columns to a new table", 4, ProjectForms::moveToTable),
            new Form("key turned round", 3, ProjectForms::keyTurnedRound),
            new Form("another key", 4, ProjectForms::anotherKey));

    private ProjectForms() {}

    /** A type with two values of it. */
    private record Kind(String type, String one, String other) {}

    private static Kind kind(Draw draw, List<String> before) {
        Dice dice = draw.dice();
        if (dice.percent(35)) {
            String name = draw.fresh("kind");
            before.add("CREATE TYPE " + name + " AS ENUM ('first', 'second', 'third')");
            return new Kind(name, "'first'", "'second'");
        }
        return dice.of(
                new Kind("date", "'2024-02-29'", "'2020-01-01'"),
                new Kind("timestamptz", "'2024-02-29 12:00:00Z'", "NULL"),
                new Kind("numeric(8, 2)", "1.5", "0"),
                new Kind("smallint", "1", "'2'"),
                new Kind("boolean", "true", "'f'"),
                new Kind("uuid", "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'", "NULL"),
                new Kind("jsonb", "'{\"a\": 1}'", "'[]'"),
                new Kind("text[]", "'{a,b}'", "'{}'"),
                new Kind("text", "'one'", "'other'"));
    }

    private static List<String> fillWithLiterals(Draw draw) {
        return draw.column(Draw::settled)
                .map(source -> {
                    List<String> statements = new ArrayList<>();
                    Kind kind = kind(draw, statements);
                    String table = draw.name(source.table());
                    String target = draw.fresh("literal");
                    boolean standard = draw.dice().percent(35);
                    statements.add("ALTER TABLE " + table + " ADD COLUMN " + target + " " + kind.type()
                            + (standard ? " DEFAULT " + kind.other() : ""));
                    statements.add("UPDATE " + table + " SET " + target + " = " + kind.one() + " WHERE "
                            + Fill.condition(draw, source));
                    if (draw.dice().percent(40)) {
                        statements.add("UPDATE " + table + " SET " + target + " = " + kind.other() + " WHERE " + target
                                + " IS NULL");
                    }
                    if (draw.dice().percent(30)) {
                        statements.add("ALTER TABLE " + table + " ALTER " + target + " SET NOT NULL");
                    }
                    return List.copyOf(statements);
                })
                .orElse(List.of());
    }

    /** A key, and the tables at both of its ends. */
    private record Link(Table child, Constraint constraint, ForeignKey key, Table parent) {
        private String on(String child, String parent) {
            List<String> equal = new ArrayList<>();
            for (int i = 0; i < constraint.columns().size(); i++) {
                equal.add(parent + "." + Identifier.quote(key.columns().get(i)) + " = " + child + "."
                        + Identifier.quote(constraint.columns().get(i)));
            }
            return String.join(" AND ", equal);
        }
    }

    private static Optional<Link> link(Draw draw) {
        return draw.dice()
                .any(draw.tables().stream()
                        .flatMap(child -> child.foreignKeys().stream()
                                .flatMap(constraint -> constraint.foreignKey().stream()
                                        .flatMap(key -> draw.catalog().table(key.table()).stream()
                                                .map(parent -> new Link(child, constraint, key, parent)))))
                        .filter(link ->
                                !link.child().name().equals(link.parent().name()))
                        .toList());
    }

    private static List<String> fillFromJoined(Draw draw) {
        return link(draw)
                .flatMap(link -> draw.column(link.parent(), Draw::settled).map(source -> {
                    String child = draw.name(link.child());
                    String parent = draw.name(link.parent());
                    String target = draw.fresh("joined");
                    List<String> statements = new ArrayList<>();
                    statements.add("ALTER TABLE " + child + " ADD COLUMN " + target + " "
                            + source.column().type().formatted());
                    statements.add(
                            draw.dice().percent(60)
                                    ? "UPDATE " + child + " AS c SET " + target + " = p." + source.name() + " FROM "
                                            + parent + " AS p WHERE " + link.on("c", "p")
                                    : "UPDATE " + child + " AS c SET " + target + " = (SELECT p." + source.name()
                                            + " FROM " + parent + " AS p WHERE " + link.on("c", "p") + ")");
                    if (draw.dice().percent(25)) {
                        statements.add("ALTER TABLE " + child + " ALTER " + target + " SET NOT NULL");
                    }
                    if (draw.dice().percent(25)) {
                        statements.add("ALTER TABLE " + child + " DROP CONSTRAINT "
                                + Identifier.quote(link.constraint().name()));
                    }
                    if (draw.dice().percent(25)) {
                        statements.add("ALTER TABLE " + parent + " DROP COLUMN " + source.name());
                    }
                    return List.copyOf(statements);
                }))
                .orElse(List.of());
    }

    /** A default that is there only while the column is added. */
    private static List<String> defaultForOldRows(Draw draw) {
        return draw.table()
                .map(table -> {
                    List<String> statements = new ArrayList<>();
                    Kind kind = kind(draw, statements);
                    String name = draw.name(table);
                    String column = draw.fresh("default");
                    statements.add("ALTER TABLE " + name + " ADD COLUMN " + column + " " + kind.type()
                            + draw.dice().of("", " NOT NULL") + " DEFAULT " + kind.one());
                    statements.add("ALTER TABLE " + name + " ALTER COLUMN " + column
                            + draw.dice().of(" DROP DEFAULT", " SET DEFAULT " + kind.other()));
                    return List.copyOf(statements);
                })
                .orElse(List.of());
    }

    private static List<String> deleteThenNotNull(Draw draw) {
        return draw.column(c -> !c.notNull() && Draw.settled(c))
                .map(place -> List.of(
                        "DELETE FROM " + draw.name(place.table()) + " WHERE " + place.name() + " IS NULL",
                        "ALTER TABLE " + draw.name(place.table()) + " ALTER " + place.name() + " SET NOT NULL"))
                .orElse(List.of());
    }

    private static Optional<Place> plainKey(Draw draw) {
        return draw.table(t -> t.primaryKey()
                        .filter(k -> k.columns().size() == 1)
                        .flatMap(k -> t.column(k.columns().get(0)))
                        .filter(Draw::settled)
                        .isPresent())
                .map(t -> new Place(
                        t,
                        t.column(t.primaryKey().orElseThrow().columns().get(0)).orElseThrow()));
    }

    private static List<String> keyBehindTable(Draw draw) {
        return plainKey(draw)
                .map(key -> {
                    String made = draw.fresh("behind");
                    String parent = draw.name(key.table());
                    String reference = draw.fresh("reference");
                    String action = draw.dice().of("", " ON DELETE CASCADE", " ON DELETE SET NULL ON UPDATE CASCADE");
                    List<String> statements = new ArrayList<>();
                    statements.add("CREATE TABLE " + made + " (id integer NOT NULL, " + reference + " "
                            + key.column().type().formatted() + ", note text, PRIMARY KEY (id))");
                    if (draw.dice().percent(50)) {
                        statements.add("CREATE UNIQUE INDEX ON " + made + " (" + reference + ")");
                    }
                    statements.add("ALTER TABLE " + made + " ADD CONSTRAINT " + draw.fresh("fk") + " FOREIGN KEY ("
                            + reference + ") REFERENCES " + parent + " (" + key.name() + ")" + action);
                    if (draw.dice().percent(40)) {
                        String back = draw.fresh("back");
                        statements.add("ALTER TABLE " + parent + " ADD COLUMN " + back + " integer");
                        statements.add("ALTER TABLE " + parent + " ADD CONSTRAINT " + draw.fresh("fk")
                                + " FOREIGN KEY (" + back + ") REFERENCES " + made + " (id)" + action);
                    }
                    return List.copyOf(statements);
                })
                .orElse(List.of());
    }

    private static List<String> moveToTable(Draw draw) {
        return plainKey(draw)
                .flatMap(key -> draw.column(
                                key.table(),
                                c -> Draw.settled(c)
                                        && !c.name().equals(key.column().name()))
                        .map(moved -> {
                            String made = draw.fresh("moved");
                            String from = draw.name(key.table());
                            List<String> statements = new ArrayList<>();
                            statements.add("CREATE TABLE " + made + " (owner "
                                    + key.column().type().formatted() + " PRIMARY KEY REFERENCES " + from + ", value "
                                    + moved.column().type().formatted() + ")");
                            statements.add("INSERT INTO " + made + " (owner, value) SELECT " + key.name() + ", "
                                    + moved.name() + " FROM " + from
                                    + draw.dice().of("", " WHERE " + moved.name() + " IS NOT NULL"));
                            if (draw.dice().percent(50)) {
                                statements.add("ALTER TABLE " + from + " DROP COLUMN " + moved.name());
                            }
                            return List.copyOf(statements);
                        }))
                .orElse(List.of());
    }

    /** The parent gets a column that says which of the child's rows is its own. */
    private static List<String> keyTurnedRound(Draw draw) {
        return link(draw)
                .filter(link -> link.constraint().columns().size() == 1)
                .flatMap(link -> link.child()
                        .primaryKey()
                        .filter(k -> k.columns().size() == 1)
                        .flatMap(k -> link.child().column(k.columns().get(0)))
                        .filter(Draw::settled)
                        .map(id -> {
                            String child = draw.name(link.child());
                            String parent = draw.name(link.parent());
                            String target = draw.fresh("turned");
                            String name = Identifier.quote(id.name());
                            List<String> statements = new ArrayList<>();
                            statements.add("ALTER TABLE " + parent + " ADD COLUMN " + target + " "
                                    + id.type().formatted());
                            statements.add("UPDATE " + parent + " AS p SET " + target + " = (SELECT min(c." + name
                                    + ") FROM " + child + " AS c WHERE " + link.on("c", "p") + ")");
                            statements.add("ALTER TABLE " + parent + " ADD CONSTRAINT " + draw.fresh("fk")
                                    + " FOREIGN KEY (" + target + ") REFERENCES " + child + " (" + name + ")");
                            statements.add("ALTER TABLE " + child + " DROP CONSTRAINT "
                                    + Identifier.quote(link.constraint().name()));
                            if (draw.dice().percent(40)) {
                                statements.add("ALTER TABLE " + child + " DROP COLUMN "
                                        + Identifier.quote(
                                                link.constraint().columns().get(0)));
                            }
                            return List.copyOf(statements);
                        }))
                .orElse(List.of());
    }

    /** The primary key, or a unique index, gives way to another. */
    private static List<String> anotherKey(Draw draw) {
        return draw.column(Draw::settled)
                .map(place -> {
                    Table table = place.table();
                    String name = draw.name(table);
                    List<String> statements = new ArrayList<>();
                    table.primaryKey()
                            .ifPresent(key -> statements.add(
                                    "ALTER TABLE " + name + " DROP CONSTRAINT " + Identifier.quote(key.name())));
                    if (draw.dice().percent(50)) {
                        String id = draw.fresh("id");
                        statements.add("ALTER TABLE " + name + " ADD COLUMN " + id + " text");
                        statements.add("UPDATE " + name + " SET " + id + " = 'k' || md5(" + place.name() + "::text)");
                        statements.add("ALTER TABLE " + name + " ADD PRIMARY KEY (" + id + ")");
                    } else {
                        statements.add("ALTER TABLE " + name + " ADD PRIMARY KEY (" + place.name() + ")");
                    }
                    return List.copyOf(statements);
                })
                .orElse(List.of());
    }
}
