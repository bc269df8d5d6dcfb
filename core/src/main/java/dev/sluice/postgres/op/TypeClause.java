package dev.sluice.postgres.op;

import dev.sluice.planner.Change;
import dev.sluice.sql.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code ALTER [COLUMN] name [SET DATA] TYPE type [COLLATE c] [USING expression]} says, as it is written.
 *
 * @param type with its collation, if it has one
 */
record TypeClause(String type, Optional<String> using) {

    static TypeClause of(Change change) {
        String text = change.text();
        List<Tokens.Token> top =
                Tokens.of(text).stream().filter(t -> t.depth() == 0).toList();
        int type = 0;
        for (int i = 2; i < top.size(); i++) {
            if (top.get(i).isWord("type") && type == 0) {
                type = i;
            }
            if (top.get(i).isWord("using") && type > 0) {
                return new TypeClause(
                        text.substring(top.get(type).end(), top.get(i).start()).strip(),
                        Optional.of(text.substring(top.get(i).end()).strip()));
            }
        }
        return new TypeClause(text.substring(top.get(type).end()).strip(), Optional.empty());
    }

    String typeWithoutCollation() {
        int collate = type.toUpperCase(Locale.ROOT).indexOf(" COLLATE ");
        return collate < 0 ? type : type.substring(0, collate);
    }
}
