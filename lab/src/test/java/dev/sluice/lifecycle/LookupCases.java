package dev.sluice.lifecycle;

import java.util.List;

/** New columns whose values are looked up in what the same script makes: tables, columns, keys. */
final class LookupCases {

    private static final String GOODS = """
            CREATE TABLE makers (id int PRIMARY KEY, name text, note text);
            CREATE TABLE goods (id int PRIMARY KEY, maker int REFERENCES makers, brand text, note text);
            INSERT INTO makers SELECT i, 'm' || i, 'of ' || i FROM generate_series(1, 40) i;
            INSERT INTO goods SELECT i, 1 + i % 40, 'b' || i % 7, 'n' || i FROM generate_series(1, :rows) i;
            """;

    private static final String OLD = "INSERT INTO goods VALUES (:n, 1, 'b1', 'old')";

    private LookupCases() {}

    static List<LifecycleCase> all() {
        return List.of(
                LifecycleCase.of("lookup: names get a table of their own", GOODS, """
                        CREATE TABLE brands (id int PRIMARY KEY, name text NOT NULL UNIQUE);
                        INSERT INTO brands SELECT row_number() OVER (ORDER BY brand), brand
                          FROM (SELECT DISTINCT brand FROM goods) b;
                        ALTER TABLE goods ADD COLUMN brand_id int REFERENCES brands;
                        UPDATE goods SET brand_id = brands.id FROM brands WHERE name = brand;
                        ALTER TABLE goods ALTER COLUMN brand_id SET NOT NULL;
                        ALTER TABLE goods DROP COLUMN brand;
                        """)
                        .withOld(OLD),
                LifecycleCase.of("lookup: a column that the script fills, of a table that it names later", GOODS, """
                        ALTER TABLE goods ADD COLUMN letters int;
                        ALTER TABLE makers ADD COLUMN letters int;
                        UPDATE makers SET letters = length(name);
                        UPDATE goods SET letters = (SELECT m.letters FROM makers m WHERE m.id = maker);
                        """)
                        .withOld(OLD),
                LifecycleCase.of("lookup: a new column with a default, joined", GOODS, """
                        ALTER TABLE makers ADD COLUMN land text DEFAULT 'at';
                        ALTER TABLE goods ADD COLUMN land text;
                        UPDATE goods SET land = m.land FROM makers m WHERE m.id = goods.maker;
                        """)
                        .withOld(OLD),
                LifecycleCase.of(
                                "lookup: a view whose columns are called like those of the row",
                                GOODS + "CREATE VIEW notes AS SELECT id, note FROM makers;",
                                """
                        ALTER TABLE goods ADD COLUMN maker_note text;
                        UPDATE goods SET maker_note = (SELECT note FROM notes WHERE id = maker);
                        """)
                        .withOld(OLD),
                LifecycleCase.of("lookup: a new table whose columns are told by its query only", GOODS, """
                        CREATE TABLE brands AS SELECT brand AS called, min(maker) AS first FROM goods GROUP BY brand;
                        ALTER TABLE goods ADD COLUMN first_maker int;
                        UPDATE goods SET first_maker = (SELECT max(first) FROM brands WHERE called = goods.brand);
                        """)
                        .withOld(OLD),
                LifecycleCase.of("lookup: a subquery over the table itself", GOODS, """
                        ALTER TABLE goods ADD COLUMN first int;
                        UPDATE goods SET first = (SELECT min(goods.id) FROM goods WHERE goods.brand = 'b3');
                        """)
                        .withOld(OLD),
                LifecycleCase.of("lookup: in a table that gets another name", GOODS, """
                        ALTER TABLE goods ADD COLUMN maker_name text;
                        UPDATE goods SET maker_name = (SELECT m.name FROM makers m WHERE m.id = goods.maker);
                        ALTER TABLE makers RENAME TO firms;
                        """)
                        .withOld(OLD),
                LifecycleCase.of(
                                "new table: keys to rows that the script inserts, and that wait for contract",
                                GOODS,
                                """
                        INSERT INTO goods (id, brand) VALUES (-1, 'b0'), (-2, 'b1');
                        CREATE TABLE ranks (good int PRIMARY KEY REFERENCES goods, brand text);
                        INSERT INTO ranks SELECT id, brand FROM goods WHERE id < 9;
                        ALTER TABLE goods ADD COLUMN rank text;
                        UPDATE goods SET rank = 'none';
                        ALTER TABLE goods ALTER rank SET NOT NULL;
                        """)
                        .withOld(OLD)
                        .withRows(12_000),
                LifecycleCase.of("new table: keys to rows that the script inserts behind it", GOODS, """
                        CREATE TABLE ranks (good int PRIMARY KEY, other int REFERENCES goods);
                        ALTER TABLE ranks ADD FOREIGN KEY (good) REFERENCES goods;
                        INSERT INTO goods (id, brand) VALUES (-1, 'b0'), (-2, 'b1');
                        INSERT INTO ranks VALUES (-1, -2), (1, 2);
                        """)
                        .withOld(OLD),
                LifecycleCase.of("new table: a key to a column that the script fills", GOODS, """
                        ALTER TABLE goods ADD COLUMN code text;
                        UPDATE goods SET code = 'c' || id;
                        ALTER TABLE goods ADD CONSTRAINT goods_code UNIQUE (code);
                        CREATE TABLE labels (id int PRIMARY KEY, code text, other text REFERENCES goods (code));
                        ALTER TABLE labels ADD CONSTRAINT labels_code FOREIGN KEY (code) REFERENCES goods (code);
                        """)
                        .withOld(OLD));
    }

