/**
 * {@code sluice lint --lsp}: a language server. Enter by {@link dev.sluice.cli.lsp.LintServer}. Only {@code LintServer},
 * {@code Answers} and {@code Places} know the protocol; nothing here may use a database.
 */
@NullMarked
package dev.sluice.cli.lsp;

import org.jspecify.annotations.NullMarked;
