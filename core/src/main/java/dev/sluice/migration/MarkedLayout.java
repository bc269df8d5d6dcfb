package dev.sluice.migration;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What layouts have in common that keep a migration in one file, named by number, and cannot do without markers.
 *
 * @param file group 1 is the version, group 2 the name
 * @param marker whose marker shows that a file is of this layout
 */
record MarkedLayout(String id, String form, Pattern file, ToolMarker marker, SectionMarker.Syntax syntax)
        implements Layout {
    @Override
    public double detect(Listing listing) {
        return listing.share(each -> Listing.match(file, each).isPresent() && marker.in(each));
    }

    @Override
    public void read(Listing listing, Collected out) {
        for (SourceFile each : listing.sqlFiles()) {
            Optional<Matcher> match = Listing.match(file, each);
            if (match.isEmpty()) {
                continue;
            }
            out.claim(each);
            List<SectionMarker> markers = syntax.markers(each.scanned(), out);
            if (markers.isEmpty()) {
                out.problem(Problem.ofDirectory(
                        each.shown(), "a file of the layout '" + id + "' needs '" + syntax.up() + "'"));
            } else {
                String name = Optional.ofNullable(match.get().group(2)).orElse("");
                new MarkedFile(each, match.get().group(1), name, syntax).read(each.scanned(), markers, out);
            }
        }
    }
}
