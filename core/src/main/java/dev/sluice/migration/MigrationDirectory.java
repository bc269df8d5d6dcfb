package dev.sluice.migration;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.sql.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A directory with migrations on disk: the only class of this package that touches files. Links are followed. Files are
 * UTF-8 with or without a byte order mark. Thread-safe; every call reads anew.
 */
public final class MigrationDirectory {
    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Files from which on several threads read them. */
    private static final int MANY = 200;

    private final Path directory;
    private final int depth;

    public MigrationDirectory(Path directory) {
        this(directory, Integer.MAX_VALUE);
    }

    /** @param depth how many levels of directories are looked at: 1 for the files of the directory alone */
    public MigrationDirectory(Path directory, int depth) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.depth = depth;
    }

    /** Reads everything, in the layout that fits. */
    public MigrationFiles read() {
        return Layouts.read(listing(), Optional.empty());
    }

    /** Reads everything in the layout with this id, one of {@link Layouts#ids()}. */
    public MigrationFiles read(String layout) {
        return Layouts.read(listing(), Optional.of(layout));
    }

    /**
     * Reads a file as if it had this text and the directory had nothing else: what an editor has not saved yet.
     *
     * @param layout one of {@link Layouts#ids()}
     * @param file within the directory
     */
    public MigrationFiles readAlone(String layout, Path file, String text) {
        SourceText source = new SourceText(shown(file), text);
        SourceFile alone = new SourceFile(shown(directory.relativize(file)), shown(file), Optional.of(source));
        return Layouts.read(new Listing(shown(directory), List.of(alone)), Optional.of(layout));
    }

    /**
     * Reads one file, wherever it is.
     *
     * @throws SluiceException if it cannot be read, is not UTF-8, or contains a NUL character
     */
    public static SourceText readFile(Path file) {
        String shown = shown(file);
        try {
            return new SourceText(shown, decode(shown, Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "cannot read " + shown + ": " + reason(e), e);
        }
    }

    private Listing listing() {
        if (!Files.isDirectory(directory)) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    (Files.exists(directory) ? "not a directory: " : "no such directory: ") + shown(directory)
                            + (directory.isAbsolute()
                                    ? ""
                                    : " in " + shown(Path.of("").toAbsolutePath()))
                            + ". Say where the migrations are (--dir), or create it with `sluice init`");
        }
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
                /** A directory such as {@code .git} is none of ours. */
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return !path.equals(directory) && isHidden(path)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    if (!attributes.isDirectory()) { // one at the depth at which we stop
                        files.add(path);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (FileSystemLoopException e) {
            throw new SluiceException(
                    ExitCode.ERROR, "cannot list " + shown(directory) + ": a link leads back to " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SluiceException(ExitCode.ERROR, "cannot list " + shown(directory) + ": " + reason(e), e);
        }
        return new Listing(shown(directory), files.size() < MANY ? inTurn(files) : atOnce(files));
    }

    private List<SourceFile> inTurn(List<Path> files) {
        return files.stream().map(this::file).toList();
    }

    /** Opening and lexing thousands of files is most of the time of a run with nothing to do. */
    private List<SourceFile> atOnce(List<Path> files) {
        try {
            return files.parallelStream().map(path -> file(path).prepared()).toList();
        } catch (SluiceException e) {
            return inTurn(files); // throws what the first of them throws
        }
    }

    private SourceFile file(Path path) {
        String relative = shown(directory.relativize(path));
        String lower = relative.toLowerCase(Locale.ROOT);
        boolean read = !isHidden(path)
                && (lower.endsWith(".sql") || lower.endsWith(".sql.conf") || lower.endsWith("metadata.toml"));
        return new SourceFile(relative, shown(path), read ? Optional.of(readFile(path)) : Optional.empty());
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private static String decode(String shown, byte[] bytes) {
        int start = startsWith(bytes, UTF8_MARK) ? UTF8_MARK.length : 0;
        String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            refuseInvalid(shown, bytes);
        }
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new InvalidMigrationsException(List.of(Problem.ofDirectory(
                    new SourceText(shown, text),
                    nul,
                    "contains a NUL character, which PostgreSQL cannot store. Remove it; a file full of them is"
                            + " probably UTF-16, to be saved as UTF-8")));
        }
        return text;
    }

    private static void refuseInvalid(String shown, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (decoder.decode(in, CharBuffer.allocate(bytes.length), true).isError()) {
            boolean utf16 = bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF;
            String valid = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
            throw new InvalidMigrationsException(List.of(Problem.ofDirectory(
                    new SourceText(shown, valid).position(valid.length()).toString(),
                    "is not UTF-8: byte 0x" + String.format("%02X", bytes[in.position()]) + " at offset "
                            + in.position() + (utf16 ? "; it looks like UTF-16" : "") + ". Save the file as UTF-8")));
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static String shown(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
