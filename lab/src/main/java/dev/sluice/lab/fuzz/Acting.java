package dev.sluice.lab.fuzz;

import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Optional;

/** Triggers and rules that do something: they write to a log, or change the row that is written. */
final class Acting {

    /** Where they write. No form of statement touches it. */
    static final String LOG = "acts_log";

    static final String MAKE_LOG = "CREATE TABLE " + LOG + " (what text)";

    private Acting() {}

    /** A column that a trigger reads or changes. */
    record Column(String name, Kind kind) {}

    enum Kind {
        NUMBER,
        TEXT,
        OTHER;

        /** @param type where it is built in */
        static Kind of(Optional<ColumnType> type) {
            return type.filter(ColumnType::isNumber).isPresent()
                    ? NUMBER
                    : type.filter(ColumnType::isText).isPresent() ? TEXT : OTHER;
        }
    }

    /**
     * A trigger or a rule on a table.
     *
     * @param name of it and of its function, quoted
     * @param columns those it may change
     */
    static List<String> on(Dice dice, String name, String table, List<Column> columns) {
        int kind = dice.between(1, 10);
        if (kind <= 3 && !columns.isEmpty()) {
            return changing(dice, name, table, dice.pick(columns));
        }
        if (kind <= 8) {
            return logging(dice, name, table, columns);
        }
        String event = dice.of("INSERT", "UPDATE", "DELETE");
        return List.of("CREATE RULE " + name + " AS ON " + event + " TO " + table + " DO ALSO INSERT INTO public." + LOG
                + " VALUES ('rule')");
    }

    private static List<String> changing(Dice dice, String name, String table, Column column) {
        String field = "NEW." + Identifier.quote(column.name());
        String change = switch (column.kind()) {
            case NUMBER -> field + " := coalesce(" + field + ", 0) + 1";
            case TEXT -> field + " := upper(" + field + ")";
            case OTHER -> "PERFORM 1";
        };
        return List.of(
                function(name, change + "; RETURN NEW;"),
                "CREATE TRIGGER " + name + " BEFORE " + dice.of("UPDATE", "INSERT OR UPDATE", "INSERT") + " ON " + table
                        + " FOR EACH ROW EXECUTE FUNCTION " + name + "()");
    }

    private static List<String> logging(Dice dice, String name, String table, List<Column> columns) {
        String events = dice.of("UPDATE", "INSERT OR UPDATE", "INSERT OR UPDATE OR DELETE", "DELETE", "INSERT");
        boolean row = dice.percent(80);
        String what = "TG_OP";
        if (row && !columns.isEmpty() && dice.percent(60)) {
            String field = "." + Identifier.quote(dice.pick(columns).name()) + "::text";
            what += " || coalesce(OLD" + field + ", '-') || coalesce(NEW" + field + ", '-')";
        }
        return List.of(
                function(name, "INSERT INTO public." + LOG + " VALUES (" + what + "); RETURN NULL;"),
                "CREATE TRIGGER " + name + " AFTER " + events + " ON " + table
                        + (row ? " FOR EACH ROW" : " FOR EACH STATEMENT") + " EXECUTE FUNCTION " + name + "()");
    }

    private static String function(String name, String body) {
        return "CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$";
    }

    /** Whether anything in these statements does something when rows change. */
    static boolean in(List<String> statements) {
        return statements.stream()
                .anyMatch(sql -> sql.contains("RETURNS trigger") && !sql.contains("BEGIN RETURN NEW;")
                        || sql.startsWith("CREATE RULE"));
    }
}
