package dev.sluice.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts migrations together from what was found in their files. */
final class MigrationParts {
    /** A file that holds one direction of a migration. */
    record Half(SourceFile file, String version, String name, boolean up, TransactionMode transaction) {}

    private MigrationParts() {}

    /**
     * Pairs up and down files of equal version and adds the migrations. Two ups of one version become two migrations,
     * for {@link MigrationGraph} to refuse, since the same can happen in every layout.
     */
    static void pair(List<Half> halves, Collected out) {
        Map<String, List<Half>> byVersion = new LinkedHashMap<>();
        for (Half half : halves) {
            byVersion
                    .computeIfAbsent(VersionOrder.key(half.version()), key -> new ArrayList<>())
                    .add(half);
        }
        byVersion.values().forEach(ofVersion -> pairOne(ofVersion, out));
    }

    private static void pairOne(List<Half> halves, Collected out) {
        List<Half> ups = halves.stream().filter(Half::up).toList();
        List<Half> downs =
                new ArrayList<>(halves.stream().filter(half -> !half.up()).toList());
        for (Half up : ups) {
            Optional<Half> down = downs.stream()
                    .filter(half -> half.name().equals(up.name()) || ups.size() == 1)
                    .findFirst();
            down.ifPresent(downs::remove);
            out.add(migration(
                    up.version(),
                    up.name(),
                    MigrationKind.VERSIONED,
                    script(up, out),
                    down.map(half -> script(half, out)),
                    out));
        }
        for (Half left : downs) {
            out.problem(Problem.ofDirectory(
                    left.file().shown(),
                    ups.isEmpty()
                            ? "a down script without an up script of version " + left.version()
                                    + "; add the up script (it may be empty), or remove this one"
                            : "one more down script of version " + left.version() + ", besides that of "
                                    + ups.get(0).file().shown() + "; remove one"));
        }
    }

    private static MigrationScript script(Half half, Collected out) {
        return ScriptSection.wholeFile(half.file().scanned(), half.transaction())
                .read(out);
    }

    /** Makes a migration and reads from its directives what it depends on. */
    static Migration migration(
            String version,
            String name,
            MigrationKind kind,
            MigrationScript up,
            Optional<MigrationScript> down,
            Collected out) {
        down.stream()
                .flatMap(script -> script.directives().stream())
                .filter(directive -> directive.name() == DirectiveName.DEPENDS)
                .filter(directive -> !up.directives().contains(directive))
                .forEach(directive -> out.problem(Problem.inScript(
                        down.orElse(up).source(),
                        directive.offset(),
                        "sluice:depends belongs to the up script: the way back is the same order reversed")));
        List<String> dependsOn = up.directives().stream()
                .filter(directive -> directive.name() == DirectiveName.DEPENDS)
                .map(Directive::argument)
                .toList();
        return new Migration(version, name, kind, up, down, dependsOn);
    }
}
