package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.UserType;
import dev.sluice.planner.Change;
import dev.sluice.planner.ChangeRefused;
import dev.sluice.planner.Draft;
import dev.sluice.planner.TableDraft;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An enum that a script makes anew, as generators of migrations do to take a label away: CREATE TYPE with the labels that
 * stay, ALTER COLUMN TYPE over text, two renames, DROP TYPE.
 *
 * @param conversion the ALTER COLUMN TYPE
 * @param made the CREATE TYPE
 */
record EnumAnew(Change conversion, Node made) {

    private static final String HAZARD = "same-name-cutover";

    /** The first column that the script converts to an enum of its own. */
    static Optional<EnumAnew> of(Draft draft) {
        return draft.request().up().statements().stream()
                .flatMap(statement -> Change.of(statement).stream())
                .flatMap(change -> of(draft, change).stream())
                .findFirst();
    }

    private static Optional<EnumAnew> of(Draft draft, Change change) {
        if (!change.kind().equals("AT_AlterColumnType")) {
            return Optional.empty();
        }
        List<String> to = change.command().get("def").get("typeName").strings("names");
        return draft.request().up().statements().stream()
                .map(statement -> statement.node())
                .filter(node -> node.is("CreateEnumStmt")
                        && ObjectNames.last(node.strings("typeName")).equals(ObjectNames.last(to)))
                .findFirst()
                .map(made -> new EnumAnew(change, made));
    }

    /** Refuses the conversion of an enum column, unless the author accepts that the column changes at one moment. */
    static void requireNot(Change change, Draft draft, TableDraft table, Column column) {
        Optional<UserType> before = draft.catalog()
                .type(column.type().name())
                .filter(t -> !t.labels().isEmpty());
        Optional<EnumAnew> anew = of(draft, change);
        if (before.isEmpty() || anew.isEmpty() || draft.directives().allows(change, HAZARD)) {
            return;
        }
        List<String> stay = anew.get().made.strings("vals");
        List<String> gone =
                before.get().labels().stream().filter(l -> !stay.contains(l)).toList();
        List<String> come =
                stay.stream().filter(l -> !before.get().labels().contains(l)).toList();
        String type = before.get().name().quoted();
        List<String> advice = new ArrayList<>();
        if (!come.isEmpty()) {
            advice.add(
                    "Add labels by ALTER TYPE " + type + " ADD VALUE …: no row is rewritten, and both versions go on.");
        }
        if (!gone.isEmpty()) {
            advice.add("Leave the labels in the type, and forbid them: ALTER TABLE "
                    + table.name().quoted() + " ADD CHECK (" + Identifier.quote(column.name()) + "::text NOT IN ("
                    + literals(gone) + ")).");
        }
        throw draft.refuse(
                change,
                HAZARD,
                "the script makes enum " + type + " anew"
                        + (gone.isEmpty() ? "" : ", without " + literals(gone))
                        + (come.isEmpty() ? "" : ", with " + literals(come))
                        + ", and writes every row of " + table.name()
                        + " again for it: until that is done the old version"
                        + " needs the old type, and after it the new one",
                advice.isEmpty() ? "The labels are the same: leave it out." : String.join(" ", advice));
    }

    /** For a statement that only makes sense as a part of it. */
    static Optional<ChangeRefused> asPart(Change change, Draft draft) {
        return of(draft)
                .map(anew -> draft.refuse(
                        change,
                        HAZARD,
                        "it is a part of making an enum anew, see line "
                                + anew.conversion.source().line(),
                        "See there."));
    }

    private static String literals(List<String> labels) {
        return labels.stream().map(Identifier::literal).collect(Collectors.joining(", "));
    }
}
