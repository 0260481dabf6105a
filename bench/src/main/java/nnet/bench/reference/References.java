package nnet.bench.reference;

import java.util.LinkedHashMap;
import java.util.Map;

/// All references by name. Each has a `.nnet` file of the same name beside the written file.
final class References {

    private References() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.putAll(DenseReferences.all());
        all.putAll(LossReferences.all());
        all.putAll(ConvolutionReferences.all());
        all.putAll(ImageReferences.all());
        all.putAll(RecurrentReferences.all());
        all.putAll(AttentionReferences.all());
        return all;
    }
}
