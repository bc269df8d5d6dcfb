/**
 * Rows for a schema: made up so that every constraint holds, random statements that an application could send, samples of
 * a real database with its texts replaced, and dumps. Entry class: {@link dev.sluice.lab.rows.SampleRows}. PostgreSQL is
 * the referee: what it accepts is a row. Must not import the planner, plans or {@code dev.sluice.run}.
 */
@NullMarked
package dev.sluice.lab.rows;

import org.jspecify.annotations.NullMarked;
