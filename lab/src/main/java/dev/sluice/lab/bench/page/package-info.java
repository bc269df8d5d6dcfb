/**
 * The page of results: {@link dev.sluice.lab.bench.page.ResultsPage} makes Markdown and plots of what was measured, and of nothing
 * else. Pure but for writing its files.
 */
@NullMarked
package dev.sluice.lab.bench.page;

import org.jspecify.annotations.NullMarked;
