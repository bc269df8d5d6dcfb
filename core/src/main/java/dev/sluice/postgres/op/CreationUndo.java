package dev.sluice.postgres.op;

import dev.sluice.catalog.Column;
import dev.sluice.sql.DollarQuote;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.QualifiedName;
import java.util.Locale;

/**
 * Takes back the CREATE of something that columns can need: a type, a domain, a sequence, a function. What was kept on
 * the way back, because it holds data that exists nowhere else, may need it: then it goes into the archive beside it, and
 * the server's warning says how to drop it for good. What anything else needs is a mistake, and the DROP fails as ever.
 *
 * <p>Who needs what is read from {@code pg_depend} when the statement runs: only then is it known what was kept. (Chapter
 * "Dependency Tracking" of PostgreSQL's documentation; a column's type, its default, and a CHECK on it are recorded there.)
 */
final class CreationUndo {

    private CreationUndo() {}

    static String type(String word, QualifiedName name) {
        return sql(word, name, "", "pg_type", "to_regtype");
    }

    static String sequence(QualifiedName name) {
        return sql("SEQUENCE", name, "", "pg_class", "to_regclass");
    }

    /** @param arguments the types of the arguments, with brackets */
    static String function(String word, QualifiedName name, String arguments) {
        return sql(word, name, arguments, "pg_proc", "to_regprocedure");
    }

    private static String sql(String word, QualifiedName name, String arguments, String catalog, String lookup) {
        String thing = name.quoted() + arguments;
        return "DO "
                + DollarQuote.of("""
                DECLARE
                  made oid := pg_catalog.%1$s(%2$s);
                  kept name := 'sluice_kept_' || made;
                BEGIN
                  IF made IS NULL THEN
                    RETURN;
                  END IF;
                  IF EXISTS (
                    SELECT FROM pg_catalog.pg_depend d
                    LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid
                    LEFT JOIN pg_catalog.pg_constraint k ON d.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = d.objid
                    JOIN pg_catalog.pg_attribute a
                      ON d.classid = 'pg_catalog.pg_class'::regclass AND a.attrelid = d.objid AND a.attnum = d.objsubid
                      OR a.attrelid = f.adrelid AND a.attnum = f.adnum
                      OR a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
                    WHERE d.refclassid = 'pg_catalog.%3$s'::regclass
                    AND d.refobjid IN (made, (SELECT typarray FROM pg_catalog.pg_type WHERE '%3$s' = 'pg_type' AND oid = made))
                    AND (pg_catalog.starts_with(a.attname::text, '%4$s')
                      OR c.relnamespace = pg_catalog.to_regnamespace('%5$s'))
                  ) THEN
                    CREATE SCHEMA IF NOT EXISTS %5$s;
                    ALTER %6$s %7$s SET SCHEMA %5$s;
                    EXECUTE pg_catalog.format('ALTER %%s RENAME TO %%I', %8$s, kept);
                    RAISE WARNING '%9$s %% is kept as %5$s.%%, because kept data needs it', %2$s, kept
                      USING HINT = 'to drop it for good: sluice purge --kept';
                  ELSE
                    DROP %6$s %7$s;
                  END IF;
                END""".formatted(
                        lookup,
                        Identifier.literal(thing),
                        catalog,
                        Column.ARCHIVED_PREFIX,
                        Archive.SCHEMA,
                        word,
                        thing,
                        Identifier.literal(word + " "
                                + QualifiedName.of(Archive.SCHEMA, name.name()).quoted() + arguments),
                        word.toLowerCase(Locale.ROOT)));
    }
}
