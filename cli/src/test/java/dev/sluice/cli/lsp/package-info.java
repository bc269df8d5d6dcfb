/** Tests that speak the protocol with the server. */
@NullMarked
package dev.sluice.cli.lsp;

import org.jspecify.annotations.NullMarked;
