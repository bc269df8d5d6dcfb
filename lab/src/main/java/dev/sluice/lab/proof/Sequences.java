package dev.sluice.lab.proof;

import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.HashMap;
import java.util.Map;

/** Sequences do not take part in transactions, and no way back gives their numbers back: two databases can drift apart. */
public final class Sequences {

    private Sequences() {}

    /** @param used whether that number was given out, or is the next one */
    private record Position(long number, boolean used) {}

    /** Sets those of {@code to} to where those of the same name in {@code from} are. */
    public static void align(Session from, Session to) {
        Map<QualifiedName, Position> wanted = positions(from);
        positions(to).forEach((name, position) -> {
            Position other = wanted.getOrDefault(name, position);
            if (!other.equals(position)) {
                to.execute("SELECT pg_catalog.setval(" + Identifier.literal(name.quoted()) + "::regclass, "
                        + other.number() + ", " + other.used() + ")");
            }
        });
    }

    private static Map<QualifiedName, Position> positions(Session session) {
        Map<QualifiedName, Position> positions = new HashMap<>();
        session.query(
                        "SELECT schemaname, sequencename, coalesce(last_value, start_value), last_value IS NOT NULL"
                                + " FROM pg_catalog.pg_sequences",
                        row -> Map.entry(
                                QualifiedName.of(row.text(1), row.text(2)), new Position(row.number(3), row.bool(4))))
                .forEach(entry -> positions.put(entry.getKey(), entry.getValue()));
        return positions;
    }
}
