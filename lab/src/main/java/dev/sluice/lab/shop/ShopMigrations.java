package dev.sluice.lab.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shop's migrations: files as one would write them for an empty database, and the deploys they belong to. */
public final class ShopMigrations {
    private ShopMigrations() {}

    /** Name of the application's version before the first release. */
    public static String firstApplication() {
        return "v1";
    }

    /** In order; the first one is deployed over {@link ShopVersion#first}. */
    public static List<Release> releases() {
        ShopVersion second = ShopVersion.first().withUserId().withCents();
        ShopVersion third = second.withEmailAddress();
        return List.of(
                new Release(
                        "orders.user_id from users by email, with its foreign key and index; products.price in cents",
                        "v2",
                        second,
                        List.of("20260302090000_orders_user_id.sql", "20260302090100_products_price_cents.sql")),
                new Release(
                        "users.email renamed to email_address; orders by date: an index, and NOT NULL",
                        "v3",
                        third,
                        List.of(
                                "20260309090000_users_email_address.sql",
                                "20260309090100_orders_placed_at_index.sql",
                                "20260309090200_orders_placed_at_required.sql")),
                new Release(
                        "users.full_name from first_name and last_name, which are dropped",
                        "v4",
                        third.withFullName(),
                        List.of("20260316090000_users_full_name.sql")));
    }

    /** The whole text of a migration file. */
    public static String text(String file) {
        try (InputStream in = ShopMigrations.class.getResourceAsStream("migrations/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("the shop has no migration " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The up script of a migration file, as plain SQL. */
    public static String up(String file) {
        String text = text(file);
        return text.substring(0, text.indexOf("-- migrate:down"));
    }

    /** Writes all files into a directory, which is created when it does not exist. */
    public static void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Release release : releases()) {
            for (String file : release.migrations()) {
                Files.writeString(directory.resolve(file), text(file));
            }
        }
    }
}
