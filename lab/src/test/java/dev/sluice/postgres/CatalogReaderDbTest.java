package dev.sluice.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Column;
import dev.sluice.catalog.Constraint;
import dev.sluice.catalog.ObjectRef;
import dev.sluice.catalog.Table;
import dev.sluice.catalog.TableStats;
import dev.sluice.db.DatabaseException;
import dev.sluice.db.Session;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lab.TestDatabases;
import dev.sluice.sql.QualifiedName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PostgresExtension.class)
class CatalogReaderDbTest {

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void readsTwoBuildsOfOneSchemaAsEqual(PostgresVersion version, TestDatabases databases) throws SQLException {
        Catalog one = Schemas.catalog(Schemas.rich(databases, version));
        Catalog other = Schemas.catalog(Schemas.rich(databases, version));

        assertThat(CatalogDiff.compare(one, other)).isEmpty();
        assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void knowsWhatDependsOnAColumn(PostgresVersion version, TestDatabases databases) throws SQLException {
        Catalog catalog = Schemas.catalog(Schemas.rich(databases, version));
        QualifiedName users = QualifiedName.of("public", "users");
        QualifiedName orders = QualifiedName.of("shop", "orders");

        assertThat(dependents(catalog, ObjectRef.column(users, "age")))
                .contains(
                        "view shop.adults",
                        "constraint age_sane on public.users",
                        "index public.users_name_idx",
                        "trigger users_touch on public.users",
                        "policy users_own on public.users",
                        "statistics shop.users_stats");
        assertThat(dependents(catalog, ObjectRef.column(users, "first_name")))
                .anyMatch(name -> name.endsWith("public.users.full_name"));
        assertThat(dependents(catalog, ObjectRef.column(users, "id")))
                .contains("constraint orders_user_fk on shop.orders", "rule users_nodelete on public.users");
        assertThat(dependents(catalog, ObjectRef.column(orders, "user_id")))
                .contains("function shop.order_count()", "materialized view shop.counts");
        assertThat(dependents(catalog, ObjectRef.of(ObjectRef.Kind.TYPE, orders)))
                .containsExactly("function shop.order_row(o shop.orders)");
        assertThat(dependents(
                        catalog, ObjectRef.of(ObjectRef.Kind.SEQUENCE, QualifiedName.of("shop", "orders_id_seq"))))
                .containsExactly("default shop.orders.id");
        assertThat(catalog.foreignKeysTo(users))
                .extracting(key -> key.table().name())
                .containsExactly(orders);
        assertThat(catalog.functions(QualifiedName.of("shop", "order_row"))
                        .get(0)
                        .rowTypes())
                .containsExactly(orders);
    }

    @Test
    void leavesOutSluicesSchemasAndFlagsArchivedColumns(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE SCHEMA sluice; CREATE TABLE sluice.journal (id int);
                CREATE SCHEMA sluice_archive; CREATE TABLE sluice_archive.old (id int);
                CREATE TABLE t (id int, sluice_archived_name text)""");

        Catalog catalog = Schemas.catalog(database);

        assertThat(catalog.tables()).containsOnlyKeys(QualifiedName.of("public", "t"));
        Table table = catalog.resolveTable(Optional.empty(), "t").orElseThrow();
        assertThat(table.column("sluice_archived_name").orElseThrow().archivedBySluice())
                .isTrue();
        assertThat(table.userColumns()).extracting(Column::name).containsExactly("id");
    }

    @Test
    void readsInsideATransactionWithoutATrace(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            session.execute("CREATE SCHEMA mine");
            session.execute("SET search_path = mine, public");
            session.inTransaction(() -> {
                session.execute("CREATE TABLE seen (id int)");

                Catalog catalog = CatalogReader.read(session);

                assertThat(catalog.searchPath()).containsExactly("mine", "public");
                assertThat(catalog.resolveTable(Optional.empty(), "seen"))
                        .map(Table::name)
                        .contains(QualifiedName.of("mine", "seen"));
                assertThat(session.one("SHOW search_path", row -> row.text(1))).contains("mine, public");
                session.execute("INSERT INTO seen VALUES (1)");
            });
            assertThat(session.one("SELECT count(*) FROM mine.seen", row -> row.integer(1)))
                    .contains(1);
        }
    }

    @Test
    void readsTheSearchPathOfTheRoleAndLeavesThatOfTheSession(TestDatabase database) {
        try (Session session = Session.open(database::connect, "test")) {
            session.execute("CREATE SCHEMA mine");
            session.execute("SET search_path = mine");

            Catalog catalog =
                    CatalogReader.read(session, CatalogReader.Options.DEFAULT.with(CatalogReader.SearchPath.OF_ROLE));

            assertThat(catalog.searchPath()).containsExactly("public");
            assertThat(session.one("SHOW search_path", row -> row.text(1))).contains("mine");
        }
    }

    @Test
    void readsWhatBelongsToNoRelationWhereThereIsNone(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE DOMAIN positive AS int CONSTRAINT above_zero CHECK (VALUE > 0);
                CREATE FUNCTION double(positive) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2'""");

        Catalog catalog = Schemas.catalog(database);

        assertThat(catalog.tables()).isEmpty();
        assertThat(catalog.types().get(QualifiedName.of("public", "positive")).constraints())
                .extracting(Constraint::name)
                .containsExactly("above_zero");
        assertThat(catalog.functions()).hasSize(1);
    }

    @Test
    void estimatesRowsBeforeAndAfterAnalyze(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE empty (id int);
                CREATE TABLE fresh (id int); INSERT INTO fresh SELECT generate_series(1, 5000);
                CREATE TABLE analyzed (id int); INSERT INTO analyzed SELECT generate_series(1, 5000); ANALYZE analyzed;
                CREATE TABLE parted (id int) PARTITION BY RANGE (id);
                CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (9999);
                INSERT INTO parted SELECT generate_series(1, 5000); ANALYZE parted""");

        Catalog catalog = Schemas.catalog(database);

        assertThat(stats(catalog, "empty")).matches(stats -> stats.estimatedRows() == 0 && !stats.everWritten());
        // never fewer than there are: a small guess would choose the form for small tables
        assertThat(stats(catalog, "fresh")).matches(stats -> stats.estimatedRows() >= 5000 && stats.everWritten());
        assertThat(stats(catalog, "analyzed").estimatedRows()).isEqualTo(5000);
        assertThat(stats(catalog, "parted").estimatedRows()).isEqualTo(5000);
    }

    @Test
    void givesUpOnALockInsteadOfQueueing(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t");
        CatalogReader.Options impatient =
                new CatalogReader.Options(Set.of(), Duration.ofMillis(50), CatalogReader.SearchPath.OF_SESSION);
        try (Session holder = Session.open(database::connect, "holder");
                Session reader = Session.open(database::connect, "reader")) {
            holder.inTransaction(() -> {
                holder.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");

                assertThatThrownBy(() -> CatalogReader.read(reader, impatient))
                        .isInstanceOfSatisfying(
                                DatabaseException.class,
                                e -> assertThat(e.isLockTimeout()).isTrue());
            });
            assertThat(CatalogReader.read(reader, impatient).tables()).hasSize(1);
        }
    }

    private static TableStats stats(Catalog catalog, String table) {
        return catalog.resolveTable(Optional.empty(), table).orElseThrow().stats();
    }

    private static List<String> dependents(Catalog catalog, ObjectRef referenced) {
        return catalog.dependentsOf(referenced).stream()
                .map(dependency -> dependency.dependent().toString())
                .toList();
    }
}
