package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Routine;
import dev.sluice.catalog.Sequence;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.UserType;
import dev.sluice.catalog.View;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables, views, sequences, types, functions, triggers; comments, grants and settings. */
final class ObjectForms {

    static final List<Form> ALL = List.of(
            new Form("create table", 5, ObjectForms::createTable),
            new Form("create table as", 3, ObjectForms::createTableAs),
            new Form("drop table", 4, ObjectForms::dropTable),
            new Form("rename table", 5, ObjectForms::renameTable),
            new Form("create view", 4, ObjectForms::createView),
            new Form("replace view", 2, ObjectForms::replaceView),
            new Form("drop view", 3, ObjectForms::dropView),
            new Form("create sequence", 2, ObjectForms::createSequence),
            new Form("change sequence", 2, ObjectForms::changeSequence),
            new Form("create type", 3, ObjectForms::createType),
            new Form("enum label", 4, ObjectForms::enumLabel),
            new Form("drop type", 2, ObjectForms::dropType),
            new Form("create function", 3, ObjectForms::createFunction),
            new Form("change function", 2, ObjectForms::changeFunction),
            new Form("create trigger", 2, ObjectForms::createTrigger),
            new Form("create acting trigger", 4, ObjectForms::createActing),
            new Form("drop trigger", 3, ObjectForms::dropTrigger),
            new Form("switch trigger", 3, ObjectForms::switchTrigger),
            new Form("drop rule", 1, ObjectForms::dropRule),
            new Form("comment", 5, ObjectForms::comment),
            new Form("grant", 5, ObjectForms::grant),
            new Form("settings", 4, ObjectForms::settings));

    private ObjectForms() {}

    private static List<String> createTable(Draw draw) {
        String name = draw.fresh("newtable");
        Optional<Table> parent = draw.table(
                t -> t.primaryKey().filter(k -> k.columns().size() == 1).isPresent());
        String reference = parent.map(t -> ", parent "
                        + t.column(t.primaryKey().orElseThrow().columns().get(0))
                                .orElseThrow()
                                .type()
                                .formatted()
                        + " REFERENCES " + draw.name(t))
                .orElse("");
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TABLE " + name + " (id bigserial PRIMARY KEY, body text NOT NULL DEFAULT ''"
                + (draw.dice().percent(60) ? reference : "") + ")");
        if (draw.dice().percent(40)) {
            statements.add("CREATE INDEX ON " + name + " (body)");
        }
        if (draw.dice().percent(40)) {
            statements.add("INSERT INTO " + name + " (body) VALUES ('one'), ('two')");
        }
        return List.copyOf(statements);
    }

    private static List<String> createTableAs(Draw draw) {
        return draw.column(Draw::settled)
                .map(place -> List.of("CREATE TABLE " + draw.fresh("copied") + " AS SELECT "
                        + columns(draw.dice()
                                .some(
                                        place.table().columns().stream()
                                                .filter(Draw::settled)
                                                .toList(),
                                        3))
                        + " FROM " + draw.name(place.table())
                        + (draw.dice().percent(40) ? " WHERE " + Fill.condition(draw, place) : "")))
                .orElse(List.of());
    }

    private static List<String> dropTable(Draw draw) {
        return draw.table()
                .filter(t -> draw.tables().size() > 1)
                .map(t -> List.of("DROP TABLE " + draw.dice().of("", "IF EXISTS ") + draw.name(t)
                        + draw.dice().of("", "", " CASCADE")))
                .orElse(List.of());
    }

    private static List<String> renameTable(Draw draw) {
        return draw.table()
                .map(t -> List.of("ALTER TABLE " + draw.name(t) + " RENAME TO " + draw.fresh("renamed")))
                .orElse(List.of());
    }

    private static String columns(List<Column> columns) {
        return columns.stream().map(c -> Identifier.quote(c.name())).collect(Collectors.joining(", "));
    }

    private static List<String> createView(Draw draw) {
        return draw.table(t -> !t.columns().isEmpty())
                .map(t -> List.of("CREATE " + draw.dice().of("", "", "MATERIALIZED ") + "VIEW " + draw.fresh("view")
                        + " AS SELECT "
                        + columns(draw.dice()
                                .some(t.columns().stream().filter(Draw::settled).toList(), 3))
                        + " FROM " + draw.name(t)))
                .orElse(List.of());
    }

    private static Optional<View> view(Draw draw) {
        return draw.dice().any(draw.catalog().views().values());
    }

