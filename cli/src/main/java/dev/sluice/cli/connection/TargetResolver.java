package dev.sluice.cli.connection;

import dev.sluice.ExitCode;
import dev.sluice.SluiceException;
import dev.sluice.cli.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which database is meant. What the URL says wins; what it leaves open comes from the connection service
 * ({@code PGSERVICE}), then from libpq's environment variables, then from defaults.
 */
public final class TargetResolver {
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("PGSSLMODE", "sslmode"),
            Map.entry("PGSSLROOTCERT", "sslrootcert"),
            Map.entry("PGSSLCERT", "sslcert"),
            Map.entry("PGSSLKEY", "sslkey"),
            Map.entry("PGAPPNAME", "application_name"),
            Map.entry("PGOPTIONS", "options"),
            Map.entry("PGCONNECT_TIMEOUT", "connect_timeout"),
            Map.entry("PGCHANNELBINDING", "channel_binding"),
            Map.entry("PGGSSENCMODE", "gssencmode"),
            Map.entry("PGTARGETSESSIONATTRS", "target_session_attrs"));

    private static final List<String> NAMING_A_DATABASE = List.of("PGHOST", "PGDATABASE", "PGSERVICE", "PGUSER");

    private final Surroundings surroundings;
    private final List<String> warnings = new ArrayList<>();

    public TargetResolver(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** A URL and where it was given. */
    public record Given(String url, String origin) {}

    /**
     * @throws SluiceException with {@link ExitCode#USAGE} when no database is named at all, or not readably
     */
    public Target resolve(Optional<Given> given) {
        if (given.isEmpty()
                && NAMING_A_DATABASE.stream().noneMatch(name -> variable(name).isPresent())) {
            throw new SluiceException(ExitCode.USAGE, """
                    No database is named.
                    Next: pass --url postgres://USER@HOST/DATABASE, or set DATABASE_URL, or PGHOST and PGDATABASE.""");
        }
        ConnectionUrl url = given.map(from -> ConnectionUrl.parse(from.url(), from.origin()))
                .orElse(new ConnectionUrl(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
        Map<String, String> parameters = new LinkedHashMap<>();
        VARIABLES.forEach((variable, name) -> variable(variable).ifPresent(value -> parameters.put(name, value)));
        Map<String, String> service = service(url);
        parameters.putAll(service);
        parameters.putAll(url.parameters());
        parameters.keySet().removeAll(List.of("host", "port", "user", "password", "dbname", "service", "passfile"));

        String user = url.user()
                .or(() -> Optional.ofNullable(service.get("user")))
                .or(() -> variable("PGUSER"))
                .orElse(surroundings.userName());
        String database = url.database()
                .or(() -> Optional.ofNullable(service.get("dbname")))
                .or(() -> variable("PGDATABASE"))
                .orElse(user);
        List<HostPort> hosts = hosts(url, service);
        Optional<Password> password = url.password()
                .map(value -> new Password(value, given.map(Given::origin).orElse("the URL")))
                .or(() -> Optional.ofNullable(service.get("password"))
                        .map(value -> new Password(value, "the connection service file")))
                .or(() -> variable("PGPASSWORD").map(value -> new Password(value, "PGPASSWORD")))
                .or(() -> fromFile(url, service, hosts, database, user));
        List<String> ignored = DriverProperties.ignored(url.parameters());
        if (!ignored.isEmpty()) {
            warnings.add("Not used here: the URL's " + String.join(", ", ignored) + ".");
        }
        return new Target(hosts, database, user, password, DriverProperties.of(parameters));
    }

    /** What the user should know, in the order of discovery; complete after {@link #resolve}. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private Optional<Password> fromFile(
            ConnectionUrl url, Map<String, String> service, List<HostPort> hosts, String database, String user) {
        Path file = Optional.ofNullable(url.parameters().get("passfile"))
                .or(() -> Optional.ofNullable(service.get("passfile")))
                .or(() -> variable("PGPASSFILE"))
                .map(surroundings.directory()::resolve)
                .orElse(surroundings.home().resolve(".pgpass"));
        return PasswordFile.read(file, warnings)
                .flatMap(passwords -> hosts.stream()
                        .flatMap(host -> passwords.find(host, database, user).stream())
                        .findFirst());
    }

    private Map<String, String> service(ConnectionUrl url) {
        Optional<String> name =
                Optional.ofNullable(url.parameters().get("service")).or(() -> variable("PGSERVICE"));
        Path file = variable("PGSERVICEFILE")
                .map(surroundings.directory()::resolve)
                .orElse(surroundings.home().resolve(".pg_service.conf"));
        return name.map(service -> ServiceFile.read(file, service)).orElse(Map.of());
    }

    /** As in libpq, one port for all hosts, or one for each. */
    private List<HostPort> hosts(ConnectionUrl url, Map<String, String> service) {
        List<String> ports = Optional.ofNullable(url.parameters().get("port"))
                .or(() -> Optional.ofNullable(service.get("port")))
                .or(() -> variable("PGPORT"))
                .map(text -> List.of(text.split(",")))
                .orElse(List.of(Integer.toString(HostPort.DEFAULT_PORT)));
        List<String> names = url.hosts().isEmpty()
                ? Optional.ofNullable(service.get("host"))
                        .or(() -> variable("PGHOST"))
                        .map(text -> List.of(text.split(",")))
                        .orElse(List.of("localhost"))
                : url.hosts();
        List<HostPort> hosts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            hosts.add(address(names.get(i).strip(), ports.get(Math.min(i, ports.size() - 1))));
        }
        return hosts;
    }

    private static HostPort address(String text, String defaultPort) {
        if (text.startsWith("/") || text.startsWith("@")) {
            throw new SluiceException(
                    ExitCode.USAGE,
                    "The host is the Unix socket " + text + ", which Java's PostgreSQL driver cannot use."
                            + "\nNext: name a host, for example PGHOST=localhost.");
        }
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > bracket && (bracket >= 0 || text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        String port = hasPort && colon + 1 < text.length() ? text.substring(colon + 1) : defaultPort;
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return new HostPort(bare, Integer.parseInt(port.strip()));
        } catch (IllegalArgumentException e) {
            throw new SluiceException(
                    ExitCode.USAGE, "'" + port + "' is not a port (1 to 65535), given for host " + bare + ".", e);
        }
    }

    private Optional<String> variable(String name) {
        return surroundings.variable(name);
    }
}
