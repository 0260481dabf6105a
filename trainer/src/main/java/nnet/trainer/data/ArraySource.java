package nnet.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.trainer.data.file.Idx;
import nnet.trainer.data.file.Npy;
import nnet.trainer.data.file.NumberBlock;

/// `idx(images: ..., labels: ...)`, `npy(inputs: ..., targets: ...)` and `npz("file.npz", ...)`: blocks of numbers, one for each input and target of the network;
/// the first axis counts examples.
///
/// Bytes that feed real numbers are pixels: 0 to 255 become 0 to 1, and stay bytes in memory. All other numbers are taken as they are.
///
/// @param inputs  one for each input; empty for the arrays of `archive` that have the names of the inputs
/// @param targets one for each target; likewise
/// @param archive of `npz`
public record ArraySource(Format format, List<String> inputs, List<String> targets, Path folder, Optional<Path> archive,
        Optional<Normalizer.Kind> normalization) implements DataSource {

    public enum Format {
        IDX, NPY, NPZ
    }

    public ArraySource {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
    }

    @Override
    public List<Path> files() {
        return archive.map(List::of).orElseGet(() -> Stream.concat(inputs.stream(), targets.stream()).map(folder::resolve).toList());
    }

    @Override
    public Material open(List<Port> inputPorts, List<Port> targetPorts, Encoding known) {
        List<NumberBlock> blocks = new ArrayList<>(blocks(inputs, inputPorts, "inputs"));
        blocks.addAll(blocks(targets, targetPorts, "targets"));
        int rows = blocks.getFirst().rows();
        for (NumberBlock block : blocks) {
            if (block.rows() != rows) {
                throw DataException.in(block.place(), "holds " + block.rows() + " examples, but "
                        + blocks.getFirst().place().getFileName() + " holds " + rows, "");
            }
        }
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            values.add(values(blocks.get(i),
                    i < inputPorts.size() ? inputPorts.get(i) : targetPorts.get(i - inputPorts.size())));
        }
        Dataset all = Dataset.of(values.subList(0, inputPorts.size()), values.subList(inputPorts.size(), values.size()), rows);
        String note = blocks.getFirst().place().getFileName() + ": " + rows + " examples of " + blocks.getFirst().describeExample();
        return new WholeMaterial(all, normalization, note);
    }

    @Override
    public Questions questions(Path file, List<Port> inputPorts, List<Port> targetPorts, Encoding known) {
        List<NumberBlock> blocks = switch (format) {
            case IDX -> List.of(Idx.read(file));
            case NPY -> List.of(Npy.read(file));
            case NPZ -> entries(file, inputs, inputPorts, "inputs");
        };
        if (blocks.size() != inputPorts.size()) {
            throw DataException.in(file, "is one array, but the network has " + inputPorts.size() + " inputs", "npz files hold several");
        }
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            values.add(values(blocks.get(i), inputPorts.get(i)));
        }
        return new Questions(known.normalize(Dataset.of(values, List.of(), blocks.getFirst().rows())), List.of());
    }

    private List<NumberBlock> blocks(List<String> names, List<Port> ports, String role) {
        if (archive.isPresent()) {
            return entries(archive.get(), names, ports, role);
        }
        requireOneEach(folder.resolve(names.getFirst()), names, ports, role);
        return names.stream().map(folder::resolve).map(file -> format == Format.IDX ? Idx.read(file) : Npy.read(file)).toList();
    }

    private static List<NumberBlock> entries(Path file, List<String> names, List<Port> ports, String role) {
        List<String> wanted = names.isEmpty() ? ports.stream().map(Port::title).toList() : names;
        requireOneEach(file, wanted, ports, role);
        List<String> there = Npy.names(file);
        for (String name : wanted) {
            if (!there.contains(name)) {
                throw DataException.in(file, "has no array \"" + name + "\"; its arrays are " + String.join(", ", there),
                        "choose arrays with `inputs:` and `targets:` in npz(...)");
            }
        }
        return wanted.stream().map(name -> Npy.read(file, name)).toList();
    }

    private static void requireOneEach(Path file, List<String> names, List<Port> ports, String role) {
        if (names.size() != ports.size()) {
            throw DataException.in(file, names.size() + " arrays are named as `" + role + "`, but the network has " + ports.size() + ": "
                    + ports.stream().map(Port::title).collect(Collectors.joining(", ")), "name one for each, in a list");
        }
    }

    private static Values values(NumberBlock block, Port port) {
        requireShape(block, port);
        return switch (port.kind()) {
            case REAL -> switch (block.cells()) {
                case NumberBlock.Bytes(byte[] bytes) -> new Values.Pixels(port, bytes);
                case NumberBlock.Reals(float[] reals) -> new Values.Numbers(port, finite(block, reals));
                case NumberBlock.Wholes(int[] wholes) -> new Values.Numbers(port, reals(wholes));
            };
            case CATEGORY, WHOLE -> new Values.Integers(port, switch (block.cells()) {
                case NumberBlock.Bytes(byte[] bytes) -> inRange(block, port, wholes(bytes));
                case NumberBlock.Wholes(int[] wholes) -> inRange(block, port, wholes);
                case NumberBlock.Reals _ -> throw DataException.in(block.place(), "holds real numbers, but `" + port.title() + "` is "
                        + port.type(), "");
            });
        };
    }

    /// Axes of size 1 do not matter, and a network that takes a vector takes anything of that many numbers.
    private static void requireShape(NumberBlock block, Port port) {
        List<Integer> given = block.example().stream().filter(size -> size != 1).toList();
        List<Integer> wanted = port.shape().stream().filter(size -> size != 1).toList();
        long size = given.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        if (!given.equals(wanted) && !(wanted.size() == 1 && wanted.getFirst() == size)) {
            throw DataException.in(block.place(), "holds examples of " + block.describeExample() + ", but `" + port.title() + "` is "
                    + port.type(), "");
        }
    }

    private static float[] finite(NumberBlock block, float[] reals) {
        for (int i = 0; i < reals.length; i++) {
            if (!Float.isFinite(reals[i])) {
                throw DataException.in(block.place(), "holds " + reals[i] + " in example " + i / (reals.length / block.rows()), "");
            }
        }
        return reals;
    }

    private static float[] reals(int[] wholes) {
        float[] reals = new float[wholes.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = wholes[i];
        }
        return reals;
    }

    private static int[] wholes(byte[] bytes) {
        int[] wholes = new int[bytes.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = bytes[i] & 0xFF;
        }
        return wholes;
    }

    private static int[] inRange(NumberBlock block, Port port, int[] wholes) {
        for (int i = 0; port.isCategory() && i < wholes.length; i++) {
            if (wholes[i] < 0 || wholes[i] >= port.categories()) {
                throw DataException.in(block.place(), "holds the label " + wholes[i] + " of example " + i / (wholes.length / block.rows())
                        + ", but `" + port.title() + "` is " + port.type(),
                        "labels are whole numbers from 0 to " + (port.categories() - 1));
            }
        }
        return wholes;
    }
}
