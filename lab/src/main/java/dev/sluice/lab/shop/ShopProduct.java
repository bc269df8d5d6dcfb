package dev.sluice.lab.shop;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/** A product as both versions of the application mean it. */
record ShopProduct(String name, int cents) {
    ShopProduct {
        requireNonNull(name);
    }

    BigDecimal price() {
        return BigDecimal.valueOf(cents, 2);
    }

    ShopProduct at(int newCents) {
        return new ShopProduct(name, newCents);
    }
}
