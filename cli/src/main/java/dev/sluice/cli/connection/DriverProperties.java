package dev.sluice.cli.connection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * libpq's connection parameters under the names the JDBC driver knows them by (PostgreSQL documentation, "Parameter Key
 * Words"; pgJDBC documentation, "Connection Parameters"). Pure.
 */
final class DriverProperties {
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("application_name", "ApplicationName"),
            Map.entry("fallback_application_name", "ApplicationName"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("schema", "currentSchema"));

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    /** Of libpq and of other tools that share DATABASE_URL: they say nothing about how we should connect. */
    private static final Set<String> MEANINGLESS = Set.of(
            "client_encoding",
            "connection_limit",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "pgbouncer",
            "pool_timeout",
            "socket_timeout",
            "statement_cache_size",
            "tcp_user_timeout");

    /** libpq takes the operating system's certificates; Java has a list of its own. */
    private static final String JAVAS_OWN_TRUST = "org.postgresql.ssl.DefaultJavaSSLFactory";

    private DriverProperties() {}

    /** Unknown names go to the driver as they are: they may be its own. */
    static Map<String, String> of(Map<String, String> parameters) {
        Map<String, String> properties = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (name.equals("target_session_attrs")) {
                properties.put("targetServerType", SERVER_TYPES.getOrDefault(value, value));
            } else if (name.equals("keepalives")) {
                properties.put("tcpKeepAlive", value.equals("0") ? "false" : "true");
            } else if (name.equals("fallback_application_name")) {
                properties.putIfAbsent("ApplicationName", value);
            } else if (name.equals("sslrootcert") && value.equals("system")) {
                properties.put("sslfactory", JAVAS_OWN_TRUST);
            } else if (!MEANINGLESS.contains(name)) {
                properties.put(RENAMED.getOrDefault(name, name), value);
            }
        });
        return properties;
    }

    /** The parameters that were left out because they are not for us. */
    static List<String> ignored(Map<String, String> parameters) {
        Set<String> found = new TreeSet<>(parameters.keySet());
        found.retainAll(MEANINGLESS);
        return List.copyOf(found);
    }
}
