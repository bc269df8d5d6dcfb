/**
 * For a project's own test suite: proves its migrations, and hands out databases at any version or in the middle of an
 * expand.
 *
 * <p>Entry class: {@link dev.sluice.lab.junit.SluiceExtension}. Needs JUnit Jupiter on the class path, which this module does
 * not bring along. Must not import {@code dev.sluice.cli}.
 */
@NullMarked
package dev.sluice.lab.junit;

import org.jspecify.annotations.NullMarked;
