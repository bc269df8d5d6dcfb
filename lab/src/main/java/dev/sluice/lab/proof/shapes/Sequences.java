package dev.sluice.lab.proof.shapes;

import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sequences do not take part in transactions, so two databases can drift apart. */
final class Sequences {

    private Sequences() {}

    /** Sets those of {@code to} to where those of the same name in {@code from} are. */
    static void align(Session from, Session to) {
        Map<QualifiedName, Optional<Long>> wanted = values(from);
        values(to).forEach((name, value) -> {
            Optional<Long> other = wanted.getOrDefault(name, value);
            if (other.isPresent() && !other.equals(value)) {
                to.execute("SELECT pg_catalog.setval(" + Identifier.literal(name.quoted()) + "::regclass, "
                        + other.get() + ")");
            }
        });
    }

    private static Map<QualifiedName, Optional<Long>> values(Session session) {
        Map<QualifiedName, Optional<Long>> values = new HashMap<>();
        session.query(
                        "SELECT schemaname, sequencename, last_value FROM pg_catalog.pg_sequences",
                        row -> Map.entry(QualifiedName.of(row.text(1), row.text(2)), row.numberIfAny(3)))
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }
}
