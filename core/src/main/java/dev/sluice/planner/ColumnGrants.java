package dev.sluice.planner;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import java.util.List;

/** Privileges on a column, as the statements that give them. */
final class ColumnGrants {

    private ColumnGrants() {}

    static List<String> statements(Table table, Column column) {
        return column.grants().stream()
                .map(grant -> "GRANT " + grant.privilege() + " (" + Identifier.quote(column.name()) + ") ON "
                        + table.name().quoted() + " TO "
                        + (grant.grantee().isEmpty() ? "PUBLIC" : Identifier.quote(grant.grantee()))
                        + (grant.grantable() ? " WITH GRANT OPTION" : ""))
                .toList();
    }
}
