package nnet.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What is measured, and who takes part: one line here is one row (or more) of its section's table. Where the machine takes part, the others are told as shares of its
/// peak.
///
/// Training takes a `TrainingTask`, inference an `InferenceTask`; a new network is a `.nnet` file beside this class, a task, and what the peers make of it
/// (`LibtorchTraining`, `OnnxModel`).
enum Workload {
    MATRIX(Section.PRODUCTS, "C = A B", MatrixProduct.measurement(), Contender.NNC, Contender.OPENBLAS, Contender.PLAIN_JAVA, Contender.MACHINE),
    CONVOLUTION(Section.CONVOLUTIONS, "one layer, one image", Convolution.measurement(), Contender.NNC, Contender.LIBTORCH),
    XOR(Section.TRAINING, "XOR 2-8-1, batch 4", Training.of(TrainingTask::xor), Contender.NNC, Contender.LIBTORCH, Contender.PLAIN_JAVA),
    MLP(Section.TRAINING, "MLP 784-128-10 on digits, batch 64", Training.of(TrainingTask::mlp), Contender.NNC, Contender.LIBTORCH,
            Contender.PLAIN_JAVA),
    MLP_NOISE(Section.TRAINING, "MLP 784-128-10 on noise, batch 64", Training.of(TrainingTask::mlpOfNoise), Contender.NNC, Contender.LIBTORCH,
            Contender.PLAIN_JAVA),
    LSTM(Section.TRAINING, "LSTM 64 x 128-128-10 on characters, batch 32", Training.of(TrainingTask::lstm), Contender.NNC, Contender.LIBTORCH),
    LSTM_NOISE(Section.TRAINING, "LSTM 64 x 128-128-10 on noise, batch 32", Training.of(TrainingTask::lstmOfNoise), Contender.NNC,
            Contender.LIBTORCH),
    LENET(Section.TRAINING, "LeNet-5, batch 64", Training.of(TrainingTask::lenet), Contender.NNC, Contender.LIBTORCH),
    FILTERS(Section.TRAINING, "32 and 64 filters of 3 x 3, dense 128, batch 64", Training.of(TrainingTask::filters), Contender.NNC,
            Contender.LIBTORCH),
    GPT(Section.TRAINING, "GPT 4 x 128, context 64, batch 32", GptTask.training(), Contender.NNC, Contender.LIBTORCH),
    MLP_1(Section.INFERENCE, "MLP 784-128-10 on digits, batch 1", Inference.of(() -> InferenceTask.of(TrainingTask.mlp(), 1)), Contender.NNC,
            Contender.ONNX_RUNTIME, Contender.LIBTORCH),
    MLP_NOISE_1(Section.INFERENCE, "MLP 784-128-10 on noise, batch 1", Inference.of(() -> InferenceTask.of(TrainingTask.mlpOfNoise(), 1)),
            Contender.NNC, Contender.ONNX_RUNTIME, Contender.LIBTORCH),
    MLP_64(Section.INFERENCE, "MLP 784-128-10 on digits, batch 64", Inference.of(() -> InferenceTask.of(TrainingTask.mlp(), 64)), Contender.NNC,
            Contender.ONNX_RUNTIME, Contender.LIBTORCH),
    /// The examples of a second are tokens here.
    GENERATION(Section.INFERENCE, "GPT 4 x 128, 64 tokens one after the other", GptTask.generation(), Contender.NNC, Contender.LIBTORCH),
    RESNET_18(Section.INFERENCE, "ResNet-18, one image", ResidualNetwork.of(ResidualNetwork.SHALLOW), Contender.NNC, Contender.LIBTORCH),
    RESNET_50(Section.INFERENCE, "ResNet-50, one image", ResidualNetwork.of(ResidualNetwork.DEEP), Contender.NNC, Contender.LIBTORCH),
    /// Bytes of the compiler's memory plans.
    PLANS(Section.MEMORY, "memory plan", Measurement.once(_ -> Plans.measure()), Contender.NNC),
    /// Milliseconds to compile a network against its number of layers.
    COMPILE(Section.COMPILE, "compile", NncContenders.compilation(), Contender.NNC),
    /// Milliseconds from the start of a JVM to a first prediction.
    FIRST(Section.START, "first prediction", FirstPrediction.measurement(), Contender.NNC, Contender.ONNX_RUNTIME,
            Contender.LIBTORCH),
    /// Seconds until a training is as fast as it gets.
    WARMING(Section.START, "warming up", Measurement.once(Warming::measure), Contender.NNC, Contender.LIBTORCH),
    /// Seconds of whole commands, and the sizes of jars.
    COMMANDS(Section.START, "commands", Commands.measurement(), Contender.NNC);

    final Section section;
    final String title;
    final Measurement measurement;
    private final List<Contender> contenders;

    Workload(Section section, String title, Measurement measurement, Contender... contenders) {
        this.section = section;
        this.title = title;
        this.measurement = measurement;
        this.contenders = List.of(contenders);
    }

    List<Contender> contenders() {
        return contenders;
    }

    List<Contender> contenders(int threads) {
        return contenders.stream().filter(contender -> threads == 1 || contender.usesThreads()).toList();
    }

    /// Whether a filter names this workload: by its own name or its section's, or the beginning of one, in any case.
    boolean isNamed(String filter) {
        String prefix = filter.toUpperCase(Locale.ROOT);
        return Stream.of(name(), section.name()).anyMatch(name -> name.startsWith(prefix));
    }

    static List<Workload> of(Section section) {
        return Stream.of(values()).filter(workload -> workload.section == section).toList();
    }
}