    private static List<String> replaceView(Draw draw) {
        return view(draw)
                .filter(v -> v.kind() == View.Kind.VIEW)
                .map(v -> {
                    String query = v.definition().strip();
                    String body = query.endsWith(";") ? query.substring(0, query.length() - 1) : query;
                    String replaced = "SELECT x.* FROM (" + body + ") x";
                    return draw.dice().percent(50)
                            ? List.of("CREATE OR REPLACE VIEW " + draw.name(v.name()) + " AS " + replaced)
                            : List.of(
                                    "DROP VIEW " + draw.name(v.name()),
                                    "CREATE VIEW " + draw.name(v.name()) + " AS " + replaced);
                })
                .orElse(List.of());
    }

    private static List<String> dropView(Draw draw) {
        return view(draw)
                .map(v -> List.of("DROP " + (v.kind() == View.Kind.MATERIALIZED ? "MATERIALIZED " : "") + "VIEW "
                        + draw.name(v.name())))
                .orElse(List.of());
    }

    private static List<String> createSequence(Draw draw) {
        return List.of("CREATE SEQUENCE " + draw.fresh("sequence") + draw.dice().of("", " START 5 INCREMENT 5"));
    }

    private static List<String> changeSequence(Draw draw) {
        Optional<Sequence> free = draw.dice()
                .any(draw.catalog().sequences().values().stream()
                        .filter(s -> s.ownedBy().isEmpty())
                        .toList());
        return free.map(s -> List.of(draw.dice()
                        .of(
                                "ALTER SEQUENCE " + draw.name(s.name()) + " INCREMENT BY 3",
                                "ALTER SEQUENCE " + draw.name(s.name()) + " RENAME TO " + draw.fresh("sequence"),
                                "DROP SEQUENCE " + draw.name(s.name()))))
                .orElse(List.of());
    }

    private static List<String> createType(Draw draw) {
        String name = draw.fresh("type");
        List<String> made = List.of(draw.dice()
                .of(
                        "CREATE TYPE " + name + " AS ENUM ('a', 'b')",
                        "CREATE DOMAIN " + name + " AS integer CHECK (VALUE > -100)",
                        "CREATE DOMAIN " + name + " AS text",
                        "CREATE TYPE " + name + " AS (x integer, y text)"));
        Optional<Table> table = draw.table();
        if (table.isEmpty() || draw.dice().percent(50)) {
            return made;
        }
        return List.of(
                made.get(0),
                "ALTER TABLE " + draw.name(table.get()) + " ADD COLUMN " + draw.fresh("column") + " " + name);
    }

    private static Optional<UserType> type(Draw draw, UserType.Kind kind) {
        return draw.dice()
                .any(draw.catalog().types().values().stream()
                        .filter(t -> t.kind() == kind)
                        .toList());
    }

    private static List<String> enumLabel(Draw draw) {
        return type(draw, UserType.Kind.ENUM)
                .map(t -> {
                    String label = Identifier.literal(draw.dice().pick(t.labels()));
                    String fresh = Identifier.literal(draw.names().fresh("label"));
                    String name = "ALTER TYPE " + draw.name(t.name());
                    return List.of(draw.dice()
                            .of(
                                    name + " ADD VALUE " + fresh,
                                    name + " ADD VALUE IF NOT EXISTS " + fresh + " BEFORE " + label,
                                    name + " RENAME VALUE " + label + " TO " + fresh));
                })
                .orElse(List.of());
    }

    private static List<String> dropType(Draw draw) {
        return draw.dice()
                .any(draw.catalog().types().values())
                .map(t ->
                        List.of("DROP TYPE " + draw.name(t.name()) + draw.dice().of("", "", " CASCADE")))
                .orElse(List.of());
    }

    private static List<String> createFunction(Draw draw) {
        String name = draw.fresh("function");
        List<String> functions = new ArrayList<>(List.of(
                "CREATE FUNCTION " + name
                        + "(a integer, b text DEFAULT 'x') RETURNS text LANGUAGE sql AS $$ SELECT b || a $$",
                "CREATE FUNCTION " + name
                        + "(n bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN n + 1; END $$",
                "CREATE PROCEDURE " + name + "() LANGUAGE sql AS $$ SELECT 1 $$"));
        draw.column(Draw::settled)
                .ifPresent(place -> functions.add("CREATE FUNCTION " + name
                        + "() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(" + place.name() + ") FROM "
                        + draw.name(place.table()) + "; END"));
        return List.of(draw.dice().pick(functions));
    }

