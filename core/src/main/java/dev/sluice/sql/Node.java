package dev.sluice.sql;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of PostgreSQL's parse tree, as libpg_query prints it. Types and fields have the names of PostgreSQL's {@code
 * parsenodes.h}; fields with a zero value are left out of the tree. Immutable as long as nobody changes the JSON behind
 * it; thread-safe.
 *
 * @param type the node's type ({@code AlterTableStmt}); empty where the field that holds it has only one possible type
 */
public record Node(String type, JsonObject fields) {

    private static final Node NOTHING = new Node("", new JsonObject());

    /** Reads a node, with or without the wrapper object that names its type. */
    public static Node of(JsonElement json) {
        if (!json.isJsonObject()) {
            return NOTHING;
        }
        JsonObject object = json.getAsJsonObject();
        if (object.size() == 1) {
            Map.Entry<String, JsonElement> only = object.entrySet().iterator().next();
            if (Character.isUpperCase(only.getKey().charAt(0))
                    && only.getValue().isJsonObject()) {
                return new Node(only.getKey(), only.getValue().getAsJsonObject());
            }
        }
        return new Node("", object);
    }

    public boolean is(String expectedType) {
        return type.equals(expectedType);
    }

    public boolean has(String field) {
        return fields.has(field);
    }

    /** The node in a field; a node without type and fields when the field is not there. */
    public Node get(String field) {
        JsonElement value = fields.get(field);
        return value == null ? NOTHING : of(value);
    }

    public Optional<Node> find(String field) {
        return fields.has(field) ? Optional.of(get(field)) : Optional.empty();
    }

    /** The nodes in a list field; empty when it is not there. */
    public List<Node> list(String field) {
        JsonElement value = fields.get(field);
        if (value == null || !value.isJsonArray()) {
            return List.of();
        }
        JsonArray array = value.getAsJsonArray();
        List<Node> nodes = new ArrayList<>(array.size());
        array.forEach(item -> nodes.add(of(item)));
        return nodes;
    }

    /** A text or enum field; empty when it is not there. */
    public String text(String field) {
        JsonElement value = fields.get(field);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    /** A number; zero when it is not there, as PostgreSQL's zero values are left out. */
    public int number(String field) {
        JsonElement value = fields.get(field);
        return value == null || !value.isJsonPrimitive() ? 0 : value.getAsInt();
    }

    public boolean flag(String field) {
        JsonElement value = fields.get(field);
        return value != null && value.isJsonPrimitive() && value.getAsBoolean();
    }

    /** The value of a String node. */
    public String string() {
        return text("sval");
    }

    /** The values of a list of String nodes, such as a qualified name. */
    public List<String> strings(String field) {
        return list(field).stream().map(Node::string).toList();
    }

    /** A name in its parts, however the tree has it: as a list, a function with arguments, a type, or a single word. */
    public List<String> nameParts() {
        return switch (type) {
            case "List" -> strings("items");
            case "ObjectWithArgs" -> strings("objname");
            case "TypeName" -> strings("names");
            default -> List.of(string());
        };
    }

    /** Byte offset into the parsed text; −1 when the tree has none. */
    public int location() {
        return fields.has("location") ? number("location") : -1;
    }

    /** This node and all below it, in the order of the tree. */
    public Stream<Node> walk() {
        List<Node> found = new ArrayList<>();
        collect(type, fields, found);
        return found.stream();
    }

    /** All nodes of a type, this one included. */
    public List<Node> all(String wantedType) {
        return walk().filter(node -> node.is(wantedType)).toList();
    }

    private static void collect(String type, JsonObject fields, List<Node> into) {
        into.add(new Node(type, fields));
        for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
            collectValue(field.getKey(), field.getValue(), into);
        }
    }

    private static void collectValue(String field, JsonElement value, List<Node> into) {
        if (value.isJsonArray()) {
            value.getAsJsonArray().forEach(item -> collectValue(field, item, into));
        } else if (value.isJsonObject()) {
            Node node = of(value);
            collect(node.type.isEmpty() ? impliedType(field, node) : node.type, node.fields, into);
        }
    }

    /** Some fields hold a node whose type the field implies; those that matter get their type back. */
    private static String impliedType(String field, Node node) {
        return switch (field) {
            case "relation", "rel", "pktable", "sequence", "view" -> node.has("relname") ? "RangeVar" : "";
            case "typeName" -> "TypeName";
            default -> node.has("relname") ? "RangeVar" : "";
        };
    }
}
