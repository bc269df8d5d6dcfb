package dev.sluice.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program {@code sluice}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // UTF-8 whatever the locale says: plans hold identifiers and text of the user's migrations.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.ofProcess();
        int code = new Cli(Surroundings.ofProcess(), new Streams(System.in, out, err), interruption).run(args);
        out.flush();
        err.flush();
        if (interruption.finished()) {
            System.exit(code);
        }
    }
}
