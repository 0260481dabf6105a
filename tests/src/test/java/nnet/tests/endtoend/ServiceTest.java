package nnet.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import nnet.tests.place.Workplace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sample `service`, started by its one command and asked over HTTP.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServiceTest {

    private static final String SETOSA = "{\"sepal_length\": 5.1, \"sepal_width\": 3.5, \"petal_length\": 1.4, \"petal_width\": 0.2}";
    private static final String VIRGINICA = "{\"sepal_length\": 6.3, \"sepal_width\": 3.3, \"petal_length\": 6.0, \"petal_width\": 2.5}";

    @TempDir
    static Path folder;
    private static Process service;
    private static String address;

    @BeforeAll
    static void start() throws IOException {
        Workplace.create(folder);
        service = new ProcessBuilder("samples/service/run", "samples/iris/iris.nnet", "0").directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader output = service.inputReader();
        for (String line = output.readLine(); address == null && line != null; line = address == null ? output.readLine() : null) {
            if (line.contains(" answers on ")) {
                address = line.substring(line.indexOf("http"));
            }
        }
        assertTrue(address != null, "the service ended before it answered");
    }

    @AfterAll
    static void stop() {
        service.descendants().forEach(ProcessHandle::destroy);
        service.destroy();
    }

    private static HttpResponse<String> ask(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.uri(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> predict(String rows) throws IOException, InterruptedException {
        return ask("predict", HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(rows)));
    }

    @Test
    void itSaysWhatItTakes() throws Exception {
        assertEquals("{\"network\": \"samples.iris.Iris\", \"fields\": {\"sepal_length\": \"number\", \"sepal_width\": \"number\", "
                + "\"petal_length\": \"number\", \"petal_width\": \"number\"}, \"answer\": \"species\"}\n",
                ask("", HttpRequest.newBuilder()).body());
    }

    @Test
    void rawValuesAreAnsweredByWords() throws Exception {
        assertTrue(predict(SETOSA).body().startsWith("{\"species\": \"setosa\", \"probabilities\": {\"setosa\": 0.9"));
        assertTrue(predict("[" + SETOSA + ", " + VIRGINICA + "]").body()
                .matches("(?s)\\[.*\"species\": \"setosa\".*\"species\": \"virginica\".*]\n"));
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() throws Exception {
        HttpResponse<String> refusal = predict(SETOSA.replace("5.1", "\"long\""));
        assertEquals(400, refusal.statusCode());
        assertEquals("{\"mistake\": \"the field 'sepal_length' cannot be \\\"long\\\"; it takes: number\"}\n", refusal.body());
        assertTrue(predict(SETOSA.replace("sepal_length", "length")).body().contains("there is no field 'length'"));
        assertTrue(predict("[[]]").body().contains("a row is an object with the fields"));
        assertTrue(predict("{").body().contains("this is not JSON: at character 2"));
    }
}
