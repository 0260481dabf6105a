package nnet.trainer;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// `run.json`: what was trained from what, and how well it does.
///
/// @param scores by split: `train`, `validation`, `test`; each has `loss` and the metrics of the recipe
/// @param hashes SHA-256 of source and data, by file name
public record RunReport(String network, Map<String, Progress.Score> scores, int epochs, String end, double seconds,
        double examplesPerSecond, long seed, int threads,
        Map<String, String> settings, Map<String, String> versions, Map<String, String> hashes) {

    /// Writes the file, whole or not at all.
    public void write(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try (JsonGenerator json = new JsonFactory().createGenerator(draft.toFile(), JsonEncoding.UTF8)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("network", network);
            for (Map.Entry<String, Progress.Score> score : scores.entrySet()) {
                json.writeObjectFieldStart(score.getKey());
                number(json, "loss", score.getValue().loss());
                for (Map.Entry<String, Float> metric : score.getValue().metrics().entrySet()) {
                    number(json, metric.getKey(), metric.getValue());
                }
                json.writeEndObject();
            }
            json.writeNumberField("epochs", epochs);
            json.writeStringField("end", end);
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("examplesPerSecond", examplesPerSecond);
            json.writeNumberField("seed", seed);
            json.writeNumberField("threads", threads);
            texts(json, "settings", settings);
            texts(json, "versions", versions);
            texts(json, "sha256", hashes);
            json.writeEndObject();
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// JSON has no NaN and no infinities: such a value becomes null.
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    /// As many digits as a float has.
    private static void number(JsonGenerator json, String name, float value) throws IOException {
        if (Float.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }
}
