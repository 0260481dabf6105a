package nnet.trainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Values;

/// How forecasts of a series compare with those that anybody could make, as root of the mean squared error in the units of the data: `rmse` of the network, `naive_rmse`
/// of "all stays as it is", `seasonal_rmse` of "all is as it was one season before".
final class Forecasts {

    private Forecasts() {
    }

    static boolean are(Dataset data) {
        return data.targets().size() == 1 && data.values().getLast() instanceof Values.Forecast;
    }

    /// @param outputs of the network: its forecasts for all examples
    static Map<String, Float> compare(List<float[]> outputs, Dataset data) {
        Values.Forecast forecast = (Values.Forecast) data.values().getLast();
        int size = forecast.port().size();
        Error network = new Error();
        Error naive = new Error();
        Error seasonal = new Error();
        for (int i = 0; i < data.rows(); i++) {
            int row = data.places().at(i);
            for (int step = 0; step < size; step++) {
                double truth = forecast.truth(row, step);
                network.add(forecast.inUnits(outputs.getFirst()[i * size + step]) - truth);
                naive.add(forecast.naive(row) - truth);
                forecast.seasonal(row, step).ifPresent(value -> seasonal.add(value - truth));
            }
        }
        Map<String, Float> errors = new LinkedHashMap<>();
        errors.put("rmse", network.root());
        errors.put("naive_rmse", naive.root());
        if (forecast.season().isPresent()) {
            errors.put("seasonal_rmse", seasonal.root());
        }
        return errors;
    }

    private static final class Error {

        private double squares;
        private int count;

        void add(double difference) {
            squares += difference * difference;
            count++;
        }

        /// Not a number where there is nothing to compare with.
        float root() {
            return (float) Math.sqrt(squares / count);
        }
    }
}
