package dev.sluice.lint.effect;

import dev.sluice.lint.schema.ColumnType;
import dev.sluice.lint.schema.KnownSchema;
import dev.sluice.lint.schema.KnownType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which values have the same bytes in both types, so that a column changes its type without its table being rewritten
 * ({@code ATColumnChangeRequiresRewrite}; binary-coercible casts of {@code pg_cast}; the support functions of length casts).
 */
final class Coercions {

    private static final Map<String, Set<String>> SAME_BYTES = Map.of(
            "varchar", Set.of("text"),
            "text", Set.of("varchar", "citext"),
            "citext", Set.of("text", "varchar"),
            "int4", Set.of("oid", "regclass", "regproc", "regtype"),
            "oid", Set.of("int4", "regclass", "regproc", "regtype"),
            "cidr", Set.of("inet"),
            "xml", Set.of("text", "varchar"),
            "bit", Set.of("varbit"),
            "varbit", Set.of("bit"));

    private final KnownSchema schema;

    Coercions(KnownSchema schema) {
        this.schema = schema;
    }

    /** Empty when it is not known. */
    Optional<Boolean> keepsBytes(ColumnType from, ColumnType to) {
        if (from.equals(to)) {
            return Optional.of(true);
        }
        Optional<KnownType> domain = schema.type(to).filter(t -> t.kind() == KnownType.Kind.DOMAIN);
        if (domain.isPresent()) {
            return domain.get().constrained()
                    ? Optional.of(false)
                    : keepsBytes(from, domain.get().base().orElseThrow());
        }
        Optional<KnownType> fromDomain = schema.type(from).filter(t -> t.kind() == KnownType.Kind.DOMAIN);
        if (fromDomain.isPresent()) {
            return keepsBytes(fromDomain.get().base().orElseThrow(), to);
        }
        if (from.name().isEmpty()) {
            return Optional.empty();
        }
        if (from.dimensions() != to.dimensions() || from.dimensions() > 0) {
            return Optional.of(from.dimensions() > 0
                    && to.dimensions() > 0
                    && from.modifiers().equals(to.modifiers())
                    && from.name().equals(to.name()));
        }
        if (from.name().equals(to.name())) {
            return Optional.of(widens(from, to));
        }
        if (isTimestamp(from) && isTimestamp(to)) {
            return Optional.of(precisionFits(from, to) && zoneIsUtc());
        }
        boolean same = SAME_BYTES.getOrDefault(from.name(), Set.of()).contains(to.name());
        return Optional.of(same && fitsAnyLength(from, to));
    }

    private static boolean isTimestamp(ColumnType type) {
        return Set.of("timestamp", "timestamptz").contains(type.name());
    }

    /** "coerce to varchar(n)" has to look at each value, unless they come from a narrower varchar. */
    private static boolean fitsAnyLength(ColumnType from, ColumnType to) {
        return to.modifiers().isEmpty() && !to.name().equals("bit")
                || to.name().equals("varbit") && from.modifiers().equals(to.modifiers());
    }

    private boolean zoneIsUtc() {
        return schema.setting("timezone")
                .map(zone -> Set.of("utc", "etc/utc", "gmt", "etc/gmt", "universal", "zulu", "etc/uct", "uct")
                        .contains(zone.toLowerCase(java.util.Locale.ROOT)))
                .orElse(true);
    }

    private static boolean widens(ColumnType from, ColumnType to) {
        List<Integer> before = from.modifiers();
        List<Integer> after = to.modifiers();
        return switch (from.name()) {
            case "varchar", "varbit" -> after.isEmpty() || !before.isEmpty() && after.get(0) >= before.get(0);
            case "numeric" ->
                after.isEmpty()
                        || !before.isEmpty()
                                && after.get(0) >= before.get(0)
                                && scale(before).equals(scale(after));
            case "timestamp", "timestamptz", "time", "timetz", "interval" -> precisionFits(from, to);
            default -> before.equals(after);
        };
    }

    private static Integer scale(List<Integer> modifiers) {
        return modifiers.size() > 1 ? modifiers.get(1) : 0;
    }

    private static boolean precisionFits(ColumnType from, ColumnType to) {
        return to.modifiers().isEmpty()
                || !from.modifiers().isEmpty()
                        && to.modifiers().get(0) >= from.modifiers().get(0)
                || to.modifiers().get(0) >= 6;
    }

    /** Whether an index on the column can stay: the same operators, and the same order of values. */
    static boolean keepsIndex(ColumnType from, ColumnType to) {
        Set<String> texts = Set.of("text", "varchar");
        Set<String> addresses = Set.of("cidr", "inet");
        return from.name().equals(to.name())
                || texts.contains(from.name()) && texts.contains(to.name())
                || addresses.contains(from.name()) && addresses.contains(to.name());
    }
}
