package dev.sluice.lab.fuzz;

import dev.sluice.sql.Identifier;
import java.util.Optional;

/**
 * A column of a generated table.
 *
 * @param name unquoted
 * @param definition what follows the name in CREATE TABLE
 * @param value expression over {@code i}, the row's number; empty where the column fills itself
 */
record FuzzColumn(String name, String definition, Optional<String> value) {

    String sql() {
        return Identifier.quote(name) + " " + definition;
    }

    /** The same column without the first thing after its type, if it has any. */
    FuzzColumn simpler() {
        return new FuzzColumn(
                name,
                definition
                        .replaceFirst(" (CONSTRAINT \\S+ )?CHECK \\(.*\\)", "")
                        .replaceFirst(" DEFAULT .*?(?= NOT NULL|$)", ""),
                value);
    }
}
