package dev.sluice.catalog;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A view or materialized view.
 *
 * @param definition {@code pg_get_viewdef}, qualified
 * @param options {@code security_invoker=true}, {@code check_option=local}, fillfactor of a matview, …
 * @param populated false for a materialized view created WITH NO DATA
 * @param indexes of a materialized view
 */
public record View(
        QualifiedName name,
        long oid,
        Kind kind,
        String owner,
        List<Column> columns,
        String definition,
        List<String> options,
        boolean populated,
        List<Index> indexes,
        List<Trigger> triggers,
        List<Rule> rules,
        Optional<String> tablespace,
        Optional<String> accessMethod,
        Optional<String> comment,
        List<Grant> grants) {

    public enum Kind {
        VIEW,
        MATERIALIZED
    }

    public View {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(owner, "owner");
        columns = List.copyOf(columns);
        Objects.requireNonNull(definition, "definition");
        options = List.copyOf(options);
        indexes = List.copyOf(indexes);
        triggers = List.copyOf(triggers);
        rules = List.copyOf(rules);
        Objects.requireNonNull(tablespace, "tablespace");
        Objects.requireNonNull(accessMethod, "accessMethod");
        Objects.requireNonNull(comment, "comment");
        grants = List.copyOf(grants);
    }
}
