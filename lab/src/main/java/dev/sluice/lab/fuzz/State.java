package dev.sluice.lab.fuzz;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Table;
import dev.sluice.db.Session;
import dev.sluice.postgres.CatalogReader;
import java.util.function.Function;

/** Everything about a database at one moment. */
record State(Catalog catalog, Contents contents) {
    static State of(PooledDatabase database) {
        return of(database, CatalogReader::read);
    }

    /** Without what triggers of the schema logged. */
    State withoutLog() {
        return new State(catalog, contents.without("public." + Acting.LOG));
    }

    /** Nor tables whose triggers may have changed their rows. */
    State withoutActing() {
        Contents others = withoutLog().contents();
        for (Table table : catalog.tables().values()) {
            others = table.triggers().isEmpty()
                    ? others
                    : others.without(table.name().toString());
        }
        return new State(catalog, others);
    }

    static State of(PooledDatabase database, Function<Session, Catalog> reader) {
        try (Session session = database.session("test")) {
            Catalog catalog = reader.apply(session);
            return new State(catalog, Contents.read(session, catalog));
        }
    }
}
