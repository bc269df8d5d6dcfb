package dev.sluice.lab.rows;

import dev.sluice.sql.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes lists of texts as SQL: {@code '{"a",NULL}'::text[]}, which PostgreSQL reads much faster than a list of VALUES. */
final class TextArrays {

    private TextArrays() {}

    static String literal(Collection<String> texts) {
        return nullable(texts.stream().map(Optional::of).toList());
    }

    /** Empty elements are NULL. */
    static String nullable(List<Optional<String>> texts) {
        StringBuilder array = new StringBuilder("{");
        for (Optional<String> text : texts) {
            if (array.length() > 1) {
                array.append(',');
            }
            array.append(text.map(NestedValues::quoted).orElse("NULL"));
        }
        return Identifier.literal(array.append('}').toString()) + "::pg_catalog.text[]";
    }
}
