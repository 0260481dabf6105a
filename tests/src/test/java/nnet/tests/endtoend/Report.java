package nnet.tests.endtoend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/// The numbers of a `run.json`, by their paths: `test.accuracy`.
record Report(Map<String, Double> numbers) {

    static Report read(Path file) throws IOException {
        Map<String, Double> numbers = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    String pointer = parser.getParsingContext().pathAsPointer().toString();
                    numbers.put(pointer.substring(1).replace('/', '.'), parser.getDoubleValue());
                }
            }
        }
        return new Report(Map.copyOf(numbers));
    }

    double number(String path) {
        Double number = numbers.get(path);
        if (number == null) {
            throw new NoSuchElementException("no '" + path + "' among " + numbers.keySet());
        }
        return number;
    }
}
