import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import nnet.runtime.Network;
import nnet.runtime.Prediction;

/**
 * Forecasts the last months of a series, each from the true months before it, and compares: with the naive forecast, that nothing changes, and with the seasonal
 * naive forecast, that it will be as one season ago.
 *
 * <p>Arguments: the class of the network and its weights, the CSV file with the series in its second column, the months of a season, the months to forecast, and
 * the SVG file for the plot.
 */
public final class Forecast {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 300;

    private final float[] series;
    private final int first;

    private Forecast(Path csv, int months) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        series = new float[lines.size() - 1];
        for (int month = 0; month < series.length; month++) {
            series[month] = Float.parseFloat(lines.get(month + 1).split(",")[1]);
        }
        first = series.length - months;
    }

    public static void main(String[] arguments) throws Exception {
        Network network = Network.create(Class.forName(arguments[0]), 0);
        network.restore(Path.of(arguments[1]));
        int season = Integer.parseInt(arguments[3]);
        Forecast forecast = new Forecast(Path.of(arguments[2]), Integer.parseInt(arguments[4]));
        float[] predicted = forecast.predict(network);

        Locale.setDefault(Locale.ROOT);
        System.out.printf("mean absolute error over %d months%n", predicted.length);
        System.out.printf("network         %8.2f%n", forecast.error(month -> predicted[month - forecast.first]));
        System.out.printf("naive           %8.2f%n", forecast.error(month -> forecast.series[month - 1]));
        System.out.printf("seasonal naive  %8.2f%n", forecast.error(month -> forecast.series[month - season]));
        forecast.plot(predicted, Path.of(arguments[5]));
    }

    /** What the network says of each month after it has seen as many before it as it takes. */
    private float[] predict(Network network) {
        int window = network.inputs().get(0).size();
        int months = series.length - first;
        float[] windows = new float[months * window];
        for (int month = 0; month < months; month++) {
            System.arraycopy(series, first + month - window, windows, month * window, window);
        }
        float[] predicted = new float[months];
        Prediction prediction = network.prediction();
        prediction.input(0, windows).output(0, predicted).run(months);
        return predicted;
    }

    private double error(IntToDoubleFunction forecast) {
        double sum = 0;
        for (int month = first; month < series.length; month++) {
            sum += Math.abs(forecast.applyAsDouble(month) - series[month]);
        }
        return sum / (series.length - first);
    }

    /** The true values as a thin line and what was forecast as a thick one over it. */
    private void plot(float[] predicted, Path file) throws IOException {
        float[] truth = Arrays.copyOfRange(series, first, series.length);
        float highest = 1;
        for (float value : truth) {
            highest = Math.max(highest, value);
        }
        try (PrintWriter svg = new PrintWriter(Files.newBufferedWriter(file))) {
            svg.printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                    WIDTH, HEIGHT);
            svg.printf("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT);
            line(svg, predicted, highest, "#e08020", 3);
            line(svg, truth, highest, "#203050", 1);
            svg.printf("<text x=\"10\" y=\"16\" fill=\"#203050\">truth</text><text x=\"50\" y=\"16\" fill=\"#e08020\">forecast</text>%n");
            svg.println("</svg>");
        }
    }

    private static void line(PrintWriter svg, float[] values, float highest, String colour, int width) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            double x = 10 + (WIDTH - 20.0) * i / Math.max(1, values.length - 1);
            double y = HEIGHT - 10 - (HEIGHT - 40) * values[i] / highest;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        svg.printf("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"%d\" points=\"%s\"/>%n", colour, width, points.toString().strip());
    }
}
