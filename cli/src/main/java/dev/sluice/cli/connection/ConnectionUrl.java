package dev.sluice.cli.connection;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection URL taken apart, percent-decoded, nothing filled in. Reads {@code postgres://} and {@code postgresql://}
 * (PostgreSQL documentation, "Connection URIs") and {@code jdbc:postgresql:} (pgJDBC documentation, "Connecting to the
 * Database").
 *
 * @param hosts as written, {@code host} or {@code host:port}; may be empty
 * @param parameters what follows the question mark, in order, names as written
 */
public record ConnectionUrl(
        List<String> hosts,
        Optional<String> database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> parameters) {

    private static final String JDBC = "jdbc:postgresql:";
    private static final String FORMS =
            "write postgres://USER@HOST:PORT/DATABASE or jdbc:postgresql://HOST:PORT/DATABASE?user=USER";

    public ConnectionUrl {
        hosts = List.copyOf(hosts);
        requireNonNull(database, "database");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        parameters = Map.copyOf(parameters);
    }

    /**
     * @param origin where the URL was given, for messages
     * @throws SluiceException with {@link ExitCode#USAGE} when it is not a PostgreSQL URL; never quotes the URL
     */
    public static ConnectionUrl parse(String url, String origin) {
        String trimmed = url.strip();
        if (trimmed.startsWith(JDBC)) {
            String rest = trimmed.substring(JDBC.length());
            if (rest.startsWith("//")) {
                return parts(rest.substring(2), origin, true);
            }
            return parts("/" + (rest.startsWith("/") ? rest.substring(1) : rest), origin, true);
        }
        for (String scheme : List.of("postgres://", "postgresql://")) {
            if (trimmed.startsWith(scheme)) {
                return parts(trimmed.substring(scheme.length()), origin, false);
            }
        }
        int colon = trimmed.indexOf("://");
        String found = colon > 0 && colon < 30 && trimmed.indexOf('@') != 0
                ? "its scheme is '" + trimmed.substring(0, colon) + "'"
                : "it has no scheme";
        throw usage(origin, "not a PostgreSQL URL: " + found);
    }

    private static ConnectionUrl parts(String text, String origin, boolean jdbc) {
        int question = text.indexOf('?');
        String head = question < 0 ? text : text.substring(0, question);
        // The last @ before the path ends the credentials, so that a password with a plain @ in it still works.
        int slash = head.indexOf('/', Math.max(head.lastIndexOf('@'), 0));
        String authority = slash < 0 ? head : head.substring(0, slash);
        String path = slash < 0 ? "" : head.substring(slash + 1);
        int at = authority.lastIndexOf('@');
        String credentials = at < 0 ? "" : authority.substring(0, at);
        int colon = credentials.indexOf(':');
        List<String> hosts = new ArrayList<>();
        for (String host : authority.substring(at + 1).split(",")) {
            if (!host.isBlank()) {
                hosts.add(decode(host, origin, jdbc));
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair :
                question < 0 ? new String[0] : text.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0 && !pair.isBlank()) {
                throw usage(origin, "a parameter after the '?' has no '='");
            }
            if (equals >= 0) {
                parameters.put(
                        decode(pair.substring(0, equals), origin, jdbc),
                        decode(pair.substring(equals + 1), origin, jdbc));
            }
        }
        Optional<String> user = filled(decode(colon < 0 ? credentials : credentials.substring(0, colon), origin, jdbc));
        Optional<String> password =
                colon < 0 ? Optional.empty() : Optional.of(decode(credentials.substring(colon + 1), origin, jdbc));
        return new ConnectionUrl(
                taken(parameters, "host")
                        .map(value -> List.of(value.split(",")))
                        .orElse(hosts),
                taken(parameters, "dbname").or(() -> filled(decode(path, origin, jdbc))),
                taken(parameters, "user").or(() -> user),
                taken(parameters, "password").or(() -> password),
                parameters);
    }

    private static Optional<String> taken(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.remove(name));
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** JDBC URLs are form-encoded: there a plus is a space. */
    private static String decode(String text, String origin, boolean plusIsSpace) {
        String plain = plusIsSpace ? text.replace('+', ' ') : text;
        if (plain.indexOf('%') < 0) {
            return plain;
        }
        byte[] raw = plain.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                decoded.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw usage(origin, "a '%' in it is not followed by two hex digits (a '%' itself is written %25)");
            }
            decoded.write(high * 16 + low);
            i += 2;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static SluiceException usage(String origin, String what) {
        return new SluiceException(
                ExitCode.USAGE,
                "The connection URL from " + origin + " cannot be read: " + what + ".\nNext: " + FORMS + ".");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ConnectionUrl[hosts=" + hosts + ", database=" + database + ", user=" + user + "]";
    }
}
