package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sql.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final TypeRef INT = TypeRef.builtin("integer", "int4");
    private static final QualifiedName USERS = QualifiedName.of("public", "users");
    private static final QualifiedName ORDERS = QualifiedName.of("public", "orders");

    private static final Table USERS_TABLE =
            Table.plain(USERS, List.of(Column.plain("id", 1, INT, true), Column.plain("age", 2, INT, false)));

    @Test
    void resolvesNamesByTheSearchPath() {
        Catalog catalog = Catalog.ofTables(150_000, List.of(USERS_TABLE));

        assertThat(catalog.resolveTable(Optional.empty(), "users")).contains(USERS_TABLE);
        assertThat(catalog.resolveTable(Optional.of("other"), "users")).isEmpty();
    }

    @Test
    void findsForeignKeysFromOtherTables() {
        Constraint key = Constraint.plainForeignKey(
                "orders_user_fk",
                List.of("user_id"),
                "FOREIGN KEY (user_id) REFERENCES public.users(id)",
                new Constraint.ForeignKey(
                        USERS, List.of("id"), Constraint.Action.NO_ACTION, Constraint.Action.CASCADE, false));
        Table orders = Table.plain(ORDERS, List.of(Column.plain("user_id", 1, INT, false)))
                .withConstraints(List.of(key));
        Catalog catalog = Catalog.ofTables(150_000, List.of(USERS_TABLE, orders));

        assertThat(catalog.foreignKeysTo(USERS)).containsExactly(new Catalog.IncomingForeignKey(orders, key));
        assertThat(catalog.foreignKeysTo(ORDERS)).isEmpty();
    }

    @Test
    void fingerprintIgnoresColumnOrderOidsStatisticsAndArchivedColumns() {
        Catalog one = Catalog.ofTables(150_000, List.of(USERS_TABLE));
        Table same = Table.plain(
                        USERS,
                        List.of(
                                Column.plain("age", 1, INT, false),
                                Column.plain("sluice_archived_name", 2, INT, false),
                                Column.plain("id", 3, INT, true)))
                .withStats(TableStats.ofRows(1_000));

        assertThat(Catalog.ofTables(150_001, List.of(same)).fingerprint()).isEqualTo(one.fingerprint());
    }

    @Test
    void fingerprintSeesANewNotNull() {
        Catalog one = Catalog.ofTables(150_000, List.of(USERS_TABLE));
        Table changed =
                USERS_TABLE.withColumns(List.of(Column.plain("id", 1, INT, true), Column.plain("age", 2, INT, true)));

        assertThat(Catalog.ofTables(150_000, List.of(changed)).fingerprint()).isNotEqualTo(one.fingerprint());
    }
}
