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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sample `service`, started by its one command and asked over HTTP.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServiceTest {

    /// As somebody answered the census, without an occupation; two of the categories by their names in `adult.nnet`, the others by what the census calls them.
    private static final String PUPIL = """
            {"age": 18, "workclass": "private", "weight": 103497, "education": "some_college", "grade": 10, "marital_status": "Never-married",
             "relationship": "Own-child", "race": "White", "sex": "Female", "capital_gain": 0, "capital_loss": 0, "hours_per_week": 30,
             "native_country": "United-States"}""";
    private static final String LAWYER = """
            {"age": 50, "workclass": "Self-emp-inc", "weight": 101233, "education": "Prof-school", "grade": 15,
             "marital_status": "Married-civ-spouse", "occupation": "Prof-specialty", "relationship": "Husband", "race": "White", "sex": "Male",
             "capital_gain": 99999, "capital_loss": 0, "hours_per_week": 55, "native_country": null}""";

    @TempDir
    static Path folder;
    private static Process service;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        Workplace.create(folder);
        // What the command would do itself, only longer.
        Workplace.Outcome trained = new Workplace(folder).run("./nnc train samples/adult/adult.nnet -o out/service/adult --set epochs=1");
        assertEquals(0, trained.status(), trained.output());
        service = new ProcessBuilder("samples/service/run", "samples/adult/adult.nnet", "0").directory(folder.toFile())
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
        if (service != null) {
            service.descendants().forEach(ProcessHandle::destroy);
            service.destroy();
        }
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
        String description = ask("", HttpRequest.newBuilder()).body();
        assertTrue(description.startsWith("{\"network\": \"samples.adult.Adult\", \"fields\": {\"age\": \"whole number\", "
                + "\"workclass\": {\"optional\": [\"federal_gov\", "), description);
        assertTrue(description.endsWith("\"answer\": \"income\"}\n"), description);
    }

    @Test
    void rawValuesAreAnsweredByWords() throws Exception {
        HttpResponse<String> answer = predict(PUPIL);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{\"income\": \"low\", \"probabilities\": {\"low\": 0.9"), answer.body());
        String both = predict("[" + PUPIL + ", " + LAWYER + "]").body();
        assertTrue(both.matches("(?s)\\[.*\"income\": \"low\".*\"income\": \"high\".*]\n"), both);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"age\": 18 | \"age\": \"young\" | the field 'age' cannot be \\\"young\\\"; it takes: whole number",
        "\"age\": 18 | \"age\": 18.5 | the field 'age' cannot be 18.5; it takes: whole number",
        "\"age\": 18, | \"\" | the field 'age' is missing",
        "\"age\" | \"years\" | there is no field 'years'; there are age, workclass",
        "\"Female\" | \"Woman\" | the field 'sex' cannot be \\\"Woman\\\"; it takes: female, male",
        "} | , | this is not JSON: at character",
        "{ | [ | this is not JSON: at character",
    })
    void whatCannotBeIsRefusedWithTheReason(String right, String wrong, String reason) throws Exception {
        HttpResponse<String> refusal = predict(PUPIL.replace(right, wrong.equals("\"\"") ? "" : wrong));
        assertEquals(400, refusal.statusCode());
        assertTrue(refusal.body().startsWith("{\"mistake\": \"" + reason), refusal.body());
    }

    @Test
    void otherPlacesAndOtherShapesAreRefused() throws Exception {
        assertTrue(predict("[[]]").body().contains("a row is an object with the fields"));
        assertEquals(404, ask("models", HttpRequest.newBuilder()).statusCode());
        HttpResponse<String> otherMethod = ask("predict", HttpRequest.newBuilder());
        assertEquals(405, otherMethod.statusCode());
        assertEquals("POST", otherMethod.headers().firstValue("Allow").orElseThrow());
        assertEquals(413, predict(" ".repeat((1 << 20) + 1)).statusCode());
    }
}
