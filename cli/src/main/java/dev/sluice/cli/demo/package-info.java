/**
 * {@code sluice demo}: the guide's migrations on a shop under traffic, with a private server. Entry classes: {@link
 * dev.sluice.cli.demo.DemoCommand} for the command line, {@link dev.sluice.cli.demo.Demo} for the story. Uses Sluice as
 * any application would, through {@link dev.sluice.Migrator}; must not import {@code dev.sluice.backfill} or the planner's
 * operations.
 */
@NullMarked
package dev.sluice.cli.demo;

import org.jspecify.annotations.NullMarked;
