package dev.sluice.lab.rows;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Tokens;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds a table's columns in an expression. */
final class ColumnNames {

    private ColumnNames() {}

    /** The columns whose names occur; too many rather than too few. */
    static Set<String> in(String expression, Table table) {
        Set<String> names = Tokens.of(expression).stream()
                .filter(token -> token.kind() == Tokens.Kind.WORD || token.kind() == Tokens.Kind.QUOTED)
                .map(Tokens.Token::identifier)
                .collect(Collectors.toSet());
        return table.columns().stream()
                .map(Column::name)
                .filter(names::contains)
                .collect(Collectors.toSet());
    }
}
