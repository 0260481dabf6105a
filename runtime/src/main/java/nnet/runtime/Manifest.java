package nnet.runtime;

import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/// What a generated class says about its network: everything the runtime needs to make memory, to find programs and to name tensors.
///
/// @param network    binary name of the generated class
/// @param version    version of the compiler that made it
/// @param parameters in the order of the flat buffer, trainable ones first
/// @param lengths    the lengths of sequences that are known only at run time
/// @param programs   in the order in which kernel classes number them
public record Manifest(String network, String version, List<Port> inputs, List<Port> outputs, List<Port> targets, List<Length> lengths,
        List<Weight> parameters, List<Weight> states, List<Program> programs) {

    /// A first dimension of inputs, known only at run time. Their shapes have its bound; shorter sequences are padded with zeros.
    ///
    /// @param name      also the name of one of the last inputs: how many elements an example has
    /// @param bound     the most elements
    /// @param sequences names of the inputs that have this dimension
    /// @param forms     what it is in programs for shorter sequences, `NAME_LENGTH` or, with a second length, `NAME_LENGTH_LENGTH`, from long to short
    public record Length(String name, int bound, List<String> sequences, List<Integer> forms) {
        public Length {
            sequences = List.copyOf(sequences);
            forms = List.copyOf(forms);
        }

        /// Throws if a sequence cannot have so many elements.
        void check(int elements, int example) {
            if (elements < 1 || elements > bound) {
                throw new IllegalArgumentException("'" + name + "', the length of " + quoted() + ", is from 1 to " + bound + "; example "
                        + example + " has " + elements
                        + (elements < 1 ? " elements" : " elements, more than the network was made for"));
            }
        }

        private String quoted() {
            return "'" + String.join("', '", sequences) + "'";
        }
    }

    /// An input, output or target of the network, for one example.
    ///
    /// @param categories number of categories where elements are categories, otherwise 0; such an output has scores `[..., categories]`
    /// @param shape      outermost dimension first, without the batch
    /// @param members    what the categories are called, by their numbers, where they have names
    /// @param fields     what each number of an input is, where it is a row of raw values
    public record Port(String name, Element element, int categories, List<Size> shape, List<Member> members, List<Field> fields) {
        public Port {
            shape = List.copyOf(shape);
            members = List.copyOf(members);
            fields = List.copyOf(fields);
        }

        public Port(String name, Element element, int categories, List<Size> shape) {
            this(name, element, categories, shape, List.of(), List.of());
        }

        /// Elements of one example, where all dimensions are known.
        public int size() {
            return elements(shape);
        }

        /// As `nnc show` prints it: `bits: f32[2]`, `digit: category(10)`.
        @Override
        public String toString() {
            if (categories == 0) {
                return name + ": " + element.text() + shape;
            }
            List<Size> axes = element == Element.F32 ? shape.subList(0, Math.max(0, shape.size() - 1)) : shape;
            return name + ": category(" + categories + ")" + (axes.isEmpty() ? "" : axes);
        }
    }

    /// A category with a name, and the texts that stand for it in data.
    public record Member(String name, List<String> texts) {
        public Member {
            texts = List.copyOf(texts);
        }
    }

    /// One raw value of a row: a number, a truth value as 0 or 1, or the number of a category; NaN where it is missing.
    ///
    /// @param type       `real`, `int`, `bool` or `category`
    /// @param categories their number, otherwise 0
    /// @param encoding   words of the source: `log`, `standardized`, `min_max`, `one_hot`, `embedded`, `missing_mean`, `missing_zero`, `missing_category`
    /// @param members    what the categories are called, where they have names
    public record Field(String name, String type, int categories, List<String> encoding, List<Member> members) {
        public Field {
            encoding = List.copyOf(encoding);
            members = List.copyOf(members);
        }

        /// Whether the value may be missing.
        public boolean isOptional() {
            return encoding.contains("missing_mean") || encoding.contains("missing_zero") || encoding.contains("missing_category");
        }
    }

    /// A parameter or a state: the range `[offset, offset + size)` of a flat `f32` buffer.
    public record Weight(String path, int offset, boolean trainable, List<Size> shape) {
        public Weight {
            shape = List.copyOf(shape);
        }

        public int size() {
            return elements(shape);
        }
    }

    /// @param symbols dimensions bound at run time; `batch` is the first where there is one
    /// @param storages by id
    public record Program(String name, List<String> symbols, List<Storage> storages) {
        public Program {
            symbols = List.copyOf(symbols);
            storages = List.copyOf(storages);
        }

        /// The id of the storage with a role and name.
        ///
        /// @throws NoSuchElementException if there is none
        public int storage(Role role, String storageName) {
            Optional<Integer> found = find(role, storageName);
            if (found.isEmpty()) {
                throw new NoSuchElementException("the program " + name + " has no " + role.text() + " '" + storageName + "'");
            }
            return found.get();
        }

        public Optional<Integer> find(Role role, String storageName) {
            for (int id = 0; id < storages.size(); id++) {
                Storage storage = storages.get(id);
                if (storage.has(role) && storage.name().equals(storageName)) {
                    return Optional.of(id);
                }
            }
            return Optional.empty();
        }
    }

    /// Memory of a program: with a role shared with the outside, with a slot shared with other storages of that slot.
    public record Storage(String name, Element element, Size size, Optional<Role> role, Optional<Integer> slot) {
        boolean has(Role wanted) {
            return role.isPresent() && role.get() == wanted;
        }
    }

    /// What a storage is to those who run the program: data of examples (of this workspace), the flat parameters, gradients and states, what predictions need of
    /// these in another form, flat states of the optimiser by name, small values set before each run, values for all examples together.
    public enum Role {
        DATA, PARAMETER, GRADIENT, STATE, SETTLED, OPTIMIZER, CONTROL, RESULT;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Manifest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        lengths = List.copyOf(lengths);
        targets = List.copyOf(targets);
        parameters = List.copyOf(parameters);
        states = List.copyOf(states);
        programs = List.copyOf(programs);
    }

    /// Reads the text that the compiler wrote into the class.
    ///
    /// @throws IllegalArgumentException if the text is not a manifest of this version of the format
    public static Manifest parse(String text) {
        return new ManifestReader(text).read();
    }

    /// The number of a program.
    ///
    /// @throws NoSuchElementException if the network has no such program
    public int program(String name) {
        Optional<Integer> found = findProgram(name);
        if (found.isEmpty()) {
            throw new NoSuchElementException("the network " + network + " has no program '" + name + "'");
        }
        return found.get();
    }

    public Optional<Integer> findProgram(String name) {
        for (int i = 0; i < programs.size(); i++) {
            if (programs.get(i).name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /// Elements of the flat parameter buffer.
    public int parameterCount() {
        return end(parameters, false);
    }

    /// Elements of the flat gradient buffer: the trainable parameters, which come first.
    public int trainableCount() {
        return end(parameters, true);
    }

    /// Elements of the flat state buffer.
    public int stateCount() {
        return end(states, false);
    }

    private static int end(List<Weight> weights, boolean trainableOnly) {
        int end = 0;
        for (Weight weight : weights) {
            if (weight.trainable() || !trainableOnly) {
                end = Math.max(end, Math.addExact(weight.offset(), weight.size()));
            }
        }
        return end;
    }

    private static int elements(List<Size> shape) {
        int size = 1;
        for (Size dimension : shape) {
            size = Math.multiplyExact(size, dimension.at(List.of(), new int[0]));
        }
        return size;
    }
}
