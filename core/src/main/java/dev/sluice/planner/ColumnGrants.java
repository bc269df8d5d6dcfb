package dev.sluice.planner;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.Table;
import dev.sluice.sql.Identifier;
import java.util.List;

/** Privileges on a column, as the statements that give them. */
public final class ColumnGrants {

    private ColumnGrants() {}

    static List<String> statements(Table table, Column column) {
        return statements(table, column.name(), column.grants());
    }

    /** Only these of its privileges, on the column under the name that it has then. */
    public static List<String> statements(Table table, String column, List<Grant> grants) {
        return grants.stream()
                .map(grant -> "GRANT " + grant.privilege() + " (" + Identifier.quote(column) + ") ON "
                        + table.name().quoted() + " TO "
                        + (grant.grantee().isEmpty() ? "PUBLIC" : Identifier.quote(grant.grantee()))
                        + (grant.grantable() ? " WITH GRANT OPTION" : ""))
                .toList();
    }
}
