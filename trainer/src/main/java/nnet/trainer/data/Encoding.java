package nnet.trainer.data;

import java.nio.file.Path;
import java.util.TreeMap;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.trainer.data.text.Vocabulary;

/// What the training rows told about how to read data, by the name of a port: the labels of categories, the statistics of normalised inputs,
/// and the vocabularies of texts. It belongs to the
/// weights and is kept in the metadata of their file, so that other rows are read in the same way.
public record Encoding(Map<String, Labels> labels, Map<String, Normalizer> normalizers, Map<String, Vocabulary> vocabularies) {

    /// Nothing is known yet.
    public static final Encoding NONE = new Encoding(Map.of(), Map.of(), Map.of());

    private static final String LABELS = "labels.";
    private static final String SHIFT = "shift.";
    private static final String SCALE = "scale.";
    private static final String VOCABULARY = "vocabulary.";

    public Encoding {
        labels = Map.copyOf(labels);
        normalizers = Map.copyOf(normalizers);
        vocabularies = Map.copyOf(vocabularies);
    }

    /// As metadata of a safetensors file: each value is a JSON list.
    public Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        labels.forEach((port, known) -> metadata.put(LABELS + port, list(known.texts())));
        normalizers.forEach((port, known) -> {
            metadata.put(SHIFT + port, list(texts(known.shift())));
            metadata.put(SCALE + port, list(texts(known.scale())));
        });
        vocabularies.forEach((port, known) -> metadata.put(VOCABULARY + port, list(known.write())));
        return metadata;
    }

    /// From the metadata of a file, which may hold other things as well.
    ///
    /// @throws DataException if what it holds about encodings is damaged
    public static Encoding of(Path file, Map<String, String> metadata) {
        Map<String, Labels> labels = new LinkedHashMap<>();
        Map<String, Normalizer> normalizers = new LinkedHashMap<>();
        Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
        try {
            for (String key : metadata.keySet()) {
                if (key.startsWith(LABELS)) {
                    labels.put(key.substring(LABELS.length()), new Labels(list(metadata, key)));
                } else if (key.startsWith(VOCABULARY)) {
                    vocabularies.put(key.substring(VOCABULARY.length()), Vocabulary.read(list(metadata, key)));
                } else if (key.startsWith(SHIFT)) {
                    String port = key.substring(SHIFT.length());
                    normalizers.put(port, new Normalizer(numbers(list(metadata, key)), numbers(list(metadata, SCALE + port))));
                }
            }
        } catch (IOException | IllegalArgumentException damage) {
            throw DataException.in(file, "its metadata is damaged: " + damage.getMessage(), "");
        }
        return new Encoding(labels, normalizers, vocabularies);
    }

    /// The same with labels, where these are not known yet.
    public Encoding withLabels(Map<String, Labels> found) {
        Map<String, Labels> all = new LinkedHashMap<>(found);
        all.putAll(labels);
        return new Encoding(all, normalizers, vocabularies);
    }

    /// The same with statistics of the inputs of some examples, where statistics are asked for and not known yet. An image has one pair for each channel, any
    /// other input one for each of its numbers.
    public Encoding withNormalizers(Dataset examples, Optional<Normalizer.Kind> kind) {
        if (kind.isEmpty() || !normalizers.isEmpty()) {
            return this;
        }
        Map<String, Normalizer> fitted = new LinkedHashMap<>();
        for (int i = 0; i < examples.inputs().size(); i++) {
            Port port = examples.inputs().get(i);
            if (port.kind() == Port.Kind.REAL && !port.isRow()) {
                int groups = switch (port.shape().size()) {
                    case 0, 1 -> port.size();
                    case 2 -> 1;
                    default -> port.shape().getFirst();
                };
                fitted.put(port.name(), Normalizer.of(examples.input(i), kind.get(), groups));
            }
        }
        return withNormalizers(fitted);
    }

    /// The same with these statistics.
    public Encoding withNormalizers(Map<String, Normalizer> fitted) {
        return new Encoding(labels, fitted, vocabularies);
    }

    /// The same with a vocabulary, where none is known for the port yet.
    public Encoding withVocabulary(String port, Vocabulary found) {
        Map<String, Vocabulary> all = new LinkedHashMap<>(vocabularies);
        all.putIfAbsent(port, found);
        return new Encoding(labels, normalizers, all);
    }

    /// The examples with those inputs normalised that this encoding has statistics for.
    public Dataset normalize(Dataset data) {
        return data.map(values -> {
            Normalizer normalizer = normalizers.get(values.port().name());
            return normalizer != null && values instanceof Values.Real real && normalizer.fits(values.port().size())
                    ? new Values.Normalized(real, normalizer)
                    : values;
        });
    }

    private static List<String> texts(float[] numbers) {
        List<String> texts = new ArrayList<>();
        for (float number : numbers) {
            texts.add(Float.toString(number));
        }
        return texts;
    }

    private static float[] numbers(List<String> texts) {
        float[] numbers = new float[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Float.parseFloat(texts.get(i));
        }
        return numbers;
    }

    private static String list(List<String> texts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (String each : texts) {
                json.writeString(each);
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static List<String> list(Map<String, String> metadata, String key) throws IOException {
        List<String> texts = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(metadata.getOrDefault(key, ""))) {
            boolean opens = json.nextToken() == JsonToken.START_ARRAY;
            JsonToken token = opens ? json.nextToken() : null;
            for (; token == JsonToken.VALUE_STRING; token = json.nextToken()) {
                texts.add(json.getText());
            }
            if (token != JsonToken.END_ARRAY) {
                throw new IOException("`" + key + "` is no list of texts");
            }
        }
        return texts;
    }
}
