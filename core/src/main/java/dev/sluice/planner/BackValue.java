package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.plan.LockMode;
import dev.sluice.plan.Probe;
import dev.sluice.plan.Step;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a column gets its old type back, and what becomes of values that this cannot hold: a text is cut to its length,
 * another value becomes NULL, and what was there is kept in an archived column of the new type. Only where a value must not
 * become NULL the way back stops and names it.
 */
record BackValue(Draft draft, Table table, TableDraft.Retyped change) {

    /** Types that a cast makes into any type of greater range without looking at settings, so that an index may have it. */
    private static final Set<String> IMMUTABLE = Set.of(
            "int2",
            "int4",
            "int8",
            "float4",
            "numeric",
            "varchar",
            "bpchar",
            "text",
            "citext",
            "timestamp",
            "timestamptz",
            "time",
            "timetz",
            "interval",
            "varbit",
            "cidr",
            "xml");

    BackValue {
        requireNonNull(draft);
        requireNonNull(table);
        requireNonNull(change);
    }

    Column before() {
        return table.column(change.column()).orElseThrow();
    }

    private String quoted() {
        return Identifier.quote(change.column());
    }

    private boolean cuts() {
        return change.back().isEmpty() && Derived.cutsText(before().type().formatted());
    }

    /** Whether a value that the old type cannot hold has to be changed by somebody first. */
    boolean mustFit() {
        return before().notNull() && !cuts() || !keeps();
    }

    /** Whether values that do not fit are found quickly enough to be kept: on a large table by an index of these alone. */
    boolean keeps() {
        String cast = Derived.converted(quoted(), Derived.withoutCollation(change.type()));
        return SafeForms.isSmall(table)
                || change.lossless()
                        && IMMUTABLE.contains(before().type().name().name())
                        && Set.of(quoted(), cast).contains(change.using().sql());
    }

    /** Names a value that does not fit before anything is changed. */
    Step check() {
        String what = table.name().name() + "." + change.column();
        return draft.step(
                        change.change(),
                        "evaluate-back " + what,
                        "try to give every value of " + what + " its old type")
                .because(
                        "it must not be NULL: a value that the old type cannot hold is named before anything is changed")
                .lock(table.name(), LockMode.ACCESS_SHARE)
                .scans(table)
                .check(
                        new Probe.Evaluates(
                                table.name(), List.of(derived("").assignable()), "true", SafeForms.keyColumns(table)),
                        "The old type cannot hold this value of " + what
                                + ". Change it (or keep the new type: fix forward), then run down again.");
    }

    /** @param target the column that gets the old value, made from that of the new type */
    Derived derived(String target) {
        String type = before().type().formatted();
        TableDraft.Retyped then = change.afterSwap();
        String sql = then.back()
                .map(back -> back.rewrite(r -> Optional.of(Identifier.quote(r.column()))))
                .orElse(
                        cuts()
                                ? "CAST(" + quoted() + " AS " + Derived.withoutCollation(type) + ")"
                                : Derived.converted(quoted(), type));
        return new Derived(
                target,
                change.oldType(before()),
                List.of(new Derived.Input(change.column(), Derived.withoutCollation(then.type()))),
                sql,
                sql,
                QualifiedName.of("sluice", draft.ownName(table.name().name(), "back", change.column())),
                new Derived.Traits(cuts(), false, true, false));
    }

    /**
     * Whether a row's new value cannot be made again from its old one. In the words of before the swap, or of after the
     * swap back.
     *
     * @param fresh the new value, as SQL
     * @param old the old value, as SQL
     */
    String lost(String fresh, String old) {
        String again = change.using()
                .rewrite(r -> Optional.of(
                        r.column().equals(change.column()) ? "(" + old + ")" : Identifier.quote(r.column())));
        return fresh + " IS NOT NULL AND NOT pg_catalog.record_image_eq(ROW(" + fresh + "), ROW(CAST((" + again
                + ") AS " + Derived.withoutCollation(change.type()) + ")))";
    }

    String archived() {
        return draft.archivedName(table, change.column());
    }

    /** Says what is kept, and drops it if it turns out that nothing is. */
    Step discard() {
        String archived = Identifier.quote(archived());
        return draft.step(
                        change.change(),
                        "discard " + table.name().name() + "." + change.column(),
                        "drop the values of " + table.name().name() + "." + change.column()
                                + " in the new type, or keep them in the archive if the old one cannot hold some")
                .because("values that the old version cannot hold are not thrown away")
                .lock(table.name(), LockMode.ACCESS_EXCLUSIVE)
                .discard(
                        table.name(),
                        Optional.of(archived()),
                        lost(archived, quoted()),
                        List.of("ALTER TABLE " + table.name().quoted() + " DROP COLUMN IF EXISTS " + archived));
    }
}
