/**
 * What is wrong between journal, catalog and files, and what mends it. Entry: {@link dev.sluice.doctor.Examination}, which asks
 * every {@link dev.sluice.doctor.Check} of {@link dev.sluice.doctor.Checks#ALL} about an {@link
 * dev.sluice.doctor.Evidence}. Pure: the evidence is read, and what mends is run, by {@code dev.sluice.run}.
 *
 * <p>Must not import anything that uses a connection, and no planner: it judges what plans and scripts say, and makes none.
 */
@NullMarked
package dev.sluice.doctor;

import org.jspecify.annotations.NullMarked;