    private static List<String> changeFunction(Draw draw) {
        return draw.dice()
                .any(draw.catalog().functions().stream()
                        .filter(f -> f.kind() == Routine.Kind.FUNCTION)
                        .toList())
                .map(f -> {
                    String name = draw.name(f.name()) + "(" + f.arguments() + ")";
                    return List.of(draw.dice()
                            .of(
                                    "DROP FUNCTION " + name,
                                    "ALTER FUNCTION " + name + " RENAME TO " + draw.fresh("function"),
                                    "ALTER FUNCTION " + name + " COST 7",
                                    "COMMENT ON FUNCTION " + name + " IS 'changed'"));
                })
                .orElse(List.of());
    }

    private static List<String> createTrigger(Draw draw) {
        return draw.table()
                .map(t -> {
                    String name = draw.fresh("trigger");
                    return List.of(
                            "CREATE FUNCTION " + name
                                    + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                            "CREATE TRIGGER " + name + " " + draw.dice().of("BEFORE", "AFTER") + " UPDATE ON "
                                    + draw.name(t) + " FOR EACH ROW EXECUTE FUNCTION " + name + "()");
                })
                .orElse(List.of());
    }

    private static List<String> createActing(Draw draw) {
        return draw.table()
                .filter(t -> draw.hasLog())
                .map(t -> Acting.on(
                        draw.dice(),
                        draw.fresh("acting"),
                        draw.name(t),
                        t.columns().stream()
                                .filter(c -> Draw.writable(c) && Draw.settled(c) && !Draw.isKey(t, c))
                                .map(c -> new Acting.Column(c.name(), Acting.Kind.of(draw.plainType(c))))
                                .toList()))
                .orElse(List.of());
    }

    private static List<String> switchTrigger(Draw draw) {
        return draw.table(t -> !t.triggers().isEmpty())
                .map(t -> List.of("ALTER TABLE " + draw.name(t) + " "
                        + draw.dice().of("DISABLE", "ENABLE", "ENABLE ALWAYS") + " TRIGGER "
                        + Identifier.quote(draw.dice().pick(t.triggers()).name())))
                .orElse(List.of());
    }

    private static List<String> dropRule(Draw draw) {
        return draw.table(t -> !t.rules().isEmpty())
                .map(t -> List.of("DROP RULE "
                        + Identifier.quote(draw.dice().pick(t.rules()).name()) + " ON " + draw.name(t)))
                .orElse(List.of());
    }

    private static List<String> dropTrigger(Draw draw) {
        return draw.table(t -> !t.triggers().isEmpty())
                .map(t -> List.of("DROP TRIGGER "
                        + Identifier.quote(draw.dice().pick(t.triggers()).name()) + " ON " + draw.name(t)))
                .orElse(List.of());
    }

    private static List<String> comment(Draw draw) {
        String text = draw.dice().of("'a new comment'", "NULL", "'ünïcode'");
        return draw.column(c -> true)
                .map(place -> {
                    String table = draw.name(place.table());
                    List<String> targets =
                            new ArrayList<>(List.of("TABLE " + table, "COLUMN " + table + "." + place.name()));
                    place.table().indexes().forEach(i -> targets.add("INDEX " + draw.name(i.name())));
                    place.table()
                            .constraints()
                            .forEach(c -> targets.add("CONSTRAINT " + Identifier.quote(c.name()) + " ON " + table));
                    return List.of("COMMENT ON " + draw.dice().pick(targets) + " IS " + text);
                })
                .orElse(List.of());
    }

    private static List<String> grant(Draw draw) {
        return draw.column(c -> true)
                .map(place -> {
                    String table = draw.name(place.table());
                    return List.of(draw.dice()
                            .of(
                                    "GRANT SELECT ON " + table + " TO PUBLIC",
                                    "GRANT INSERT, UPDATE ON " + table + " TO pg_monitor",
                                    "GRANT SELECT (" + place.name() + ") ON " + table + " TO pg_monitor",
                                    "REVOKE ALL ON " + table + " FROM pg_monitor"));
                })
                .orElse(List.of());
    }

    private static List<String> settings(Draw draw) {
        return draw.column(c -> true)
                .map(place -> {
                    String alter = "ALTER TABLE " + draw.name(place.table()) + " ";
                    return List.of(draw.dice()
                            .of(
                                    alter + "SET (fillfactor = 70)",
                                    alter + "ALTER COLUMN " + place.name() + " SET STATISTICS 300",
                                    alter + "ALTER COLUMN " + place.name() + " SET STORAGE EXTERNAL",
                                    alter + "REPLICA IDENTITY FULL",
                                    "CREATE STATISTICS " + draw.fresh("stats") + " ON " + place.name() + ", (md5("
                                            + place.name() + "::text)) FROM " + draw.name(place.table())));
                })
                .orElse(List.of());
    }
}
