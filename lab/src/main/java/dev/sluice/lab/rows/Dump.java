package dev.sluice.lab.rows;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.db.ConnectionSource;
import dev.sluice.lab.rows.DumpReader.Part;
import dev.sluice.sql.Identifier;
import dev.sluice.sql.Tokens;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads a dump as {@code pg_dump} writes it in its plain format (gzipped or not), without psql: statements one by one, the rows
 * of {@code COPY … FROM stdin} as they come. The file may be larger than memory.
 *
 * <p>What it does differently from psql: the dump goes into the database of the connection, so CREATE DATABASE and the like
 * are left out and psql's {@code connect} is taken for that database; roles that are missing are created, because the server is a
 * throw-away one; a setting that the server does not know is left out; the first other error ends the loading. Every command
 * for psql but {@code connect}, {@code restrict} and {@code unrestrict} is refused.
 */
public final class Dump {

    private static final Set<String> HARMLESS = Set.of("\\restrict", "\\unrestrict", "\\connect", "\\c");
    private static final Pattern MISSING_ROLE = Pattern.compile("role \"(.+)\" does not exist");
    private static final Pattern ENCODING = Pattern.compile("(?m)^SET client_encoding = '([^']+)';");
    private static final int HEADER = 8_192;
    private static final int MOST_MISSING_ROLES = 20;

    /**
     * What was loaded.
     *
     * @param statements statements run, COPY included
     * @param rows rows copied
     * @param createdRoles roles that the dump names and the server did not have
     */
    public record Loaded(long statements, long rows, Set<String> createdRoles) {

        public Loaded {
            createdRoles = Set.copyOf(createdRoles);
        }
    }

    private final Connection connection;
    private final String file;
    private final Set<String> createdRoles = new TreeSet<>();
    private final Set<String> databases = new TreeSet<>();
    private long statements;
    private long rows;

    private Dump(Connection connection, String file) {
        this.connection = connection;
        this.file = file;
    }

    /**
     * Loads the file into a database, which should be empty.
     *
     * @param source of connections of a superuser, by PostgreSQL's own driver
     * @throws SluiceException {@link ExitCode#VALIDATION}, with file and line, when the file is no plain dump, has a command for
     *     psql that is refused, is cut short, or PostgreSQL rejects a statement; the database is half loaded then
     */
    public static Loaded load(ConnectionSource source, Path file) {
        try (Connection connection = source.open();
                InputStream bytes = open(file)) {
            Dump dump = new Dump(connection, file.toString());
            try (BufferedReader lines = reader(bytes, file)) {
                dump.run(new DumpReader(lines, file.toString()));
            }
            return new Loaded(dump.statements, dump.rows, dump.createdRoles);
        } catch (SQLException e) {
            throw new SluiceException(ExitCode.CONNECTION, "cannot connect to load " + file + ": " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new SluiceException(
                    ExitCode.VALIDATION,
                    file + ": has bytes that its client_encoding does not know. Make the dump again.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw unfit(file, "is a directory, as pg_dump -Fd writes it");
        }
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), HEADER * 2);
        byte[] head = peek(raw, 5);
        if (head.length > 1 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b) {
            return new BufferedInputStream(new GZIPInputStream(raw), HEADER * 2);
        }
        if (new String(head, StandardCharsets.ISO_8859_1).equals("PGDMP")) {
            raw.close();
            throw unfit(file, "is in pg_dump's custom format");
        }
        return raw;
    }

    private static SluiceException unfit(Path file, String what) {
        return new SluiceException(
                ExitCode.VALIDATION,
                file + ": " + what
                        + ". Only the plain format can be loaded: pg_dump --format=plain, or pg_restore --file=dump.sql "
                        + file + ".");
    }

    private static byte[] peek(InputStream in, int count) throws IOException {
        in.mark(count);
        byte[] bytes = in.readNBytes(count);
        in.reset();
        return bytes;
    }

