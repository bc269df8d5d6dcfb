package dev.sluice.lab;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Unpacks a tar stream of directories, regular files and symbolic links (POSIX ustar). Anything else in it, such as a
 * GNU long name, is an error rather than a file silently missing.
 */
final class TarArchive {
    private static final int BLOCK = 512;

    private final InputStream in;

    TarArchive(InputStream in) {
        this.in = in;
    }

    void unpackInto(Path directory) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        for (byte[] header = block(); header[0] != 0; header = block()) {
            String prefix = text(header, 345, 155);
            String name =
                    prefix.isEmpty() || !isPosix(header) ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100);
            Path target = root.resolve(name).normalize();
            if (!target.startsWith(root)) {
                throw new IOException("The archive tries to write outside of its directory: " + name);
            }
            long size = octal(header, 124, 12);
            switch (header[156]) {
                case '5' -> Files.createDirectories(target);
                case '0', 0 -> file(target, size, (int) octal(header, 100, 8));
                case '2' -> Files.createSymbolicLink(parented(target), Path.of(text(header, 157, 100)));
                default -> throw new IOException("Unknown kind of entry in the archive: " + name);
            }
        }
    }

    private void file(Path target, long size, int mode) throws IOException {
        try (var out = Files.newOutputStream(parented(target))) {
            long left = size;
            byte[] buffer = new byte[1 << 16];
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("The archive ends in the middle of " + target.getFileName());
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(target, permissions);
    }

    private static Path parented(Path target) throws IOException {
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return target;
    }

    private byte[] block() throws IOException {
        byte[] block = in.readNBytes(BLOCK);
        if (block.length != BLOCK) {
            throw new EOFException("The archive ends without its end mark");
        }
        return block;
    }

    /** The prefix field is POSIX's; GNU tar ("ustar  ") keeps times in its place. */
    private static boolean isPosix(byte[] header) {
        return header[257 + 5] == 0;
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int offset, int length) {
        String digits = text(header, offset, length).trim();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
