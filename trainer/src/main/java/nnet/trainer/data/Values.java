package nnet.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// The values of one port for all rows of a source, in whatever form takes little memory; a row is unpacked when it is asked for.
///
/// Reading has no effect, so several threads may read.
public sealed interface Values {

    Port port();

    /// The values as an epoch of training sees them: what is drawn anew in each epoch is drawn by its number. Epoch 0 is the data as it is.
    default Values in(int epoch) {
        return this;
    }

    /// Values of a port of real numbers.
    sealed interface Real extends Values permits Numbers, Pixels, Normalized, Augmented, Windows, Forecast, Stretches {

        /// Writes the values of a row to `out` from `at` on.
        void read(int row, float[] out, int at);

        @Override
        default Real in(int epoch) {
            return this;
        }
    }

    /// Values of a port of categories or other whole numbers.
    sealed interface Whole extends Values permits Integers, TokenWindows, TokenLists, Lengths {

        /// Writes the values of a row to `out` from `at` on.
        void read(int row, int[] out, int at);
    }

    /// Real numbers as they are, one row after the other.
    record Numbers(Port port, float[] numbers) implements Real {
        @Override
        public void read(int row, float[] out, int at) {
            System.arraycopy(numbers, row * port.size(), out, at, port.size());
        }
    }

    /// Bytes that stand for numbers from 0 to 1: 255 is 1.
    record Pixels(Port port, byte[] bytes) implements Real {

        private static final float[] SHADES = new float[256];

        static {
            for (int i = 0; i < SHADES.length; i++) {
                SHADES[i] = i / 255f;
            }
        }

        @Override
        public void read(int row, float[] out, int at) {
            int from = row * port.size();
            for (int i = 0; i < port.size(); i++) {
                out[at + i] = SHADES[bytes[from + i] & 0xFF];
            }
        }
    }

    /// Shifted and scaled by statistics of the training rows.
    record Normalized(Real values, Normalizer normalizer) implements Real {
        @Override
        public Port port() {
            return values.port();
        }

        @Override
        public void read(int row, float[] out, int at) {
            values.read(row, out, at);
            normalizer.apply(out, at, port().size());
        }

        @Override
        public Real in(int epoch) {
            return new Normalized(values.in(epoch), normalizer);
        }
    }

    /// Changed at random, anew in each epoch; left as they are in epoch 0.
    record Augmented(Real values, List<Augmentation> changes, long seed, int epoch) implements Real {

        /// Keeps these draws apart from all others of the same seed.
        private static final int PURPOSE = 0x41554721;

        @Override
        public Port port() {
            return values.port();
        }

        @Override
        public void read(int row, float[] out, int at) {
            values.read(row, out, at);
            if (epoch > 0) {
                Draws draws = new Draws(seed, PURPOSE, epoch, row);
                for (Augmentation change : changes) {
                    change.apply(Augmentation.image(port(), out, at), draws);
                }
            }
        }

        @Override
        public Real in(int number) {
            return new Augmented(values.in(number), changes, seed, number);
        }
    }

    /// Stretches of a series of rows of `width` numbers: row r begins `ahead` rows of the series after the r-th.
    record Windows(Port port, float[] series, int width, int ahead) implements Real {
        @Override
        public void read(int row, float[] out, int at) {
            System.arraycopy(series, (row + ahead) * width, out, at, port.size());
        }
    }

    /// What is to be forecast, and what it would be without a network.
    ///
    /// @param values     as the network learns them
    /// @param series     in the units of the data
    /// @param normalizer how `values` were made of `series`
    /// @param reach      how many rows after the window the last value lies
    /// @param season     rows of a season
    record Forecast(Windows values, float[] series, Optional<Normalizer> normalizer, int reach, OptionalInt season) implements Real {
        @Override
        public Port port() {
            return values.port();
        }

        @Override
        public void read(int row, float[] out, int at) {
            values.read(row, out, at);
        }

        /// A number of the network in the units of the data.
        public double inUnits(float value) {
            return normalizer.map(known -> known.undo(value, 0)).orElse((double) value);
        }

        public double truth(int row, int step) {
            return series[row + values.ahead() + step];
        }

        /// The last value that is known when the forecast is made.
        public double naive(int row) {
            return series[known(row)];
        }

