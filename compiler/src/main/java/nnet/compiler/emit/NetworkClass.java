package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.code.ClassCode;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Field;
import nnet.compiler.code.FieldCode;
import nnet.compiler.code.InnerClass;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.NewObject;
import nnet.compiler.code.Statement;
import nnet.compiler.code.This;
import nnet.compiler.code.Type;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.schedule.Target;

/// The class that applications use, `samples.xor.Xor`: it extends `nnet.runtime.CompiledNetwork` and adds what has the network's own types. The records and enums of
/// the network lie inside it.
public final class NetworkClass {

    static final Type COMPILED_NETWORK = Type.of("nnet.runtime.CompiledNetwork");
    private static final Type PATH = Type.of("java.nio.file.Path");
    private static final Type CLASS = Type.of("java.lang.Class");
    private static final Type INPUT_STREAM = Type.of("java.io.InputStream");
    private static final Type IO_EXCEPTION = Type.of("java.io.IOException");

    /// A public method and what its documentation says.
    record Member(String comment, MethodCode method) {
    }

    private final Description network;
    private final Type type;
    private final Nested nested;
    private final Optional<TrainerClass> trainer;

    private NetworkClass(Description network) {
        this.network = network;
        nested = new Nested(network);
        trainer = TrainerClass.of(network, nested);
        type = Type.of(network.name());
    }

    /// All class files of a network by binary name: the class itself, `$Code`, and one kernel class for each target.
    ///
    /// @param programs for each target all programs of the network, expanded and planned, in the same order; scalar code first. The memory of a program must not
    ///                 depend on the target.
    public static Map<String, byte[]> emit(Description network, LinkedHashMap<Target, List<LoopProgram>> programs) {
        List<Target> targets = List.copyOf(programs.sequencedKeySet());
        Map<String, byte[]> classes = new LinkedHashMap<>(emit(network, programs.firstEntry().getValue(), targets));
        String manifest = ManifestWriter.write(network, programs.firstEntry().getValue());
        programs.forEach((target, forTarget) -> {
            if (!ManifestWriter.write(network, forTarget).equals(manifest)) {
                throw new IllegalArgumentException(
                        "the programs for " + target.name() + " have other storages than those for " + targets.getFirst().name());
            }
            classes.putAll(kernels(network, forTarget, target));
        });
        return classes;
    }

    /// The class, its `$Code` and the kernel class of the first target; those of the others may be made later by `kernels`.
    public static Map<String, byte[]> beginning(Description network, List<LoopProgram> programs, List<Target> targets) {
        Map<String, byte[]> classes = new LinkedHashMap<>(emit(network, programs, targets));
        classes.putAll(kernels(network, programs, targets.getFirst()));
        return classes;
    }

    /// The kernel class of one target.
    public static Map<String, byte[]> kernels(Description network, List<LoopProgram> programs, Target target) {
        List<LoopProgram> bound = programs.stream().map(program -> Bind.bind(program, network)).toList();
        return KernelClass.emit(kernelClass(network, target), bound, target);
    }

    /// The binary name of the kernel class of a target.
    public static String kernelClass(Description network, Target target) {
        return CodeClass.kernelClass(network, target);
    }

    /// The class and its `$Code`, without kernels.
    public static Map<String, byte[]> emit(Description network, List<LoopProgram> programs, List<Target> targets) {
        ClassCode code = CodeClass.code(network, ManifestWriter.write(network, programs), targets);
        Map<String, byte[]> classes = new LinkedHashMap<>();
        classes.put(network.name(), code(network).toBytes());
        Nested nested = new Nested(network);
        classes.putAll(nested.classes());
        if (PredictionClass.isNeeded(network, nested)) {
            PredictionClass prediction = new PredictionClass(network, nested);
            classes.put(prediction.type().binaryName(), prediction.code().toBytes());
        }
        TrainerClass.of(network, nested).map(TrainerClass::code)
                .ifPresent(trainer -> classes.put(trainer.type().binaryName(), trainer.toBytes()));
        classes.put(code.type().binaryName(), code.toBytes());
        return classes;
    }

    /// The class as a tree, which prints as Java.
    public static ClassCode code(Description network) {
        return new NetworkClass(network).code();
    }

