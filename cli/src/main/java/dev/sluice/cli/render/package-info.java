/**
 * Values into text for people and into JSON for programs. Pure: no files, no clock, no connection.
 */
@NullMarked
package dev.sluice.cli.render;

import org.jspecify.annotations.NullMarked;
