package dev.sluice.lab.shop;

import static java.util.Objects.requireNonNull;

/** A user as both versions of the application mean it; {@code first} contains no space. */
record ShopUser(String first, String last, String email) {
    ShopUser {
        requireNonNull(first);
        requireNonNull(last);
        requireNonNull(email);
        if (first.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("a first name has no space here: " + first);
        }
    }

    String fullName() {
        return first + " " + last;
    }

    ShopUser named(String newFirst, String newLast) {
        return new ShopUser(newFirst, newLast, email);
    }

    ShopUser mailedAt(String newEmail) {
        return new ShopUser(first, last, newEmail);
    }
}
