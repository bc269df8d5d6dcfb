package dev.sluice.lint.rule;

import dev.sluice.lint.About;
import dev.sluice.lint.Report;
import dev.sluice.lint.Rule;
import dev.sluice.lint.Scene;
import dev.sluice.lint.Severity;
import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A column of another type than the key that it refers to. */
final class MismatchedReferenceType implements Rule {

    @Override
    public String id() {
        return "mismatched-reference-type";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public About about() {
        return new About(
                "a reference of another type than its key",
                """
                A smaller integer cannot hold all keys, and the day they outgrow it every INSERT fails. Types of
                different families cannot be compared: PostgreSQL refuses such a foreign key.""",
                "Give the referring column the type of the key.");
    }

    @Override
    public void check(Scene scene, Report report) {
        for (ForeignKey key : ForeignKey.of(scene)) {
            for (int i = 0; i < Math.min(key.columns().size(), key.referencedColumns(scene).size()); i++) {
                String column = key.columns().get(i);
                String target = key.referencedColumns(scene).get(i);
                Optional<ColumnType> type = key.type(scene, column);
                Optional<ColumnType> wanted = scene.schema()
                        .table(key.referenced())
                        .flatMap(t -> t.column(target))
                        .map(KnownColumn::type);
                if (type.isPresent() && wanted.isPresent() && !holds(type.get().name(), wanted.get().name())) {
                    report.found(
                            family(type.get().name()) == family(wanted.get().name()) ? Severity.WARNING : Severity.ERROR,
                            key.node(),
                            key.table().name() + "." + column + " is " + type.get().name() + ", but "
                                    + key.referenced().name() + "." + target + " is " + wanted.get().name(),
                            key.table(),
                            key.referenced());
                }
            }
        }
    }

    private static final List<String> INTEGERS = List.of("int2", "int4", "int8");
    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext");

    /** Types that are not known to differ are taken as fitting: they may be domains. */
    private static boolean holds(String type, String key) {
        if (INTEGERS.contains(type) && INTEGERS.contains(key)) {
            return INTEGERS.indexOf(type) >= INTEGERS.indexOf(key);
        }
        return family(type) == 0 || family(key) == 0 || family(type) == family(key);
    }

    private static int family(String type) {
        return INTEGERS.contains(type) ? 1 : TEXTS.contains(type) ? 2 : type.equals("uuid") ? 3 : 0;
    }
}
