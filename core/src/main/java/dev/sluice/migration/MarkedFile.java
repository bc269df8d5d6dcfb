package dev.sluice.migration;

import dev.sluice.sql.SourceText;
import java.util.List;
import java.util.Optional;

/**
 * A migration in one file, whose up and down sections are told apart by markers in comments. Markers are looked for in
 * real comments only, so that one in a string or function body is text.
 */
record MarkedFile(SourceFile file, String version, String name, SectionMarker.Syntax syntax) {

    /** Adds the migration, or the reason why there is none; a file without markers is not for this class. */
    void read(ScannedScript scanned, List<SectionMarker> markers, Collected out) {
        SourceText source = scanned.source();
        SectionMarker first = markers.get(0);
        if (scanned.firstCode().isPresent()
                && scanned.firstCode().getAsInt() < first.comment().start()) {
            out.problem(Problem.ofDirectory(
                    source,
                    scanned.firstCode().getAsInt(),
                    "this stands before the first marker, so it is neither up nor down; move it below '" + syntax.up()
                            + "'"));
            return;
        }
        for (boolean up : new boolean[] {true, false}) {
            List<SectionMarker> same =
                    markers.stream().filter(marker -> marker.up() == up).toList();
            if (same.size() > 1) {
                SectionMarker second = same.get(1);
                out.problem(Problem.ofDirectory(
                        source,
                        second.comment().start(),
                        "a second '" + (up ? syntax.up() : syntax.down())
                                + "'; a file holds one migration, so make it two" + " files, or one section"));
                return;
            }
        }
        Optional<SectionMarker> up = markers.stream().filter(SectionMarker::up).findFirst();
        if (up.isEmpty()) {
            out.problem(Problem.ofDirectory(
                    source,
                    first.comment().start(),
                    "there is no '" + syntax.up() + "', so there is nothing to apply"));
            return;
        }
        List<Directive> head = new DirectiveReader(source, out::problem)
                .read(scanned.comments(), 0, first.comment().start());
        MigrationScript upScript = section(scanned, markers, up.get(), head).read(out);
        Optional<MigrationScript> downScript = markers.stream()
                .filter(marker -> !marker.up())
                .findFirst()
                .map(marker -> section(scanned, markers, marker, head).read(out));
        out.add(MigrationParts.migration(version, name, MigrationKind.VERSIONED, upScript, downScript, out));
    }

    private static ScriptSection section(
            ScannedScript scanned, List<SectionMarker> markers, SectionMarker marker, List<Directive> head) {
        String text = scanned.source().text();
        int start = marker.comment().nextLine(text);
        int end = markers.stream()
                .mapToInt(other -> other.comment().start())
                .filter(other -> other > marker.comment().start())
                .min()
                .orElse(text.length());
        return new ScriptSection(scanned, Math.min(start, end), end, marker.transaction(), head);
    }
}