    /// The binary names of the classes that no application mentions: the manifest and the kernels. All others are in the text of `source` too.
    public static Set<String> internals(Description network, List<Target> targets) {
        Set<String> names = new LinkedHashSet<>(Set.of(CodeClass.type(network).binaryName()));
        targets.forEach(target -> names.add(CodeClass.kernelClass(network, target)));
        return names;
    }

    /// The class as Java text with documentation, for people, their editors and their Java compilers.
    public static String source(Description network) {
        NetworkClass made = new NetworkClass(network);
        return SourceText.write(network, made.nested, made.members());
    }

    private ClassCode code() {
        Type codeType = CodeClass.type(network);
        FieldCode code = new FieldCode(Set.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL), "CODE", CodeClass.NETWORK_CODE,
                Optional.of(new NewObject(Method.constructor(codeType), List.of())));
        List<MethodCode> methods = new ArrayList<>(List.of(constructor(code.in(type))));
        members().forEach(member -> methods.add(member.method()));
        trainer.ifPresent(own -> methods.addAll(own.bridges()));
        List<InnerClass> inners = new ArrayList<>(nested.inners());
        if (PredictionClass.isNeeded(network, nested)) {
            inners.add(new PredictionClass(network, nested).place());
        }
        trainer.ifPresent(own -> inners.add(own.place()));
        return new ClassCode(Set.of(Modifier.PUBLIC, Modifier.FINAL), type, COMPILED_NETWORK, List.of(), Optional.empty(), inners,
                List.of(code),
                methods);
    }

    private MethodCode constructor(Field code) {
        Method base = Method.constructor(COMPILED_NETWORK, CodeClass.NETWORK_CODE);
        Statement body = new Statement.Evaluate(new This(COMPILED_NETWORK).invoke(base, Expression.get(type, code.name(), code.type())));
        return new MethodCode(Set.of(Modifier.PRIVATE), "<init>", List.of(), Type.VOID, List.of(body));
    }

    private List<Member> members() {
        List<Member> members = new ArrayList<>(List.of(create(), load(), pretrained()));
        members.addAll(PredictMethods.of(network, nested, type));
        trainer.ifPresent(own -> members.addAll(own.factories()));
        return members;
    }

    private Member create() {
        Local seed = new Local("seed", Type.LONG);
        return new Member("A network with fresh parameters: the same seed gives the same ones everywhere.",
                factory(new Local("network", type), "create", List.of(seed), List.of(), "initialize", seed));
    }

    private Member load() {
        Local file = new Local("file", PATH);
        return new Member("""
                The network with the weights of a safetensors file.

                @throws nnet.runtime.WeightsException if the file is damaged, or holds weights of another network
                @throws IOException if it cannot be read""",
                factory(new Local("network", type), "load", List.of(file), List.of(IO_EXCEPTION), "restore", file));
    }

    private Member pretrained() {
        Local made = new Local("network", type);
        Expression file = made.invoke(Method.ofObject(Type.OBJECT, "getClass", CLASS))
                .invoke(Method.ofObject(CLASS, "getResourceAsStream", INPUT_STREAM, Type.STRING),
                        Expression.constant(type + ".safetensors"));
        return new Member("""
                The network with the weights that lie beside this class.

                @throws IllegalStateException if there are none""",
                factory(made, "pretrained", List.of(), List.of(), "restorePretrained", file));
    }

    /// `public static Xor name(parameters) { Xor network = new Xor(); network.fill(parameters); return network; }`
    private MethodCode factory(Local made, String name, List<Local> parameters, List<Type> exceptions, String fill,
            Expression... arguments) {
        Type[] types = Arrays.stream(arguments).map(Expression::type).toArray(Type[]::new);
        List<Statement> body = List.of(new Statement.Declare(made, new NewObject(Method.constructor(type), List.of())),
                new Statement.Evaluate(made.invoke(Method.ofObject(type, fill, Type.VOID, types), arguments)), Statement.result(made));
        return new MethodCode(Set.of(Modifier.PUBLIC, Modifier.STATIC), name, parameters, type, exceptions, body);
    }
}
