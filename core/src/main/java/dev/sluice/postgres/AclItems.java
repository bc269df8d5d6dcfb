package dev.sluice.postgres;

import dev.sluice.catalog.Grant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads ACLs in their text form, {@code grantee=privileges/grantor} (PostgreSQL documentation, "Privileges"). Parsing here costs the
 * server nothing, where {@code aclexplode} over thousands of tables costs it more than the rest of their query. Remembers
 * what it parsed: one ACL is shared by many objects. For one thread.
 */
final class AclItems {

    private static final Map<Character, String> PRIVILEGES = Map.ofEntries(
            Map.entry('r', "SELECT"),
            Map.entry('a', "INSERT"),
            Map.entry('w', "UPDATE"),
            Map.entry('d', "DELETE"),
            Map.entry('D', "TRUNCATE"),
            Map.entry('x', "REFERENCES"),
            Map.entry('t', "TRIGGER"),
            Map.entry('m', "MAINTAIN"),
            Map.entry('C', "CREATE"),
            Map.entry('c', "CONNECT"),
            Map.entry('T', "TEMPORARY"),
            Map.entry('X', "EXECUTE"),
            Map.entry('U', "USAGE"),
            Map.entry('s', "SET"),
            Map.entry('A', "ALTER SYSTEM"));

    private final Map<List<String>, List<Grant>> known = new HashMap<>();

    /** The grants of an ACL, in its order. */
    List<Grant> grants(List<String> items) {
        return known.computeIfAbsent(items, AclItems::parse);
    }

    private static List<Grant> parse(List<String> items) {
        List<Grant> grants = new ArrayList<>();
        for (String item : items) {
            int equals = endOfRole(item, 0);
            int slash = item.indexOf('/', equals);
            String grantee = unquote(item.substring(0, equals));
            String privileges = item.substring(equals + 1, slash);
            String grantor = unquote(item.substring(slash + 1));
            for (int i = 0; i < privileges.length(); i++) {
                char letter = privileges.charAt(i);
                if (letter == '*') {
                    continue;
                }
                boolean grantable = i + 1 < privileges.length() && privileges.charAt(i + 1) == '*';
                String name = PRIVILEGES.getOrDefault(letter, String.valueOf(letter));
                grants.add(new Grant(grantor, grantee, name, grantable));
            }
        }
        return List.copyOf(grants);
    }

    /** Where the role's name ends that begins here: at the first '=' outside double quotes. */
    private static int endOfRole(String item, int from) {
        boolean quoted = false;
        for (int i = from; i < item.length(); i++) {
            char c = item.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '=' && !quoted) {
                return i;
            }
        }
        throw new IllegalArgumentException("not an ACL item: " + item);
    }

    private static String unquote(String role) {
        return role.startsWith("\"") ? role.substring(1, role.length() - 1).replace("\"\"", "\"") : role;
    }
}
