package dev.sluice.lab.shop;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * An order as both versions of the application mean it.
 *
 * @param userId whose order; this user never changes the email address
 * @param placedAt in whole seconds since 1970
 */
record ShopOrder(long userId, long productId, int quantity, String status, long placedAt) {
    ShopOrder {
        requireNonNull(status);
    }

    OffsetDateTime placed() {
        return Instant.ofEpochSecond(placedAt).atOffset(ZoneOffset.UTC);
    }

    ShopOrder of(long otherUser) {
        return new ShopOrder(otherUser, productId, quantity, status, placedAt);
    }

    ShopOrder with(int newQuantity, String newStatus) {
        return new ShopOrder(userId, productId, newQuantity, newStatus, placedAt);
    }
}
