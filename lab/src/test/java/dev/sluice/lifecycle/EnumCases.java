package dev.sluice.lifecycle;

import java.util.List;

/** Enums that a script makes anew, as generators of migrations write it. */
final class EnumCases {

    private static final String USERS = """
            CREATE TYPE "Role" AS ENUM ('user', 'guest', 'admin');
            CREATE TABLE "User" (id int PRIMARY KEY, role "Role" NOT NULL DEFAULT 'user', name text);
            CREATE INDEX "User_role_idx" ON "User" (role);
            INSERT INTO "User" SELECT i, (CASE i % 2 WHEN 0 THEN 'user' ELSE 'admin' END)::"Role", 'n' || i
              FROM generate_series(1, :rows) i;
            """;

    private static final String POSTS = """
            CREATE TABLE posts (id int PRIMARY KEY, audience "Role"[] NOT NULL DEFAULT '{user}', minimum "Role");
            INSERT INTO posts SELECT i, ARRAY['user', 'admin']::"Role"[], NULL FROM generate_series(1, :rows) i;
            """;

    private static final String PRISMA = """
            BEGIN;
            CREATE TYPE "Role_new" AS ENUM (%s);
            ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
            ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
            %s
            ALTER TYPE "Role" RENAME TO "Role_old";
            ALTER TYPE "Role_new" RENAME TO "Role";
            DROP TYPE "Role_old";
            ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'user';
            COMMIT;
            """;

    private EnumCases() {}

    private static LifecycleCase users(String name, String schema, String up) {
        return LifecycleCase.of(name, schema, up)
                .withOld(
                        "INSERT INTO \"User\" (id) VALUES (:n)",
                        "UPDATE \"User\" SET role = 'admin' WHERE id = :id AND role = 'user'::\"Role\"")
                .withNew(
                        "INSERT INTO \"User\" (id, name) VALUES (:n, 'new')",
                        "UPDATE \"User\" SET role = 'user'::\"Role\" WHERE id = :id AND role <> 'user'");
    }

    static List<LifecycleCase> all() {
        return List.of(
                users("enum anew: a label goes", USERS, PRISMA.formatted("'user', 'admin'", "")),
                users("enum anew: another order, another default, a column beside", USERS, """
                        CREATE TYPE "Role_new" AS ENUM ('admin', 'user');
                        ALTER TABLE "User" ADD COLUMN email text;
                        ALTER TABLE "public"."User" ALTER COLUMN "role" DROP DEFAULT;
                        ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
                        ALTER TYPE "Role" RENAME TO "Role_old";
                        ALTER TYPE "Role_new" RENAME TO "Role";
                        DROP TYPE "public"."Role_old";
                        ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'admin'::"Role";
                        """),
                users(
                                "enum anew: two tables and an array",
                                USERS + POSTS,
                                PRISMA.formatted("'user', 'admin'", """
                        ALTER TABLE posts ALTER COLUMN audience DROP DEFAULT;
                        ALTER TABLE posts ALTER COLUMN audience TYPE "Role_new"[] USING audience::text[]::"Role_new"[],
                          ALTER COLUMN minimum TYPE "Role_new" USING minimum::text::"Role_new";
                        """)
                                        + "ALTER TABLE posts ALTER COLUMN audience SET DEFAULT '{admin}';")
                        .withOld(
                                "INSERT INTO posts (id, minimum) VALUES (:n, 'admin')",
                                "UPDATE \"User\" SET role = 'admin' WHERE id = :id")
                        .withNew(
                                "INSERT INTO posts (id) VALUES (:n)",
                                "UPDATE posts SET minimum = 'user' WHERE id = :id"),
                users("enum anew: the old type renamed first", USERS, """
                        ALTER TYPE "public"."Role" RENAME TO "Role_old";
                        CREATE TYPE "public"."Role" AS ENUM('user', 'admin', 'owner');
                        ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
                        ALTER TABLE "User" ALTER COLUMN "role" TYPE "public"."Role" USING "role"::"text"::"public"."Role";
                        ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'user';
                        DROP TYPE "public"."Role_old";
                        """),
                users("enum anew: by way of text", USERS, """
                        ALTER TABLE "User" ALTER COLUMN "role" SET DATA TYPE text;
                        ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'user'::text;
                        DROP TYPE "public"."Role";
                        CREATE TYPE "public"."Role" AS ENUM('admin', 'user');
                        ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'user'::"public"."Role";
                        ALTER TABLE "User" ALTER COLUMN "role" SET DATA TYPE "public"."Role" USING "role"::"public"."Role";
                        """),
                users(
                                "enum anew: labels only come",
                                USERS,
                                PRISMA.formatted("'root', 'user', 'guest', 'owner', 'admin', 'bot'", "")
                                        .replace("SET DEFAULT 'user'", "SET DEFAULT 'guest'"))
                        .withNew("UPDATE \"User\" SET role = 'owner'::\"Role\" WHERE id = :id"),
                users(
                        "enum anew: rows corrected before",
                        USERS + "UPDATE \"User\" SET role = 'guest' WHERE id % 3 = 0;",
                        """
                        UPDATE "User" SET role = 'user' WHERE role = 'guest';
                        """ + PRISMA.formatted("'user', 'admin'", "")),
                users(
                        "enum anew: a label becomes another one",
                        USERS + "UPDATE \"User\" SET role = 'guest' WHERE id % 3 = 0;",
                        PRISMA.formatted("'user', 'admin'", "")
                                .replace(
                                        "(\"role\"::text::\"Role_new\")",
                                        "(CASE \"role\" WHEN 'guest'::\"Role\" THEN"
                                                + " 'user' ELSE \"role\"::text END)::\"Role_new\"")),
                users(
                                "enum anew: two at once, with a way back",
                                USERS.replace("name text", "name text, mood mood")
                                        .replace(
                                                "CREATE TABLE", "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE"),
                                PRISMA.formatted("'user', 'admin'", "") + """
                        CREATE TYPE mood_new AS ENUM ('ok', 'sad');
                        ALTER TABLE "User" ALTER COLUMN mood TYPE mood_new USING mood::text::mood_new;
                        DROP TYPE mood;
                        ALTER TYPE mood_new RENAME TO mood;
                        """)
                        .withDown("""
                        CREATE TYPE "Role_new" AS ENUM ('user', 'guest', 'admin');
                        ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING
                          (CASE "role" WHEN 'admin'::"Role" THEN 'admin'::"Role_new" ELSE 'user'::"Role_new" END);
                        ALTER TYPE "Role" RENAME TO "Role_old";
                        ALTER TYPE "Role_new" RENAME TO "Role";
                        DROP TYPE "Role_old";
                        """));
    }

    static List<RefusedCase> refused() {
        String up = PRISMA.formatted("'user', 'admin'", "");
        return List.of(
                new RefusedCase(
                        "an enum made anew that something else has",
                        USERS + "CREATE FUNCTION f(r \"Role\") RETURNS int LANGUAGE sql AS 'SELECT 1';",
                        up,
                        "drop-cascade",
                        2,
                        "in a migration of their own"),
                new RefusedCase(
                        "an enum made anew over its default",
                        USERS,
                        up.replace("ALTER TABLE \"User\" ALTER COLUMN \"role\" DROP DEFAULT;\n", ""),
                        "change-type-dependent-object",
                        3,
                        "DROP DEFAULT before this statement"),
                new RefusedCase(
                        "an enum made anew and used",
                        USERS,
                        up + "ALTER TABLE \"User\" ADD COLUMN other \"Role\";",
                        "change-type-dependent-object",
                        11,
                        "migration of its own"));
    }
}
