package dev.sluice.plan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The JSON form of a {@link Plan}, both ways: {@code read(write(plan)).equals(plan)}. Field names are the record
 * components; a value of a sealed type carries its kind in {@code "type"}; an empty Optional is left out. Thread-safe.
 */
public final class PlanJson {

    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().create();

    /** How a record is written; looking it up by reflection each time costs more than the writing. */
    private record Form(Optional<String> kind, List<RecordComponent> components) {}

    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return new Form(sealedParent(type).map(parent -> kind(type)), List.of(type.getRecordComponents()));
        }
    };

    private PlanJson() {}

    public static String write(Plan plan) {
        return COMPACT.toJson(toTree(plan));
    }

    public static String writePretty(Plan plan) {
        return PRETTY.toJson(toTree(plan));
    }

    public static JsonElement toTree(Plan plan) {
        return encode(plan);
    }

    /** @throws IllegalArgumentException when the text is not a plan; names the field */
    public static Plan read(String json) {
        try {
            return (Plan) decode(JsonParser.parseString(json), Plan.class, "plan");
        } catch (com.google.gson.JsonParseException e) {
            throw new IllegalArgumentException("not a plan: " + e.getMessage(), e);
        }
    }

    /** The plan with each of its texts replaced by what the function makes of it. */
    static Plan mapped(Plan plan, UnaryOperator<String> texts) {
        return (Plan) decode(mapped(toTree(plan), texts), Plan.class, "plan");
    }

    private static JsonElement mapped(JsonElement json, UnaryOperator<String> texts) {
        if (json.isJsonArray()) {
            JsonArray array = new JsonArray();
            json.getAsJsonArray().forEach(item -> array.add(mapped(item, texts)));
            return array;
        }
        if (json.isJsonObject()) {
            JsonObject object = new JsonObject();
            json.getAsJsonObject().entrySet().forEach(e -> object.add(e.getKey(), mapped(e.getValue(), texts)));
            return object;
        }
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()
                ? new JsonPrimitive(texts.apply(json.getAsString()))
                : json;
    }

    private static JsonElement encode(Object value) {
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(item -> array.add(encode(item)));
            return array;
        }
        if (value instanceof Record record) {
            return encodeRecord(record);
        }
        if (value instanceof Enum<?> constant) {
            return new JsonPrimitive(constant.name().toLowerCase(Locale.ROOT));
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        if (value instanceof Boolean bool) {
            return new JsonPrimitive(bool);
        }
        return new JsonPrimitive((String) value);
    }

    private static JsonObject encodeRecord(Record record) {
        JsonObject object = new JsonObject();
        Form form = FORMS.get(record.getClass());
        form.kind().ifPresent(kind -> object.addProperty("type", kind));
        for (RecordComponent component : form.components()) {
            Object value = get(record, component);
            if (value instanceof Optional<?> optional) {
                optional.ifPresent(present -> object.add(component.getName(), encode(present)));
            } else {
                object.add(component.getName(), encode(value));
            }
        }
        return object;
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Object decode(JsonElement json, Type type, String path) {
        if (type instanceof ParameterizedType parameterized) {
            List<Object> items = new ArrayList<>();
            for (JsonElement item :
                    require(json.isJsonArray(), json, path, "a list").getAsJsonArray()) {
                items.add(decode(item, parameterized.getActualTypeArguments()[0], path + "[" + items.size() + "]"));
            }
            return items;
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isSealed()) {
            return decodeRecord(object(json, path), subtype(object(json, path), raw, path), path);
        }
        if (raw.isRecord()) {
            return decodeRecord(object(json, path), raw, path);
        }
        require(json.isJsonPrimitive(), json, path, "a value");
        if (raw.isEnum()) {
            return enumConstant(raw, json.getAsString(), path);
        }
        if (raw == long.class || raw == int.class) {
            return number(json, raw, path);
        }
        if (raw == boolean.class) {
            return json.getAsBoolean();
        }
        return json.getAsString();
    }

    private static Object number(JsonElement json, Class<?> type, String path) {
        try {
            if (type == int.class) {
                return json.getAsInt();
            }
            return json.getAsLong();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a plan: " + path + " should be a number, is " + json, e);
        }
    }

    private static Object decodeRecord(JsonObject object, Class<?> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            types[i] = components[i].getType();
            String field = path + "." + name;
            if (types[i] == Optional.class) {
                Type of = ((ParameterizedType) components[i].getGenericType()).getActualTypeArguments()[0];
                arguments[i] = object.has(name) ? Optional.of(decode(object.get(name), of, field)) : Optional.empty();
            } else if (object.has(name)) {
                arguments[i] = decode(object.get(name), components[i].getGenericType(), field);
            } else {
                throw new IllegalArgumentException("not a plan: " + field + " is missing");
            }
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("not a plan: " + path + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private static Class<?> subtype(JsonObject object, Class<?> sealed, String path) {
        JsonElement given = object.get("type");
        String kind = given != null && given.isJsonPrimitive() ? given.getAsString() : "";
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (kind(permitted).equals(kind)) {
                return permitted;
            }
        }
        throw new IllegalArgumentException("not a plan: " + path + ".type is '" + kind + "'");
    }

    private static Object enumConstant(Class<?> type, String name, String path) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("not a plan: " + path + " is '" + name + "'");
    }

    private static Optional<Class<?>> sealedParent(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isSealed()) {
                return Optional.of(parent);
            }
        }
        return Optional.empty();
    }

    private static String kind(Class<?> type) {
        return type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static JsonObject object(JsonElement json, String path) {
        return require(json.isJsonObject(), json, path, "an object").getAsJsonObject();
    }

    private static JsonElement require(boolean holds, JsonElement json, String path, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not a plan: " + path + " should be " + what + ", is " + json);
        }
        return json;
    }
}
