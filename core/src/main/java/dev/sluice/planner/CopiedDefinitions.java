package dev.sluice.planner;

import static java.util.Objects.requireNonNull;

import dev.sluice.catalog.Constraint;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Definitions of indexes and constraints as PostgreSQL prints them, with other columns in the place of some. */
final class CopiedDefinitions {

    private final Map<String, String> standIns;

    /** @param standIns by the name of the column whose place each takes */
    CopiedDefinitions(Map<String, String> standIns) {
        this.standIns = Map.copyOf(standIns);
    }

    /** The columns, stand-ins in the place of those that have one. */
    List<String> mapped(List<String> names) {
        return names.stream().map(n -> standIns.getOrDefault(n, n)).toList();
    }

    /** FOREIGN KEY (…) REFERENCES t(…) with other columns; what follows is kept. */
    static String foreignKey(Constraint key, List<String> from, List<String> to) {
        List<Tokens.Token> tokens = Tokens.of(key.definition());
        int closings = 0;
        int end = 0;
        for (Tokens.Token token : tokens) {
            if (token.is(")") && token.depth() == 0 && ++closings == 2) {
                end = token.end();
            }
        }
        Map<String, String> own = new HashMap<>();
        for (int i = 0; i < from.size(); i++) {
            own.put(key.columns().get(i), from.get(i));
        }
        // ON DELETE SET NULL (columns) names them once more
        return "FOREIGN KEY (" + quoted(from) + ") REFERENCES "
                + key.foreignKey().orElseThrow().table().quoted() + " (" + quoted(to) + ")"
                + new CopiedDefinitions(own).rewrite(key.definition().substring(end));
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Identifier::quote).toList());
    }

    /** CREATE INDEX as PostgreSQL prints it, under another name and on the stand-ins. */
    String renamedIndex(String definition, String name) {
        List<Tokens.Token> tokens = Tokens.of(definition);
        int word = 0;
        while (!tokens.get(word).isWord("index")) {
            word++;
        }
        int using = word;
        while (!tokens.get(using).isWord("using")) {
            using++;
        }
        Tokens.Token old = tokens.get(word + 1);
        int body = tokens.get(using).start();
        return definition.substring(0, old.start())
                + Identifier.quote(name)
                + definition.substring(old.end(), body)
                + rewrite(definition.substring(body));
    }

    /**
     * Puts the stand-ins' names in the place of the columns' in a definition as PostgreSQL prints it, where a bare
     * identifier that is neither called nor qualified is a column.
     */
    String rewrite(String definition) {
        List<Tokens.Token> tokens = Tokens.of(definition);
        StringBuilder text = new StringBuilder(definition);
        for (int i = tokens.size() - 1; i >= 0; i--) {
            Tokens.Token token = tokens.get(i);
            boolean identifier = token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED;
            boolean called = i + 1 < tokens.size()
                    && (tokens.get(i + 1).is("(") || tokens.get(i + 1).is("."));
            boolean qualified = i > 0
                    && (tokens.get(i - 1).is(".")
                            || tokens.get(i - 1).isWord("collate")
                            || tokens.get(i - 1).is(":"));
            if (identifier && token.depth() > 0 && !called && !qualified && standIns.containsKey(token.identifier())) {
                text.replace(
                        token.start(), token.end(), Identifier.quote(requireNonNull(standIns.get(token.identifier()))));
            }
        }
        return text.toString();
    }
}
