/**
 * Whole projects, taken up a fresh database and back: what Sluice makes of them must be what their own files make. Entry
 * class: {@code CorpusDbTest}.
 */
@NullMarked
package dev.sluice.corpus;

import org.jspecify.annotations.NullMarked;
