package dev.sluice.cli.command;

import dev.sluice.lab.proof.ProofOptions;
import dev.sluice.lab.proof.RowSource;
import dev.sluice.lab.rows.SampleRows;
import picocli.CommandLine.Option;

/** The options of commands that fill tables of a private PostgreSQL with made-up rows. */
final class MadeUpRows {

    @Option(
            names = "--rows",
            order = 21,
            paramLabel = "N",
            defaultValue = "" + ProofOptions.DEFAULT_ROWS,
            description = "Made-up rows for each table. Default: 1000.")
    private long rows = ProofOptions.DEFAULT_ROWS;

    @Option(
            names = "--seed",
            order = 22,
            paramLabel = "N",
            defaultValue = "" + ProofOptions.DEFAULT_SEED,
            description = "The same seed makes the same rows. Default: 1.")
    private long seed = ProofOptions.DEFAULT_SEED;

    long number() {
        return rows;
    }

    long seed() {
        return seed;
    }

    RowSource source() {
        return (session, catalog, tables) -> SampleRows.fill(session, catalog, tables, rows, seed);
    }
}
