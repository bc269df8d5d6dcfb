package dev.sluice.lint.size;

import static java.util.Objects.requireNonNull;

import dev.sluice.lint.effect.Effect;
import dev.sluice.plan.LockMode;
import dev.sluice.sql.QualifiedName;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The tables of a database, by size and use.
 *
 * @param source where the figures are from, for people: a database and a time
 * @param queries what the application asks, if the server keeps that
 */
public record Sizes(String source, Map<QualifiedName, TableSize> tables, List<BusyQuery> queries) {

    /** Nobody has measured. */
    public static final Sizes UNKNOWN = new Sizes("", Map.of(), List.of());

    public Sizes {
        requireNonNull(source);
        tables = Map.copyOf(new TreeMap<>(tables));
        queries = List.copyOf(queries);
    }

    /** The work of a statement on all rows of tables; empty when it does none, or of a table nobody has measured. */
    public Optional<Weight> of(Effect effect) {
        Set<QualifiedName> worked = new LinkedHashSet<>(effect.rewritten());
        worked.addAll(effect.scanned());
        worked.addAll(effect.indexed());
        worked.removeIf(table -> effect.lock(table) == LockMode.ACCESS_SHARE); // what is new
        if (worked.isEmpty() || !tables.keySet().containsAll(worked)) {
            return Optional.empty();
        }
        TableSize sum = new TableSize(0, 0, 0, 0, 0, 0);
        Duration duration = Duration.ZERO;
        LockMode lock = LockMode.ACCESS_SHARE;
        for (QualifiedName table : worked) {
            TableSize size = Optional.ofNullable(tables.get(table)).orElseThrow();
            sum = sum.plus(size);
            duration = duration.plus(
                    effect.rewritten().contains(table)
                            ? Work.rewrite(size)
                            : effect.indexed().contains(table) ? Work.index(size) : Work.read(size));
            lock = effect.lock(table).compareTo(lock) > 0 ? effect.lock(table) : lock;
        }
        return Optional.of(new Weight(sum, duration, lock, waiting(worked, lock)));
    }

    private List<BusyQuery> waiting(Set<QualifiedName> worked, LockMode lock) {
        boolean reads = lock.conflictsWith(LockMode.ACCESS_SHARE);
        return queries.stream()
                .filter(query -> reads
                        || !query.text()
                                .stripLeading()
                                .toLowerCase(java.util.Locale.ROOT)
                                .startsWith("select"))
                .filter(query -> worked.stream().anyMatch(table -> mentions(query.text(), table.name())))
                .sorted(Comparator.comparingDouble(BusyQuery::callsPerSecond).reversed())
                .toList();
    }

    /** As a word: these texts are the server's own, with constants taken out. */
    private static boolean mentions(String sql, String table) {
        return Pattern.compile("(?<![\\w$])" + Pattern.quote(table) + "(?![\\w$])")
                .matcher(sql)
                .find();
    }
}
