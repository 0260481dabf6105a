package nnet.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The header of a safetensors file: `{"__metadata__": {"key": "text"}, "name": {"dtype": "F32", "shape": [2, 8], "data_offsets": [0, 64]}, ...}`.
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {

    private static final String METADATA = "__metadata__";

    /// Where a tensor lies: `size` elements from byte `begin` of the data on.
    record Entry(String name, String type, int[] shape, int size, int begin) implements Comparable<Entry> {

        /// By place; a tensor without elements comes before the one that begins there.
        @Override
        public int compareTo(Entry other) {
            return begin != other.begin ? Integer.compare(begin, other.begin) : Integer.compare(size, other.size);
        }
    }

    /// The header says something impossible; the message says what, without the name of the file.
    static final class BadHeader extends Exception {
        private static final long serialVersionUID = 1;

        BadHeader(String message) {
            super(message);
        }
    }

    /// @param dataBytes the bytes that follow the header, which the tensors must fill exactly
    static SafetensorsHeader parse(byte[] bytes, int dataBytes) throws BadHeader {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new BadHeader("not a safetensors file: its header is not UTF-8 text");
        }
        Map<String, Object> root = object(new Json(text).read(), "the header");
        Map<String, String> metadata = new LinkedHashMap<>();
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : root.entrySet()) {
            if (member.getKey().equals(METADATA)) {
                for (Map.Entry<String, Object> pair : object(member.getValue(), METADATA).entrySet()) {
                    if (!(pair.getValue() instanceof String value)) {
                        throw new BadHeader("metadata '" + pair.getKey() + "' is no text");
                    }
                    metadata.put(pair.getKey(), value);
                }
            } else {
                entries.put(member.getKey(),
                        entry(member.getKey(), object(member.getValue(), "tensor '" + member.getKey() + "'"), dataBytes));
            }
        }
        checkCover(entries, dataBytes);
        return new SafetensorsHeader(entries, metadata);
    }

    private static Entry entry(String name, Map<String, Object> members, int dataBytes) throws BadHeader {
        if (!(members.get("dtype") instanceof String type) || members.size() != 3) {
            throw new BadHeader("tensor '" + name + "' needs a dtype, a shape and data_offsets, nothing else");
        }
        long[] shape = numbers(members.get("shape"), "the shape of tensor '" + name + "'");
        long[] offsets = numbers(members.get("data_offsets"), "data_offsets of tensor '" + name + "'");
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
            throw new BadHeader("the data of tensor '" + name + "' lies outside of the file (which may be cut short)");
        }
        long size = 1;
        int[] dimensions = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            dimensions[i] = (int) Math.min(shape[i], Integer.MAX_VALUE);
            size = Math.min(Integer.MAX_VALUE, size * dimensions[i]);
        }
        if (size * bytes(name, type) != offsets[1] - offsets[0]) {
            throw new BadHeader("tensor '" + name + "' has " + (offsets[1] - offsets[0]) + " bytes, which is not what its shape "
                    + Arrays.toString(shape)
                    + " of " + type + " takes");
        }
        return new Entry(name, type, dimensions, (int) size, (int) offsets[0]);
    }

    private static int bytes(String name, String type) throws BadHeader {
        return switch (type) {
            case "F64", "I64", "U64" -> 8;
            case "F32", "I32", "U32" -> 4;
            case "F16", "BF16", "I16", "U16" -> 2;
            case "I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2" -> 1;
            default -> throw new BadHeader("tensor '" + name + "' has the unknown dtype '" + type + "'");
        };
    }

    /// Tensors lie one after the other: no holes, no overlaps, nothing behind the last.
    private static void checkCover(Map<String, Entry> entries, int dataBytes) throws BadHeader {
        List<Entry> ordered = new ArrayList<>(entries.values());
        Collections.sort(ordered);
        long at = 0;
        for (Entry entry : ordered) {
            if (entry.begin() != at) {
                throw new BadHeader("the data of tensor '" + entry.name() + "' does not begin where the tensor before it ends");
            }
            at += (long) entry.size() * bytes(entry.name(), entry.type());
        }
        if (at != dataBytes) {
            throw new BadHeader("the tensors take " + at + " bytes, but the file has " + dataBytes);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value, String what) throws BadHeader {
        if (value instanceof Map<?, ?> members) {
            return (Map<String, Object>) members;
        }
        throw new BadHeader(what + " is no JSON object");
    }

    private static long[] numbers(Object value, String what) throws BadHeader {
        if (!(value instanceof List<?> items)) {
            throw new BadHeader(what + " should be a list of numbers");
        }
        long[] numbers = new long[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(items.get(i) instanceof Long number)) {
                throw new BadHeader(what + " should hold whole numbers");
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /// The header text of `f32` tensors in the order of the map, padded with spaces so that the data begins at a multiple of 8.
    static String write(Map<String, Safetensors.Tensor> tensors, Map<String, String> metadata) {
        StringBuilder text = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            Json.quote(text, METADATA).append(":{");
            String separator = "";
            for (Map.Entry<String, String> pair : metadata.entrySet()) {
                Json.quote(text.append(separator), pair.getKey()).append(':');
                Json.quote(text, pair.getValue());
                separator = ",";
            }
            text.append('}');
        }
        long at = 0;
        for (Map.Entry<String, Safetensors.Tensor> each : tensors.entrySet()) {
            Json.quote(text.append(text.length() > 1 ? "," : ""), each.getKey()).append(":{\"dtype\":\"F32\",\"shape\":[");
            int[] shape = each.getValue().shape();
            for (int i = 0; i < shape.length; i++) {
                text.append(i == 0 ? "" : ",").append(shape[i]);
            }
            long end = at + 4L * each.getValue().size();
            text.append("],\"data_offsets\":[").append(at).append(',').append(end).append("]}");
            at = end;
        }
        text.append('}');
        int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
        return text.append(" ".repeat(-bytes & 7)).toString();
    }
}
