package nnet.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads manifests: one thing on each line, fields separated by tabs, `-` for nothing.
///
/// ```text
/// nnet     1
/// network  samples.xor.Xor  0.1.0
/// input    bits  f32  0  2
/// input    flower  f32  0  2
/// field    width  real  0  log,standardized
/// field    colour  category  3  one_hot
/// member   red  Red  R
/// output   y  f32  0  1
/// target   y.target  f32  0  1
/// length   time  200  words,mask  112  64
/// length   steps  60  said  32  32
/// parameter  dense1.weight  0  trainable  2  8
/// state    norm.mean  0  8
/// program  infer  batch
/// storage  bits  f32  2*batch  data  -
/// storage  %5  f32  8*batch  -  0
/// ```
final class ManifestReader {

    static final String FORMAT = "1";

    private final String text;
    private int at;
    private final List<Manifest.Port> inputs = new ArrayList<>();
    private final List<Manifest.Port> outputs = new ArrayList<>();
    private final List<Manifest.Port> targets = new ArrayList<>();
    private final List<Manifest.Weight> parameters = new ArrayList<>();
    private final List<Manifest.Weight> states = new ArrayList<>();
    private final List<Manifest.Program> programs = new ArrayList<>();
    private final List<Manifest.Length> lengths = new ArrayList<>();
    private String network = "";
    private String version = "";
    private String program;
    private List<String> symbols = List.of();
    private List<Manifest.Storage> storages = new ArrayList<>();
    private int line;

    ManifestReader(String text) {
        this.text = text;
    }

    Manifest read() {
        try {
            String[] head = next();
            if (!head[0].equals("nnet") || head.length != 2 || !head[1].equals(FORMAT)) {
                throw new IllegalArgumentException(
                        "a class for another version of the runtime: the runtime jar must be of the version that compiled the network");
            }
            while (at < text.length()) {
                accept(next());
            }
            endProgram();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("bad manifest of a network, line " + line + ": " + e.getMessage(), e);
        }
        return new Manifest(network, version, inputs, outputs, targets, lengths, parameters, states, programs);
    }

    private String[] next() {
        line++;
        if (at >= text.length()) {
            throw new IllegalArgumentException("it is empty");
        }
        int end = text.indexOf('\n', at);
        String next = text.substring(at, end < 0 ? text.length() : end);
        at += next.length() + 1;
        return next.split("\t", -1);
    }

    private void accept(String[] f) {
        switch (f[0]) {
            case "network" -> {
                network = f[1];
                version = f[2];
            }
            case "input" -> inputs.add(port(f));
            case "output" -> outputs.add(port(f));
            case "target" -> targets.add(port(f));
            case "length" -> lengths.add(length(f));
            case "parameter" -> parameters.add(new Manifest.Weight(f[1], natural(f[2]), f[3].equals("trainable"), sizes(f, 4)));
            case "state" -> states.add(new Manifest.Weight(f[1], natural(f[2]), false, sizes(f, 3)));
            case "program" -> {
                endProgram();
                program = f[1];
                symbols = List.of(f).subList(2, f.length);
            }
            case "storage" -> storages.add(new Manifest.Storage(f[1], Element.parse(f[2]), Size.parse(f[3]), role(f[4]),
                    f[5].equals("-") ? Optional.empty() : Optional.of(natural(f[5]))));
            default -> throw new IllegalArgumentException("unknown word '" + f[0] + "'");
        }
    }

    private static Manifest.Length length(String[] f) {
        List<Integer> forms = new ArrayList<>();
        for (int i = 4; i < f.length; i++) {
            forms.add(natural(f[i]));
        }
        return new Manifest.Length(f[1], natural(f[2]), List.of(f[3].split(",")), forms);
    }

    private void endProgram() {
        if (program != null) {
            programs.add(new Manifest.Program(program, symbols, storages));
            storages = new ArrayList<>();
        } else if (!storages.isEmpty()) {
            throw new IllegalArgumentException("a storage before the first program");
        }
    }

    /// What the numbers of a port mean stands in the lines after it.
    private Manifest.Port port(String[] f) {
        List<Manifest.Member> members = members();
        List<Manifest.Field> fields = new ArrayList<>();
        while (text.startsWith("field\t", at)) {
            String[] field = next();
            fields.add(new Manifest.Field(field[1], field[2], natural(field[3]), List.of(field[4].split(",")), members()));
        }
        return new Manifest.Port(f[1], Element.parse(f[2]), natural(f[3]), sizes(f, 4), members, fields);
    }

    private List<Manifest.Member> members() {
        List<Manifest.Member> members = new ArrayList<>();
        while (text.startsWith("member\t", at)) {
            List<String> words = List.of(next());
            members.add(new Manifest.Member(words.get(1), words.subList(2, words.size())));
        }
        return members;
    }

    private static List<Size> sizes(String[] f, int from) {
        List<Size> sizes = new ArrayList<>();
        for (int i = from; i < f.length; i++) {
            sizes.add(Size.parse(f[i]));
        }
        return sizes;
    }

    private static Optional<Manifest.Role> role(String text) {
        if (text.equals("-")) {
            return Optional.empty();
        }
        for (Manifest.Role role : Manifest.Role.values()) {
            if (role.text().equals(text)) {
                return Optional.of(role);
            }
        }
        throw new IllegalArgumentException("no role is called '" + text + "'");
    }

    private static int natural(String text) {
        int value = Integer.parseInt(text);
        if (value < 0) {
            throw new IllegalArgumentException("negative number " + value);
        }
        return value;
    }
}
