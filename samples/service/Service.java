import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import nnet.runtime.Network;
import nnet.runtime.Prediction;

/**
 * Serves a network over rows of a table as JSON: {@code POST /predict} takes raw values, one object or a list of them, and {@code GET /} says which.
 *
 * <p>Arguments: the name of the network's class, its weights, and the port (0: any that is free).
 */
public final class Service {

    private static final int LARGEST_REQUEST = 1 << 20;

    private final Network network;
    private final Rows rows;
    private final ThreadLocal<Prediction> predictions;

    private Service(Network network) {
        this.network = network;
        rows = new Rows(network.inputs().get(0), network.outputs().get(0));
        predictions = ThreadLocal.withInitial(network::prediction);
    }

    public static void main(String[] arguments) throws Exception {
        Network network = Network.create(Class.forName(arguments[0]), 0);
        network.restore(Path.of(arguments[1]));
        network.warmUp();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2]));
        HttpServer server = HttpServer.create(address, 0);
        Service service = new Service(network);
        server.createContext("/", exchange -> answer(exchange, () -> service.answer(exchange)));
        server.setExecutor(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()));
        server.start();
        System.out.println(network.name() + " answers on http://localhost:" + server.getAddress().getPort() + "/");
    }

    private interface Answer {
        Object json() throws IOException;
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, answer.json());
            } catch (Mistake mistake) {
                send(exchange, mistake.status(), Map.of("mistake", mistake.getMessage()));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, Object json) throws IOException {
        byte[] text = (Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    private Object answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" :
                demand(exchange, "GET");
                return description();
            case "/predict" :
                demand(exchange, "POST");
                return predict(Json.read(body(exchange)));
            default :
                throw new Mistake(404, "there is nothing here; ask GET / or POST /predict");
        }
    }

    private static void demand(HttpExchange exchange, String method) {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new Mistake(405, "ask " + method + " " + exchange.getRequestURI().getPath());
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            byte[] bytes = body.readNBytes(LARGEST_REQUEST + 1);
            if (bytes.length > LARGEST_REQUEST) {
                throw new Mistake(413, "a request has at most " + LARGEST_REQUEST + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private Object description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("network", network.name());
        description.put("fields", rows.description());
        description.put("answer", network.outputs().get(0).name());
        return description;
    }

    /** All rows of a request are predicted together. */
    private Object predict(Object json) {
        List<?> asked = json instanceof List<?> list ? list : Collections.singletonList(json);
        float[] input = new float[asked.size() * rows.width()];
        for (int i = 0; i < asked.size(); i++) {
            rows.read(asked.get(i), input, i * rows.width());
        }
        float[] output = new float[asked.size() * rows.answers()];
        predictions.get().input(0, input).output(0, output).run(asked.size());
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            answers.add(rows.answer(output, i * rows.answers()));
        }
        return json instanceof List ? answers : answers.get(0);
    }
}
