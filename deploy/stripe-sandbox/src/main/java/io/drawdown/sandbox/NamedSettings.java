package io.drawdown.sandbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings by their names, as the command takes them: {@code payments.fee.fixed}, after the records that they are. */
final class NamedSettings {

    private NamedSettings() {}

    /**
     * The settings with others in some places.
     *
     * @throws IllegalArgumentException when there is no such name, or the value makes no sense
     */
    static SandboxSettings changed(SandboxSettings settings, Map<String, String> values) {
        var result = settings;
        for (var value : values.entrySet()) {
            if (!all(settings).containsKey(value.getKey())) {
                throw new IllegalArgumentException("No setting " + value.getKey() + "; there are "
                        + String.join(", ", all(settings).keySet()) + ".");
            }
            result = changed(result, value.getKey(), value.getValue());
        }
        return result;
    }

    private static SandboxSettings changed(SandboxSettings settings, String name, String text) {
        try {
            return (SandboxSettings) changed(settings, List.of(name.split("\\.")), text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IllegalArgumentException("The setting " + name + " cannot be " + text + ": " + e.getMessage(), e);
        }
    }

    /** Every name with its value. */
    static Map<String, String> all(SandboxSettings settings) {
        var all = new TreeMap<String, String>();
        collect(settings, "", all);
        return all;
    }

    private static void collect(Record settings, String prefix, Map<String, String> all) {
        for (var component : settings.getClass().getRecordComponents()) {
            var value = valueOf(settings, component);
            var name = prefix + component.getName();
            if (value instanceof Record inner) {
                collect(inner, name + ".", all);
            } else {
                all.put(name, text(value));
            }
        }
    }

    private static Record changed(Record settings, List<String> path, String text) {
        var types = new ArrayList<Class<?>>();
        var values = new ArrayList<Object>();
        for (var component : settings.getClass().getRecordComponents()) {
            var value = valueOf(settings, component);
            types.add(component.getType());
            values.add(component.getName().equals(path.getFirst()) ? replaced(component, value, path, text) : value);
        }
        return made(settings.getClass(), types, values);
    }

    private static Object replaced(RecordComponent component, Object value, List<String> path, String text) {
        return switch (value) {
            case Record inner -> changed(inner, path.subList(1, path.size()), text);
            case List<?> _ -> listed(component, text);
            default -> parsed(value, text);
        };
    }

    private static List<?> listed(RecordComponent component, String text) {
        var type = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",")).map(one -> element(type, one)).toList();
    }

    /** Lists are of durations or of what an enumeration has. */
    private static Object element(Type type, String text) {
        return type instanceof Class<?> kind && kind.isEnum()
                ? parsed(kind.getEnumConstants()[0], text)
                : Duration.parse(text);
    }

    private static Object parsed(Object former, String text) {
        return switch (former) {
            case Duration _ -> Duration.parse(text);
            case Integer _ -> Integer.valueOf(text);
            case Long _ -> Long.valueOf(text);
            case BigDecimal _ -> new BigDecimal(text);
            case Boolean _ -> bool(text);
            case Enum<?> constant -> Enum.valueOf(constant.getDeclaringClass(), text.toUpperCase(Locale.ROOT));
            default -> throw new IllegalStateException("Settings of this type have no text yet: " + former);
        };
    }

    private static Boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("it is true or false");
        }
        return Boolean.valueOf(text);
    }

    /** Lists have commas between their elements. */
    private static String text(Object value) {
        return switch (value) {
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case List<?> list -> list.stream().map(NamedSettings::text).collect(Collectors.joining(","));
            default -> value.toString();
        };
    }

    private static Object valueOf(Record settings, RecordComponent component) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record shows its components", e);
        }
    }

    /** What the record says of values that make no sense is what its maker is told. */
    private static Record made(Class<? extends Record> type, List<Class<?>> types, List<Object> values) {
        try {
            return type.getDeclaredConstructor(types.toArray(Class<?>[]::new)).newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            var refusal = e.getCause();
            throw new IllegalArgumentException(refusal == null ? null : refusal.getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record has a constructor of its components", e);
        }
    }
}
