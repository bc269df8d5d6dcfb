package dev.sluice.lab.bench.tool;

import java.nio.file.Path;

/** A tool that brings a database to the state of a directory of migrations. */
public interface Runner {

    String name();

    /** Where its form of the migrations lies in the directory that {@link RunnerFiles} wrote. */
    void migrate(Database database, Path files) throws Exception;
}