        /// The last known value at the same time of the season; empty where the series does not reach back so far.
        public OptionalDouble seasonal(int row, int step) {
            int at = row + values.ahead() + step;
            while (season.isPresent() && at > known(row)) {
                at -= season.getAsInt();
            }
            return season.isPresent() && at >= 0 ? OptionalDouble.of(series[at]) : OptionalDouble.empty();
        }

        private int known(int row) {
            return row + values.ahead() + port().size() - reach - 1;
        }
    }

    /// Sequences of rows of `width` numbers, each as long as it is, up to the size of the port; what is missing at the end is zero, what is too much is left out.
    ///
    /// @param starts the first row of each sequence among all rows, and where the last one ends
    record Stretches(Port port, float[] numbers, int[] starts, int width) implements Real {
        @Override
        public void read(int row, float[] out, int at) {
            int filled = Math.min((starts[row + 1] - starts[row]) * width, port.size());
            System.arraycopy(numbers, starts[row] * width, out, at, filled);
            Arrays.fill(out, at + filled, at + port.size(), 0);
        }
    }

    /// Whole numbers as they are, one row after the other.
    record Integers(Port port, int[] numbers) implements Whole {
        @Override
        public void read(int row, int[] out, int at) {
            System.arraycopy(numbers, row * port.size(), out, at, port.size());
        }
    }

    /// Stretches of one long list of tokens: row r begins at `r * stride`, in a training epoch a little later, by a number of tokens drawn for the epoch, so that
    /// examples begin anywhere.
    ///
    /// @param ahead how far each stretch lies after the beginning of the row: 0 for inputs, 1 for what comes next
    record TokenWindows(Port port, int[] tokens, int stride, int ahead, int last, long seed, int epoch) implements Whole {

        private static final int PURPOSE = 0x54455854;

        @Override
        public void read(int row, int[] out, int at) {
            int drift = epoch == 0 ? 0 : new Draws(seed, PURPOSE, epoch, 0).below(stride);
            int from = Math.min(row * stride + drift, last) + ahead;
            System.arraycopy(tokens, from, out, at, port.size());
        }

        @Override
        public Values in(int number) {
            return new TokenWindows(port, tokens, stride, ahead, last, seed, number);
        }
    }

    /// Lists of tokens of any length up to the size of the port; what is missing at the end is padding, token 0.
    ///
    /// @param starts where each list begins in `tokens`, and where the last one ends
    record TokenLists(Port port, int[] tokens, int[] starts) implements Whole {

        public static TokenLists of(Port port, List<int[]> lists) {
            int[] starts = new int[lists.size() + 1];
            for (int i = 0; i < lists.size(); i++) {
                starts[i + 1] = Math.addExact(starts[i], lists.get(i).length);
            }
            int[] tokens = new int[starts[lists.size()]];
            for (int i = 0; i < lists.size(); i++) {
                System.arraycopy(lists.get(i), 0, tokens, starts[i], lists.get(i).length);
            }
            return new TokenLists(port, tokens, starts);
        }

        /// Their lengths, for another port.
        public Lengths lengths(Port other) {
            return new Lengths(other, starts, port.size());
        }

        @Override
        public void read(int row, int[] out, int at) {
            int length = starts[row + 1] - starts[row];
            System.arraycopy(tokens, starts[row], out, at, length);
            Arrays.fill(out, at + length, at + port.size(), 0);
        }
    }

    /// The lengths of lists: a number for each, or 1 for each element and 0 for padding.
    ///
    /// @param starts where each list begins, and where the last one ends
    /// @param most   of longer lists so many elements are taken
    record Lengths(Port port, int[] starts, int most) implements Whole {

        /// Whether a port takes the number of elements of a sequence (`i32`), or 1 for each that is there (`i32[n]`).
        static boolean fit(Port port, Port sequence) {
            return port.kind() == Port.Kind.WHOLE && (port.shape().isEmpty() || port.shape().equals(sequence.shape().subList(0, 1)));
        }

        @Override
        public void read(int row, int[] out, int at) {
            int length = Math.min(starts[row + 1] - starts[row], most);
            if (port.shape().isEmpty()) {
                out[at] = length;
            } else {
                Arrays.fill(out, at, at + length, 1);
                Arrays.fill(out, at + length, at + port.size(), 0);
            }
        }
    }
}
