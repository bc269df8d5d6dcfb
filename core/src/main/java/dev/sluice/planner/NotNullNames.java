package dev.sluice.planner;

import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Since PostgreSQL 18 NOT NULL is a constraint with a name, generated from that of its table. A table that the script
 * renames has its old name until the swap, so what the script makes NOT NULL after the rename has the wrong one till then.
 */
final class NotNullNames {

    private static final int FIRST_WITH_NAMES = 18;
    private static final Set<String> SERIAL =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    private final TableDraft table;
    private final Set<String> columns = new LinkedHashSet<>();

    NotNullNames(Draft draft, TableDraft table) {
        this.table = table;
        if (draft.catalog().majorVersion() < FIRST_WITH_NAMES || table.newName().isEmpty()) {
            return;
        }
        int renamed = table.newName().get().change().start();
        draft.request().up().statements().stream()
                .filter(s -> s.start() > renamed)
                .filter(s -> s.node().is("AlterTableStmt"))
                .filter(s -> draft.findTable(s.node().get("relation"))
                        .filter(t -> t == table)
                        .isPresent())
                .flatMap(s -> s.node().list("cmds").stream())
                .forEach(this::follow);
        columns.removeIf(c -> table.table().constraint(before(c)).isPresent());
    }

    private void follow(Node command) {
        String name = command.text("name");
        switch (command.text("subtype")) {
            case "AT_SetNotNull" -> makeNotNull(name);
            case "AT_AddConstraint" -> {
                Node key = command.get("def");
                if (key.text("contype").equals("CONSTR_PRIMARY")) {
                    key.strings("keys").forEach(this::makeNotNull);
                    table.table().indexes().stream()
                            .filter(i -> i.name().name().equals(key.text("indexname")))
                            .flatMap(i -> i.keyColumns().stream())
                            .forEach(this::makeNotNull);
                }
            }
            case "AT_DropNotNull", "AT_DropColumn" -> columns.remove(name);
            case "AT_AddColumn" -> {
                if (isUnnamedNotNull(command.get("def"))) {
                    columns.add(command.get("def").text("colname"));
                }
            }
            default -> {}
        }
    }

    private void makeNotNull(String column) {
        if (table.before(column).filter(c -> c.notNull()).isEmpty()) {
            columns.add(column);
        }
    }

    private static boolean isUnnamedNotNull(Node column) {
        List<String> type = column.get("typeName").strings("names");
        boolean named = column.list("constraints").stream()
                .anyMatch(c -> c.text("contype").equals("CONSTR_NOTNULL")
                        && !c.text("conname").isEmpty());
        return !named
                && (!type.isEmpty() && SERIAL.contains(type.get(type.size() - 1))
                        || column.list("constraints").stream()
                                .anyMatch(c -> Set.of("CONSTR_NOTNULL", "CONSTR_IDENTITY", "CONSTR_PRIMARY")
                                        .contains(c.text("contype"))));
    }

    /** Statements for right after the table got its new name. */
    List<String> forward() {
        return rename(this::before, this::after);
    }

    /** Statements for while the table still has its new name. */
    List<String> back() {
        return rename(this::after, this::before);
    }

    private String before(String column) {
        return Identifier.generated(table.name().name(), column, "not_null");
    }

    private String after(String column) {
        return Identifier.generated(table.newName().orElseThrow().after().name(), column, "not_null");
    }

    private List<String> rename(UnaryOperator<String> from, UnaryOperator<String> to) {
        String alter =
                "ALTER TABLE " + table.newName().map(r -> r.after().quoted()).orElse("") + " RENAME CONSTRAINT ";
        List<String> statements = new ArrayList<>();
        for (String column : columns) {
            statements.add(alter + Identifier.quote(from.apply(column)) + " TO " + Identifier.quote(to.apply(column)));
        }
        return statements;
    }
}
