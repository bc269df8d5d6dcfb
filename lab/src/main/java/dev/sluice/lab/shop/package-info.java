/**
 * A shop to migrate: its data, the versions of its application, a ledger of what they wrote, and the audit that compares
 * every row with what it must be. Entry classes: {@link dev.sluice.lab.shop.ShopData} and {@link
 * dev.sluice.lab.shop.ShopApplication}. Knows the migrations' plain SQL but nothing of how Sluice runs it; must not import
 * {@code dev.sluice.run}, {@code dev.sluice.plan} or the planner.
 */
@NullMarked
package dev.sluice.lab.shop;

import org.jspecify.annotations.NullMarked;
