package dev.sluice.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.Catalog;
import dev.sluice.diff.CatalogDiff;
import dev.sluice.lab.PostgresExtension;
import dev.sluice.lab.PostgresVersion;
import dev.sluice.lab.TestDatabases;
import java.sql.SQLException;
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
}
