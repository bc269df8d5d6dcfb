package dev.sluice.lint.size;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.sluice.sql.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The form in which a snapshot is kept in a file. Fields are only ever added. */
public final class SnapshotJson {

    private SnapshotJson() {}

    public static String of(Snapshot snapshot) {
        Sizes sizes = snapshot.sizes();
        JsonObject object = new JsonObject();
        object.addProperty("source", sizes.source());
        JsonArray tables = new JsonArray();
        new TreeMap<>(sizes.tables()).forEach((name, size) -> {
            JsonObject table = new JsonObject();
            table.addProperty("schema", name.schema());
            table.addProperty("name", name.name());
            table.addProperty("rows", size.rows());
            table.addProperty("heapBytes", size.heapBytes());
            table.addProperty("indexBytes", size.indexBytes());
            table.addProperty("indexes", size.indexes());
            table.addProperty("readsPerSecond", size.readsPerSecond());
            table.addProperty("writesPerSecond", size.writesPerSecond());
            tables.add(table);
        });
        object.add("tables", tables);
        JsonArray queries = new JsonArray();
        sizes.queries().forEach(each -> {
            JsonObject query = new JsonObject();
            query.addProperty("text", each.text());
            query.addProperty("callsPerSecond", each.callsPerSecond());
            queries.add(query);
        });
        object.add("queries", queries);
        object.addProperty("schema", snapshot.schema());
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(object);
    }

    /** @throws IllegalArgumentException for a text that is not such a file; its message says what is wrong */
    public static Snapshot read(String json) {
        try {
            JsonObject object = JsonParser.parseString(json).getAsJsonObject();
            Map<QualifiedName, TableSize> tables = new TreeMap<>();
            for (JsonElement each : array(object, "tables")) {
                JsonObject table = each.getAsJsonObject();
                tables.put(
                        QualifiedName.of(
                                field(table, "schema").getAsString(),
                                field(table, "name").getAsString()),
                        new TableSize(
                                field(table, "rows").getAsLong(),
                                field(table, "heapBytes").getAsLong(),
                                field(table, "indexBytes").getAsLong(),
                                field(table, "indexes").getAsInt(),
                                field(table, "readsPerSecond").getAsDouble(),
                                field(table, "writesPerSecond").getAsDouble()));
            }
            List<BusyQuery> queries = new ArrayList<>();
            for (JsonElement each : array(object, "queries")) {
                JsonObject query = each.getAsJsonObject();
                queries.add(new BusyQuery(
                        field(query, "text").getAsString(),
                        field(query, "callsPerSecond").getAsDouble()));
            }
            String schema =
                    object.has("schema") ? object.get("schema").getAsString() : ""; // none in files of before 0.4
            return new Snapshot(new Sizes(field(object, "source").getAsString(), tables, queries), schema);
        } catch (JsonParseException | IllegalStateException | NumberFormatException | UnsupportedOperationException e) {
            throw new IllegalArgumentException("not what sluice stats writes: " + e.getMessage(), e);
        }
    }

    private static JsonArray array(JsonObject object, String name) {
        return field(object, name).getAsJsonArray();
    }

    private static JsonElement field(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (value == null) {
            throw new IllegalStateException("there is no \"" + name + "\"");
        }
        return value;
    }
}
