package dev.sluice.postgres.op;

import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.Draft;
import dev.sluice.planner.Mark;
import dev.sluice.planner.NewTableKeys;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import dev.sluice.sql.QualifiedName;
import dev.sluice.sql.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key of a table that the migration makes, which waits for contract: see {@link NewTableKeys}.
 *
 * @param key its node
 * @param columns of the new table
 * @param definition {@code FOREIGN KEY (…) REFERENCES …}
 * @param from where its text begins in the CREATE TABLE, with a comma that goes with it
 * @param to where it ends
 */
record LaterKey(Node key, List<String> columns, String definition, int from, int to) {

    LaterKey {
        columns = List.copyOf(columns);
    }

    /** Those of a CREATE TABLE, in the order of the text. */
    static List<LaterKey> of(Change change, Draft draft, QualifiedName table) {
        String sql = change.statement().sql();
        List<Tokens.Token> tokens = Tokens.of(sql);
        List<LaterKey> keys = new ArrayList<>();
        for (Node element : change.command().list("tableElts")) {
            if (element.is("Constraint") && NewTableKeys.waits(draft, change, table, element)) {
                int start = change.statement().offset(element);
                int end = endOfElement(sql, tokens, start);
                keys.add(new LaterKey(
                        element,
                        element.strings("fk_attrs"),
                        withoutName(sql.substring(start, end)),
                        commaBefore(tokens, start),
                        end));
            }
            List<Node> constraints = element.list("constraints");
            for (int i = 0; i < constraints.size(); i++) {
                Node key = constraints.get(i);
                if (NewTableKeys.waits(draft, change, table, key)) {
                    int start = change.statement().offset(key);
                    int end = endOfElement(sql, tokens, start);
                    for (int next = constraints.size() - 1; next > i; next--) {
                        boolean attribute =
                                constraints.get(next).text("contype").startsWith("CONSTR_ATTR_");
                        end = attribute ? end : Math.min(end, change.statement().offset(constraints.get(next)));
                    }
                    String column = element.text("colname");
                    keys.add(new LaterKey(
                            key,
                            List.of(column),
                            "FOREIGN KEY (" + Identifier.quote(column) + ") "
                                    + withoutName(sql.substring(start, end).strip()),
                            start,
                            end));
                }
            }
        }
        keys.sort(Comparator.comparingInt(LaterKey::from));
        return keys;
    }

    /** The CREATE TABLE without them. */
    static String without(List<LaterKey> keys, String sql) {
        StringBuilder text = new StringBuilder(sql);
        for (int i = keys.size() - 1; i >= 0; i--) {
            text.delete(keys.get(i).from, keys.get(i).to);
        }
        return text.toString();
    }

    /** That of an ALTER TABLE … ADD. */
    static LaterKey of(Change change) {
        List<Tokens.Token> tokens = Tokens.of(change.text());
        String added = change.text().substring(tokens.get(1).start());
        Node key = change.command().get("def");
        return new LaterKey(key, key.strings("fk_attrs"), withoutName(added), 0, 0);
    }

