package dev.sluice.lab.shop;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A deploy of the shop: migrations, and the version of the application that goes with them.
 *
 * @param title what changes, for people
 * @param application name of the version after the deploy
 * @param version what that version knows
 * @param migrations file names, in order
 */
public record Release(String title, String application, ShopVersion version, List<String> migrations) {
    public Release {
        requireNonNull(title);
        requireNonNull(application);
        requireNonNull(version);
        migrations = List.copyOf(migrations);
        if (migrations.isEmpty()) {
            throw new IllegalArgumentException("a release needs a migration: " + title);
        }
    }

    /** Version of the last migration of this release. */
    public String lastMigration() {
        return migrationVersion(migrations.get(migrations.size() - 1));
    }

    /** Version of the first migration of this release. */
    public String firstMigration() {
        return migrationVersion(migrations.get(0));
    }

    private static String migrationVersion(String file) {
        return file.substring(0, file.indexOf('_'));
    }
}
