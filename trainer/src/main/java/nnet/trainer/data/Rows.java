package nnet.trainer.data;

/// Some of the rows of a source, in an order.
public sealed interface Rows {

    /// The rows `from` to `to - 1`, one after the other.
    record Range(int from, int to) implements Rows {

        public Range {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("rows " + from + " to " + to);
            }
        }

        @Override
        public int count() {
            return to - from;
        }

        @Override
        public int at(int place) {
            return from + place;
        }
    }

    /// Any rows.
    record Chosen(int[] rows) implements Rows {

        @Override
        public int count() {
            return rows.length;
        }

        @Override
        public int at(int place) {
            return rows[place];
        }
    }

    static Rows all(int count) {
        return new Range(0, count);
    }

    static Rows of(int... rows) {
        return new Chosen(rows);
    }

    int count();

    /// The row at a place, which counts from 0.
    int at(int place);

    /// These rows at some places.
    default Rows pick(Rows places) {
        if (this instanceof Range(int from, int _) && places instanceof Range(int first, int last)) {
            return new Range(from + first, from + last);
        }
        int[] picked = new int[places.count()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = at(places.at(i));
        }
        return new Chosen(picked);
    }
}
