package dev.sluice.postgres.op;

import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Note;
import dev.sluice.plan.Step;
import dev.sluice.planner.Change;
import dev.sluice.planner.ColumnDefinition;
import dev.sluice.planner.CompiledFunctions;
import dev.sluice.planner.Draft;
import dev.sluice.planner.PutAside;
import dev.sluice.planner.Slot;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * DROP COLUMN and ADD COLUMN of one name, as some generators write a change of type: the values do not come along. Only
 * when a directive allows it: the old column goes into the archive in contract, and the new one comes right behind.
 */
final class ReplacedColumn {

    private static final Set<String> SIMPLE = Set.of("CONSTR_DEFAULT", "CONSTR_NOTNULL", "CONSTR_NULL");

    /** Literals, with a cast or not, and what one statement evaluates once. */
    private static final Pattern CONSTANT = Pattern.compile(
            "(?is)(-?[0-9.]+|'([^']|'')*'|true|false|null|now\\(\\)|current_timestamp|current_date)(::[a-z0-9_ .\"\\[\\]]+)?");

    private ReplacedColumn() {}

    static void plan(Change change, Draft draft, TableDraft table, ColumnDefinition definition) {
        String name = definition.name();
        draft.refuseUnlessAllowed(
                change,
                "same-name-cutover",
                "the script takes column \"" + name + "\" of " + table.name() + " away and adds another one of that"
                        + " name, which does not get its values: while both versions run, the two columns cannot share it",
                "To keep the values, write ALTER COLUMN " + Identifier.quote(name)
                        + " TYPE … USING … in the place of both."
                        + " Otherwise give the new column another name now; rename it in a later migration, after contract"
                        + " and purge. Or accept that the old version works until the swap of the contract phase, the new"
                        + " version only from then on, and that the values go into the archive.");
        requireSimple(change, draft, table, definition);
        String quoted = Identifier.quote(name);
        String archived = draft.archivedName(table.table(), name + "_new");
        String alter = "ALTER TABLE " + table.name().quoted();
        String what = table.name().name() + "." + name;
        String keepWhen = Identifier.quote(archived) + " IS NOT NULL"
                + definition
                        .defaultExpression()
                        .filter(d -> !d.equalsIgnoreCase("null"))
                        .map(d -> " AND " + Identifier.quote(archived) + "::text IS DISTINCT FROM (" + d + ")::"
                                + definition.type() + "::text")
                        .orElse("");
        List<String> compiledAnew = CompiledFunctions.anew(draft.catalog(), table.table(), List.of(name));
        Step putAside = draft.step(change, "put aside " + what, "take the new " + what + " out of the way")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                .brief(Step.Purpose.ARCHIVE, then(PutAside.sql(table.name(), name, archived), compiledAnew));
        Step discard = draft.step(
                        change,
                        "discard new " + what,
                        "drop the new " + what + ", or keep it in the archive if it holds values of its own")
                .because("values that the old version cannot hold are not thrown away")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                .discard(
                        table.name(),
                        Optional.of(archived),
                        keepWhen,
                        List.of(alter + " DROP COLUMN IF EXISTS " + Identifier.quote(archived)));
        draft.add(
                Slot.AFTER_SWAP,
                draft.step(change, "add new " + what, "add the new " + what)
                        .because("the old column of that name is in the archive; the default is constant: no rewrite")
                        .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                        .undo(putAside, discard)
                        .brief(Step.Purpose.DDL, then(alter + " " + change.text(), compiledAnew)));
        draft.note(
                Note.Level.WARNING,
                change.source(),
                "the new version works only from the end of contract on; the values of " + quoted
                        + " do not come along: until purge they are in the archive",
                "same-name-cutover");
    }

    private static List<String> then(String first, List<String> more) {
        return Stream.concat(Stream.of(first), more.stream()).toList();
    }

    private static void requireSimple(Change change, Draft draft, TableDraft table, ColumnDefinition definition) {
        String name = definition.name();
        boolean simple = definition.parts().stream().allMatch(p -> SIMPLE.contains(p.kind()))
                && definition
                        .defaultExpression()
                        .map(d -> CONSTANT.matcher(d).matches())
                        .orElse(true)
                && (!definition.isNotNull() || definition.defaultExpression().isPresent())
                && !definition.type().toLowerCase(java.util.Locale.ROOT).contains("serial")
                && draft.catalog().types().values().stream()
                        .noneMatch(t -> t.kind() == dev.sluice.catalog.UserType.Kind.DOMAIN
                                && Placement.names(definition.type())
                                        .contains(t.name().name()))
                && table.table().kind() == Table.Kind.ORDINARY
                && !table.table().isPartition()
                && table.table().inheritedBy().isEmpty();
        if (!simple) {
            throw draft.refuse(
                    change,
                    "same-name-cutover",
                    "in the place of a column of its name only one comes that is nullable or has a constant default, without"
                            + " constraints of its own: it has to be added in an instant",
                    "Give the new column another name now.");
        }
        boolean more = draft.request().up().statements().stream()
                .flatMap(s -> Change.of(s).stream())
                .filter(c -> c.start() != change.start())
                .filter(c -> !c.equals(table.dropped().get(name)))
                .anyMatch(c -> Placement.names(c.text()).contains(name));
        if (more || table.newName().isPresent()) {
            throw draft.refuse(
                    change,
                    "same-name-cutover",
                    "the script says more of \"" + name + "\", of which there are two, or renames the table",
                    "Say it in a later migration.");
        }
    }
}
