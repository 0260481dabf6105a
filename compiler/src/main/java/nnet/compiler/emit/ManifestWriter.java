package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.Row;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Writes the manifest of a network: the text that `nnet.runtime.Manifest` reads. One thing on each line, fields separated by tabs, `-` for nothing.
public final class ManifestWriter {

    /// The version of the format; the runtime refuses others.
    private static final String FORMAT = "1";

    private final StringBuilder text = new StringBuilder();

    private ManifestWriter() {
    }

    /// @param programs in the order in which the kernel classes number them
    public static String write(Description network, List<LoopProgram> programs) {
        ManifestWriter writer = new ManifestWriter();
        writer.line("nnet", FORMAT);
        writer.line("network", network.name(), network.version());
        network.inputs().forEach(port -> writer.port("input", port));
        network.outputs().forEach(port -> writer.port("output", port));
        network.targets().forEach(port -> writer.port("target", port));
        network.lengths().forEach(writer::length);
        Map<String, Integer> parameters = Description.offsets(network.parameters());
        for (Description.Weight weight : network.parameters()) {
            writer.line("parameter", weight.shape(), weight.path(), parameters.get(weight.path()),
                    weight.trainable() ? "trainable" : "frozen");
        }
        Map<String, Integer> states = Description.offsets(network.states());
        for (Description.Weight weight : network.states()) {
            writer.line("state", weight.shape(), weight.path(), states.get(weight.path()));
        }
        programs.forEach(writer::program);
        return writer.text.toString();
    }

    private void length(Description.Length length) {
        List<Object> fields = new ArrayList<>(List.of("length", length.name(), length.bound(), String.join(",", length.sequences())));
        fields.addAll(length.shorter());
        line(fields.toArray());
    }

    private void port(String kind, Description.Port port) {
        line(kind, port.type().shape(), port.name(), port.type().element(), port.categories());
        port.meaning().ifPresent(meaning -> {
            switch (meaning) {
                case Enumeration enumeration -> members(enumeration);
                case Row row -> row.fields().forEach(this::field);
            }
        });
    }

    private void members(Enumeration enumeration) {
        for (Enumeration.Member member : enumeration.members()) {
            List<Object> words = new ArrayList<>(List.of("member", member.name()));
            words.addAll(member.texts());
            line(words.toArray());
        }
    }

    private void field(Row.Field field) {
        switch (field.kind()) {
            case Row.Number number -> line("field", field.name(), word(number.type()), 0, encoding(field));
            case Row.Category category -> {
                line("field", field.name(), "category", category.size(), encoding(field));
                category.names().ifPresent(this::members);
            }
        }
    }

    private static String encoding(Row.Field field) {
        List<String> words = new ArrayList<>();
        switch (field.kind()) {
            case Row.Number number -> {
                words.add(number.log() ? "log" : "");
                words.add(number.scaling() == Row.Scaling.NONE ? "" : word(number.scaling()));
            }
            case Row.Category category -> words.add(category.embedded() > 0 ? "embedded" : "one_hot");
        }
        field.missing().ifPresent(missing -> words.add("missing_" + word(missing.policy())));
        words.removeIf(String::isEmpty);
        return words.isEmpty() ? "-" : String.join(",", words);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void program(LoopProgram program) {
        List<Object> head = new ArrayList<>(List.of("program", program.name()));
        head.addAll(program.symbols());
        line(head.toArray());
        int id = 0;
        for (Storage storage : program.storages()) {
            if (storage.id() != id++) {
                throw new IllegalArgumentException("storages of " + program.name() + " are not numbered in order: " + storage);
            }
            // The runtime needs to know of a slot how large it must be, not what lies where: that is in the code.
            line("storage", storage.name(), storage.element(),
                    storage.position().map(position -> position.reach(storage.size())).orElse(storage.size()),
                    storage.role().map(role -> role.name().toLowerCase(Locale.ROOT)).orElse("-"),
                    storage.position().map(position -> Integer.toString(position.slot())).orElse("-"));
        }
    }

    private void line(String kind, Shape shape, Object... fields) {
        List<Object> all = new ArrayList<>(List.of(kind));
        all.addAll(List.of(fields));
        all.addAll(shape.dims().stream().map(Dim::toString).toList());
        line(all.toArray());
    }

    private void line(Object... fields) {
        for (int i = 0; i < fields.length; i++) {
            String field = fields[i].toString();
            if (field.chars().anyMatch(c -> c < ' ')) {
                throw new IllegalArgumentException("a name with control characters: '" + field + "'");
            }
            text.append(i == 0 ? "" : "\t").append(field);
        }
        text.append('\n');
    }
}
