package dev.sluice.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.db.Session;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.TestDatabase;
import dev.sluice.lint.size.Sizes;
import dev.sluice.lint.size.TableSize;
import dev.sluice.sql.QualifiedName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sizes of a real database. */
@ExtendWith(PostgresExtension.class)
class SizesReaderDbTest {

    @Test
    void readsRowsBytesAndUse(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE orders (id int PRIMARY KEY, amount int);
                CREATE INDEX ON orders (amount);
                CREATE TABLE nothing (id int PRIMARY KEY, note text);
                INSERT INTO orders SELECT i, i FROM generate_series(1, 5000) i""");
        database.execute("ANALYZE orders");
        try (Session session = Session.open(database::connect, "test")) {
            Sizes sizes = SizesReader.read(session);
            TableSize orders = sizes.tables().get(QualifiedName.of("public", "orders"));
            assertThat(orders).isNotNull();
            assertThat(orders.rows()).isEqualTo(5000);
            assertThat(orders.heapBytes()).isBetween(100_000L, 1_000_000L);
            assertThat(orders.indexBytes()).isGreaterThan(100_000);
            assertThat(orders.indexes()).isEqualTo(2);
            TableSize nothing = sizes.tables().get(QualifiedName.of("public", "nothing"));
            assertThat(nothing).isNotNull();
            assertThat(nothing.isEmpty()).isTrue();
            assertThat(sizes.source()).contains(database.name());
            assertThat(sizes.queries()).isEmpty();
        }
    }
}
