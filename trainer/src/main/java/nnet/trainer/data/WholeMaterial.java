package nnet.trainer.data;

import java.util.Optional;

/// Material whose rows are examples that need no vocabulary: all that is learnt is how to normalise the inputs.
record WholeMaterial(Dataset all, Optional<Normalizer.Kind> normalization, String note) implements Material {

    @Override
    public int rows() {
        return all.rows();
    }

    @Override
    public Encoding learn(Rows train, Encoding known) {
        return known.withNormalizers(all.select(train), normalization);
    }

    @Override
    public Dataset part(Rows rows, Encoding encoding) {
        return encoding.normalize(all.select(rows));
    }
}