    /** The table's own undo comes after this one. */
    void add(Change change, Draft draft, QualifiedName table) {
        TableDraft parent = draft.table(change, key.get("pktable"));
        QualifiedName target = parent.name();
        List<String> targetColumns = NewTableKeys.targetColumns(key, parent);
        String name =
                key.has("conname") ? key.text("conname") : GeneratedNames.foreignKey(draft, change, table, columns);
        draft.mark(new Mark.ConstraintMade(table.withName(name)));
        String what = name + " on " + table.name();
        String alter = "ALTER TABLE " + table.quoted();
        String bare = definition.replaceFirst("(?i)\\s+NOT\\s+VALID\\s*$", "");
        boolean staysNotValid = !bare.equals(definition);
        boolean comes = NewTableKeys.comes(draft, key);
        Slot slot = comes ? Slot.AFTER_SWAP : Slot.PREPARE;
        Optional<Probe> orphans = targetColumns.size() == columns.size() && slot == Slot.PREPARE
                ? Optional.of(new Probe.NoResult(orphans(table, target, targetColumns)))
                : Optional.empty();
        if (!staysNotValid) {
            orphans.ifPresent(probe -> draft.add(
                    Slot.CONTRACT_PREFLIGHT,
                    draft.step(
                                    change,
                                    "orphans " + what,
                                    "look for rows of " + table.name() + " without a row in " + target.name())
                            .because("rows that they point to may have been deleted since")
                            .lock(table, LockMode.ACCESS_SHARE)
                            .lock(target, LockMode.ACCESS_SHARE)
                            .check(
                                    probe,
                                    "These rows point to rows of " + target
                                            + " that do not exist any more. Correct or delete them, then run contract"
                                            + " again.")));
        }
        Step undo = draft.step(change, "drop-constraint " + what, "drop constraint " + what)
                .lock(table, LockMode.ACCESS_EXCLUSIVE)
                .lock(target, LockMode.ACCESS_EXCLUSIVE)
                .brief(
                        Step.Purpose.DDL,
                        "ALTER TABLE IF EXISTS " + table.quoted() + " DROP CONSTRAINT IF EXISTS "
                                + Identifier.quote(name));
        draft.add(
                slot,
                draft.step(change, "add-constraint " + what, "add constraint " + what + " for new writes")
                        .because((comes
                                        ? "what it refers to is made just before"
                                        : "the old version deletes rows that rows of the new table may point to")
                                + "; NOT VALID needs no scan under the lock")
                        .lock(table, LockMode.SHARE_ROW_EXCLUSIVE)
                        .lock(target, LockMode.SHARE_ROW_EXCLUSIVE)
                        .undo(undo)
                        .brief(
                                Step.Purpose.DDL,
                                alter + " ADD CONSTRAINT " + Identifier.quote(name) + " " + bare + " NOT VALID"));
        if (!staysNotValid) {
            draft.add(
                    slot,
                    draft.step(change, "validate " + what, "check the existing rows against " + what)
                            .because("reads the new table without stopping writers")
                            .lock(target, LockMode.ROW_SHARE)
                            .validate(table, name, alter + " VALIDATE CONSTRAINT " + Identifier.quote(name), orphans));
        }
        tell(change, draft, table, parent, name, comes);
    }

    private static void tell(
            Change change, Draft draft, QualifiedName table, TableDraft parent, String name, boolean comes) {
        String waits = "foreign key " + name + " of the new table waits for contract: ";
        String until = "Until then nothing stops rows of " + table.name() + " from pointing to rows that are "
                + (comes ? "not there" : "gone") + ", and contract stops at them.";
        draft.note(
                Note.Level.WARNING,
                change.source(),
                comes
                        ? waits + "the columns of " + parent.name()
                                + " that it refers to, or their key, are made only there. " + until
                        : waits + "rows are deleted from " + parent.name() + " ("
                                + parent.table().stats().deleted()
                                + " so far), and the old version must go on doing so. " + until
                                + " ON DELETE CASCADE or SET NULL, or `-- sluice:phase expand` above the statement,"
                                + " makes the key at once.",
                "create-table-with-fk");
    }

    private String orphans(QualifiedName table, QualifiedName target, List<String> targetColumns) {
        return new Orphans(
                        table,
                        quoted(Orphans.CHILD, columns),
                        target,
                        quoted(Orphans.PARENT, targetColumns),
                        key.text("fk_matchtype").equals("f"))
                .query(Orphans.CHILD + "*");
    }

    private static List<String> quoted(String of, List<String> columns) {
        return columns.stream().map(c -> of + Identifier.quote(c)).toList();
    }

    private static String withoutName(String text) {
        List<Tokens.Token> tokens = Tokens.of(text);
        return tokens.get(0).isWord("constraint") ? text.substring(tokens.get(2).start()) : text;
    }

    /** Elements are apart by commas, one bracket deep. */
    private static int endOfElement(String sql, List<Tokens.Token> tokens, int start) {
        return tokens.stream()
                .filter(t -> t.start() > start && (t.is(",") && t.depth() == 1 || t.is(")") && t.depth() == 0))
                .findFirst()
                .map(Tokens.Token::start)
                .map(end -> sql.substring(0, end).stripTrailing().length())
                .orElseThrow();
    }

    private static int commaBefore(List<Tokens.Token> tokens, int start) {
        return tokens.stream()
                .filter(t -> t.end() <= start && t.is(",") && t.depth() == 1)
                .reduce((first, second) -> second)
                .map(Tokens.Token::start)
                .orElse(start);
    }
}
