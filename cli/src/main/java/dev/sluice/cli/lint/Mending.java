package dev.sluice.cli.lint;

import dev.sluice.lint.Finding;
import dev.sluice.lint.Fixes;
import dev.sluice.parser.PgParser;
import dev.sluice.sql.Script;
import dev.sluice.sql.SourceText;
import dev.sluice.sql.SqlSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Writes what mends findings into their files. Used by one thread. */
public final class Mending {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path directory;
    private final PgParser parser;
    private final Consumer<String> note;
    private final Map<String, Integer> mended = new LinkedHashMap<>();

    /**
     * @param directory that names of files are relative to
     * @param note told, in a line, what was not written and why
     */
    public Mending(Path directory, PgParser parser, Consumer<String> note) {
        this.directory = directory;
        this.parser = parser;
        this.note = note;
    }

    /**
     * Writes what goes together; what is left has its turn when the files are linted again.
     *
     * @param entries the scripts that were linted
     * @return whether something was written
     */
    public boolean mend(List<LintScripts.Entry> entries, List<Finding> findings) throws IOException {
        Map<String, SourceText> sources = new LinkedHashMap<>();
        entries.forEach(
                entry -> sources.put(entry.script().file(), entry.script().source()));
        Map<String, List<Finding>> byFile = new LinkedHashMap<>();
        findings.stream()
                .filter(finding -> finding.fix().isPresent())
                .forEach(finding -> byFile.computeIfAbsent(finding.position().file(), f -> new ArrayList<>())
                        .add(finding));
        boolean written = false;
        for (Map.Entry<String, List<Finding>> each : byFile.entrySet()) {
            SourceText source = Objects.requireNonNull(sources.get(each.getKey()));
            written |= write(source, Fixes.together(each.getValue()));
        }
        return written;
    }

    /** How many findings were mended, by file. */
    public Map<String, Integer> mended() {
        return Map.copyOf(mended);
    }

    private boolean write(SourceText source, List<Finding> findings) throws IOException {
        Path file = directory.resolve(source.file());
        if (!Files.isRegularFile(file)) {
            return false; // standard input
        }
        String text = Files.readString(file);
        String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        if (!text.substring(mark.length()).equals(source.text())) {
            note.accept(source.file() + " was changed while it was linted: nothing in it was mended");
            return false;
        }
        String better = Fixes.apply(source.text(), findings);
        try {
            Script.parse(parser, new SourceText(source.file(), better));
        } catch (SqlSyntaxException e) {
            note.accept(
                    "nothing was mended in " + source.file() + ": the mended text would not be SQL, which is a bug in"
                            + " Sluice (" + e.words() + "; " + findings.get(0).rule() + ")");
            return false;
        }
        Files.writeString(file, mark + better);
        mended.merge(source.file(), findings.size(), Integer::sum);
        return true;
    }
}