    static List<RefusedCase> refusals() {
        return List.of(
                refused(
                        "in other rows of the table, a column that is filled with it",
                        "ALTER TABLE goods ADD COLUMN size int, ADD COLUMN most int; UPDATE goods SET size = length(note);\n"
                                + "UPDATE goods SET most = (SELECT max(g.size) FROM goods g WHERE g.maker = goods.maker);",
                        "fill-from-filled",
                        "in a migration after this one"),
                refused(
                        "two tables, each in the other",
                        "ALTER TABLE goods ADD COLUMN size int, ADD COLUMN most int; UPDATE goods SET size = length(note);"
                                + " ALTER TABLE makers ADD COLUMN peak int;"
                                + " UPDATE makers SET peak = (SELECT max(g.size) FROM goods g WHERE g.maker = makers.id);\n"
                                + "UPDATE goods SET most = (SELECT m.peak FROM makers m WHERE m.id = goods.maker);",
                        "fill-from-filled",
                        "in a migration after this one"),
                refused(
                        "a new table that goes again",
                        "CREATE TABLE brands AS SELECT DISTINCT brand AS name FROM goods;"
                                + " ALTER TABLE goods ADD COLUMN brand_name text;\n"
                                + "UPDATE goods SET brand_name = (SELECT max(b.name) FROM brands b WHERE b.name = goods.brand);"
                                + " DROP TABLE brands;",
                        "fill-from-what-changes",
                        "in a migration after this one"),
                refused(
                        "a new table whose columns nobody tells, without its name",
                        "CREATE TABLE brands AS SELECT DISTINCT brand AS name FROM goods;"
                                + " ALTER TABLE goods ADD COLUMN brand_name text;\n"
                                + "UPDATE goods SET brand_name = (SELECT max(name) FROM brands WHERE name = brand);",
                        "unqualified-in-subquery",
                        "Write the table before it"),
                refused(
                        "a function whose column is called like one of the row",
                        "ALTER TABLE goods ADD COLUMN value text; ALTER TABLE goods ADD COLUMN letters text;\n"
                                + "UPDATE goods SET letters = (SELECT max(value) FROM json_array_elements_text('[\"a\"]') WHERE value <> note);",
                        "unqualified-in-subquery",
                        "Write the table before it"),
                refused(
                        "a key that goes with its column, another of its name, and that goes",
                        "ALTER TABLE goods DROP COLUMN id; ALTER TABLE goods ADD PRIMARY KEY (note);\n"
                                + "ALTER TABLE goods DROP CONSTRAINT goods_pkey;",
                        "missing-constraint",
                        "Do not add and drop"),
                refused(
                        "a column under its new name",
                        "ALTER TABLE makers RENAME COLUMN name TO title; ALTER TABLE goods ADD COLUMN title text;\n"
                                + "UPDATE goods SET title = (SELECT m.title FROM makers m WHERE m.id = goods.maker);",
                        "fill-from-what-waits",
                        "before line 2"),
                new RefusedCase(
                        "new table: a key to a table under its new name",
                        GOODS.replace(":rows", "300"),
                        "ALTER TABLE makers RENAME TO firms; CREATE TABLE labels (id int PRIMARY KEY, firm int);\n"
                                + "ALTER TABLE labels ADD FOREIGN KEY (firm) REFERENCES firms;",
                        "rename-table",
                        2,
                        "before the rename"),
                new RefusedCase(
                        "constraint: dropped, made anew without a name, and dropped",
                        GOODS.replace(":rows", "300"),
                        "ALTER TABLE goods DROP CONSTRAINT goods_pkey; ALTER TABLE goods ADD PRIMARY KEY (id);\n"
                                + "ALTER TABLE goods DROP CONSTRAINT goods_pkey;",
                        "missing-constraint",
                        2,
                        "Do not add and drop"));
    }

    private static RefusedCase refused(String what, String script, String hazard, String advice) {
        return new RefusedCase("lookup: " + what, GOODS.replace(":rows", "300"), script, hazard, 2, advice);
    }
}
