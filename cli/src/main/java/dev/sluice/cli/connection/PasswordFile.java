package dev.sluice.cli.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code .pgpass} file (PostgreSQL documentation, "The Password File"): one {@code host:port:database:user:password}
 * per line, {@code *} matches anything, a backslash takes the next character literally, the first match wins.
 */
final class PasswordFile {
    private static final int FIELDS = 5;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path file;
    private final List<String> lines;

    private PasswordFile(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Reads the file if it is there and, as libpq demands, only its owner can read it.
     *
     * @param warnings is told when the file is left out, and why
     */
    static Optional<PasswordFile> read(Path file, List<String> warnings) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                if (!OWNER_ONLY.containsAll(permissions)) {
                    warnings.add("The password file " + file + " is not used: others have access to it ("
                            + PosixFilePermissions.toString(permissions) + "). Next: chmod 600 " + file);
                    return Optional.empty();
                }
            }
            return Optional.of(new PasswordFile(file, Files.readAllLines(file)));
        } catch (IOException e) {
            warnings.add("The password file " + file + " is not used: it cannot be read (" + e.getMessage() + ").");
            return Optional.empty();
        }
    }

    Optional<Password> find(HostPort address, String database, String user) {
        String port = Integer.toString(address.port());
        for (int i = 0; i < lines.size(); i++) {
            List<Field> fields = fields(lines.get(i));
            if (fields.size() >= FIELDS
                    && fields.get(0).matches(address.host())
                    && fields.get(1).matches(port)
                    && fields.get(2).matches(database)
                    && fields.get(3).matches(user)) {
                return Optional.of(new Password(fields.get(4).text(), file + " line " + (i + 1)));
            }
        }
        return Optional.empty();
    }

    /** An escaped star is a star; only a bare one matches everything. */
    private record Field(String text, boolean wildcard) {
        boolean matches(String value) {
            return wildcard || text.equals(value);
        }
    }

    private static List<Field> fields(String line) {
        List<Field> fields = new ArrayList<>();
        if (line.startsWith("#")) {
            return fields;
        }
        StringBuilder field = new StringBuilder();
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':') {
                fields.add(new Field(field.toString(), line.substring(start, i).equals("*")));
                field.setLength(0);
                start = i + 1;
            } else {
                field.append(c);
            }
        }
        fields.add(new Field(field.toString(), line.substring(start).equals("*")));
        return fields;
    }
}
