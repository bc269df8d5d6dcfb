package dev.sluice.lab.proof.shapes;

import dev.sluice.catalog.Column;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Views in the new version's database under the names that tables have only in the old version, for functions of the plan that
 * look values up there until contract. For one thread.
 */
final class OldNames {

    private final List<QualifiedName> made = new ArrayList<>();

    /** Of tables that the script gives another name, as far as the old one is free. */
    void make(Session reference, Scope scope) {
        for (Table old : scope.start().tables().values()) {
            Optional<Table> fresh =
                    scope.successor(old).filter(table -> !table.name().equals(old.name()));
            if (fresh.isPresent()
                    && scope.plain().table(old.name()).isEmpty()
                    && !scope.plain().views().containsKey(old.name())
                    && scope.plain().schemas().stream()
                            .anyMatch(schema -> schema.name().equals(old.name().schema()))) {
                reference.execute("CREATE VIEW " + old.name().quoted() + " AS SELECT " + columns(old, fresh.get())
                        + " FROM " + fresh.get().name().quoted());
                reference.execute("GRANT SELECT ON " + old.name().quoted() + " TO PUBLIC");
                made.add(old.name());
            }
        }
    }

    private static String columns(Table old, Table fresh) {
        List<String> columns = new ArrayList<>();
        for (Column column : old.columns()) {
            Scope.same(column, fresh)
                    .ifPresent(same ->
                            columns.add(Identifier.quote(same.name()) + " AS " + Identifier.quote(column.name())));
        }
        return String.join(", ", columns);
    }

    void remove(Session reference) {
        made.forEach(name -> reference.execute("DROP VIEW " + name.quoted()));
        made.clear();
    }
}
