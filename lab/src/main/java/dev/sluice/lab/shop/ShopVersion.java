package dev.sluice.lab.shop;

/**
 * What a version of the application knows of the schema: which of the migrations have happened for it. A version names
 * its columns, and no column that it does not know.
 *
 * @param fullName users have {@code full_name}, no longer {@code first_name} and {@code last_name}
 * @param cents products have {@code price_cents}, no longer {@code price}
 * @param emailAddress users have {@code email_address}, no longer {@code email}
 * @param userId orders have {@code user_id}, besides {@code user_email}
 */
public record ShopVersion(boolean fullName, boolean cents, boolean emailAddress, boolean userId) {

    /** Before all migrations. */
    public static ShopVersion first() {
        return new ShopVersion(false, false, false, false);
    }

    public ShopVersion withFullName() {
        return new ShopVersion(true, cents, emailAddress, userId);
    }

    public ShopVersion withCents() {
        return new ShopVersion(fullName, true, emailAddress, userId);
    }

    public ShopVersion withEmailAddress() {
        return new ShopVersion(fullName, cents, true, userId);
    }

    public ShopVersion withUserId() {
        return new ShopVersion(fullName, cents, emailAddress, true);
    }

    /** Name of the column with the user's address. */
    String email() {
        return emailAddress ? "email_address" : "email";
    }

    /** Columns that together are the name. */
    String name() {
        return fullName ? "full_name" : "first_name, last_name";
    }

    /** Name of the column with the price. */
    String price() {
        return cents ? "price_cents" : "price";
    }
}
