package nnet.trainer.data;

import java.util.Map;

/// Material that brings labels, by the name of their target.
record Labelled(Material material, Map<String, Labels> labels) implements Material {

    @Override
    public int rows() {
        return material.rows();
    }

    @Override
    public Encoding learn(Rows train, Encoding known) {
        return material.learn(train, known.withLabels(labels));
    }

    @Override
    public Dataset part(Rows rows, Encoding encoding) {
        return material.part(rows, encoding);
    }

    @Override
    public String note() {
        return material.note();
    }
}