    /** In the encoding that the dump's head names. */
    private static BufferedReader reader(InputStream in, Path file) throws IOException {
        Matcher named = ENCODING.matcher(new String(peek(in, HEADER), StandardCharsets.ISO_8859_1));
        Charset charset = named.find() ? charset(named.group(1), file) : StandardCharsets.UTF_8;
        return new BufferedReader(new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    private static Charset charset(String name, Path file) {
        String java = name.toUpperCase(Locale.ROOT)
                .replace("UTF8", "UTF-8")
                .replace("SQL_ASCII", "UTF-8")
                .replaceFirst("^LATIN9$", "ISO-8859-15")
                .replaceFirst("^LATIN([1-4])$", "ISO-8859-$1")
                .replaceFirst("^WIN(\\d+)$", "windows-$1");
        try {
            return Charset.forName(java);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SluiceException(
                    ExitCode.VALIDATION,
                    file + ": its encoding " + name + " is not known here. Make the dump with --encoding=UTF8.",
                    e);
        }
    }

    private void run(DumpReader reader) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET lc_messages = 'C'"); // what a missing role is called is read from the message
            for (Optional<Part> part = reader.next(); part.isPresent(); part = reader.next()) {
                if (part.get().isMetaCommand()) {
                    metaCommand(part.get());
                } else if (part.get().copiesFromStdin()) {
                    copy(reader, part.get());
                } else if (!isLeftOut(part.get())) {
                    execute(statement, part.get());
                }
            }
        }
    }

    private void metaCommand(Part part) {
        String[] words = part.text().split("\\s+");
        if (!HARMLESS.contains(words[0])) {
            throw new SluiceException(
                    ExitCode.VALIDATION,
                    file + ":" + part.line() + ": " + words[0]
                            + " is a command for psql, and none but \\connect, \\restrict and \\unrestrict is understood here."
                            + " Load a file that pg_dump wrote.");
        }
        if (words[0].startsWith("\\c") && words.length > 1) {
            databases.add(words[1]);
        }
        if (databases.size() > 1) {
            throw new SluiceException(
                    ExitCode.VALIDATION,
                    file + ":" + part.line() + ": the dump has several databases (" + String.join(", ", databases)
                            + "). Dump one of them with pg_dump.");
        }
    }

    /** What concerns the database as such, or what the driver does by itself. */
    private static boolean isLeftOut(Part part) {
        return part.startsWith("SET", "client_encoding")
                || part.startsWith("CREATE", "DATABASE")
                || part.startsWith("DROP", "DATABASE")
                || part.startsWith("ALTER", "DATABASE")
                || part.startsWith("COMMENT", "ON", "DATABASE");
    }

    private void execute(Statement statement, Part part) {
        for (int missing = 0; ; missing++) {
            try {
                statement.execute(sql(part));
                statements++;
                return;
            } catch (SQLException e) {
                if (isHarmless(part, e)) {
                    return;
                }
                if (missing >= MOST_MISSING_ROLES || !createMissingRole(statement, e)) {
                    throw failed(part, e);
                }
            }
        }
    }

    /** The driver would cut the body of a function in standard SQL into pieces. */
    private static String sql(Part part) {
        List<Tokens.Token> tokens = part.tokens();
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord("BEGIN") && tokens.get(i + 1).isWord("ATOMIC")) {
                return "DO LANGUAGE plpgsql "
                        + Identifier.literal("BEGIN EXECUTE " + Identifier.literal(part.text()) + "; END");
            }
        }
        return part.text();
    }

    /** A setting of another version, or the schema that every database has. */
    private static boolean isHarmless(Part part, SQLException e) {
        return (part.startsWith("SET") && "42704".equals(e.getSQLState()))
                || (part.startsWith("CREATE", "SCHEMA", "public") && "42P06".equals(e.getSQLState()));
    }

    private boolean createMissingRole(Statement statement, SQLException e) {
        Matcher role = MISSING_ROLE.matcher(String.valueOf(e.getMessage()));
        if (!"42704".equals(e.getSQLState()) || !role.find() || !createdRoles.add(role.group(1))) {
            return false;
        }
        try {
            statement.execute("CREATE ROLE " + Identifier.quote(role.group(1)) + " NOLOGIN");
            return true;
        } catch (SQLException another) {
            e.addSuppressed(another);
            return "42710".equals(another.getSQLState()); // somebody else was faster
        }
    }

    private void copy(DumpReader reader, Part part) throws IOException {
        try {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(part.text());
            try {
                for (Optional<String> row = reader.nextRow(part); row.isPresent(); row = reader.nextRow(part)) {
                    byte[] bytes = (row.get() + "\n").getBytes(StandardCharsets.UTF_8);
                    copy.writeToCopy(bytes, 0, bytes.length);
                }
                rows += copy.endCopy();
                statements++;
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw failed(part, e);
        }
    }

    private SluiceException failed(Part part, SQLException e) {
        String first = part.text().lines().findFirst().orElse("");
        return new SluiceException(
                ExitCode.VALIDATION,
                file + ":" + part.line() + ": " + e.getMessage() + "\n  statement: " + first
                        + "\nThe dump is loaded up to here. Correct it (or leave out what the server does not have) and load it into"
                        + " an empty database.",
                e);
    }
}
