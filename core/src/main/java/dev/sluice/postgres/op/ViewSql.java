package dev.sluice.postgres.op;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Grant;
import dev.sluice.catalog.Rule;
import dev.sluice.catalog.Trigger;
import dev.sluice.catalog.View;
import dev.sluice.sql.Identifier;
import java.util.ArrayList;
import java.util.List;

/** The statements that make a view again as the catalog has it. Pure. */
final class ViewSql {

    private ViewSql() {}

    static List<String> create(Catalog catalog, View view) {
        String name = view.name().quoted();
        List<String> statements = new ArrayList<>();
        statements.add(replace(view).replaceFirst("CREATE OR REPLACE", "CREATE"));
        if (!view.owner().equals(catalog.currentUser())) {
            statements.add("ALTER VIEW " + name + " OWNER TO " + Identifier.quote(view.owner()));
        }
        for (Grant grant : view.grants()) {
            if (!grant.grantee().equals(view.owner())) {
                statements.add("GRANT " + grant.privilege() + " ON " + name + " TO "
                        + (grant.grantee().isEmpty() ? "PUBLIC" : Identifier.quote(grant.grantee()))
                        + (grant.grantable() ? " WITH GRANT OPTION" : ""));
            }
        }
        view.comment().ifPresent(c -> statements.add("COMMENT ON VIEW " + name + " IS " + Identifier.literal(c)));
        for (Column column : view.columns()) {
            column.comment()
                    .ifPresent(c -> statements.add("COMMENT ON COLUMN " + name + "." + Identifier.quote(column.name())
                            + " IS " + Identifier.literal(c)));
        }
        view.rules().stream().map(Rule::definition).forEach(statements::add);
        view.triggers().stream().map(Trigger::definition).forEach(statements::add);
        return statements;
    }

    static String replace(View view) {
        String options = view.options().isEmpty() ? "" : " WITH (" + String.join(", ", view.options()) + ")";
        return "CREATE OR REPLACE VIEW " + view.name().quoted() + options + " AS "
                + view.definition().strip().replaceFirst(";$", "");
    }
}
