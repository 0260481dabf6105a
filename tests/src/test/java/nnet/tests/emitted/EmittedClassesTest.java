package nnet.tests.emitted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nnet.compiler.Compilation;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.schedule.Target;
import nnet.tests.place.Repository;
import nnet.trainer.MemoryClasses;
import nnet.trainer.NetworkFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.util.CheckClassAdapter;

/// Every class that any sample compiles to is well-formed, small enough and calls only what the runtime has.
class EmittedClassesTest {
    private static final int JAVA_17 = 61;
    /// HotSpot does not compile longer methods.
    private static final int LONGEST_METHOD = 8_000;

    static Stream<Path> samples() {
        return Repository.files(Repository.ROOT.resolve("samples"), ".nnet").stream()
                .filter(file -> !file.startsWith(Repository.ROOT.resolve("samples/target")));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theVerifierAcceptsThem(Path sample) throws IOException {
        Map<String, byte[]> classes = compile(sample);
        ClassLoader loader = new MemoryClasses(classes, getClass().getClassLoader());
        classes.forEach((name, bytes) -> {
            StringWriter complaints = new StringWriter();
            CheckClassAdapter.verify(new ClassReader(bytes), loader, false, new PrintWriter(complaints));
            assertEquals("", complaints.toString(), name);
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theyRunOnJava17(Path sample) throws IOException {
        compile(sample).forEach((name, bytes) -> assertEquals(JAVA_17, new ClassReader(bytes).readUnsignedShort(6), name));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noMethodIsTooLongForHotSpot(Path sample) throws IOException {
        List<String> tooLong = new ArrayList<>();
        compile(sample).forEach((name, bytes) -> CodeSizes.of(bytes).forEach((method, size) -> {
            if (size >= LONGEST_METHOD) {
                tooLong.add(name + "." + method + ": " + size + " bytes");
            }
        }));
        assertEquals(List.of(), tooLong);
    }

    /// The compiler names the runtime's members in text; this keeps both sides in step.
    @ParameterizedTest
    @MethodSource("samples")
    void theyCallOnlyWhatTheRuntimeHas(Path sample) throws IOException {
        Set<String> missing = new TreeSet<>();
        compile(sample).values().forEach(bytes -> new ClassReader(bytes).accept(new RuntimeMembers(missing), ClassReader.SKIP_DEBUG));
        assertEquals(Set.of(), missing);
    }

    private static Map<String, byte[]> compile(Path sample) throws IOException {
        Compilation compilation = new Compiler(Journey.SILENT).compile(NetworkFile.read(sample, Map.of()), Target.all());
        assertFalse(compilation.classes().isEmpty(), () -> compilation.diagnostics().toString());
        return compilation.classes();
    }

    /// Collects members of the runtime that a class asks for and the runtime does not have.
    private static final class RuntimeMembers extends ClassVisitor {
        private final Set<String> missing;

        RuntimeMembers(Set<String> missing) {
            super(Opcodes.ASM9);
            this.missing = missing;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    require(owner, method, type);
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    require(owner, field, type);
                }
            };
        }

        private void require(String owner, String name, String descriptor) {
            if (owner.startsWith("nnet/runtime/") && !exists(owner, name, descriptor)) {
                missing.add(owner + "." + name + " " + descriptor);
            }
        }

        private static boolean exists(String owner, String name, String descriptor) {
            Class<?> type;
            try {
                type = Class.forName(owner.replace('/', '.'), false, EmittedClassesTest.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                return false;
            }
            Stream<String> members = name.equals("<init>")
                    ? Stream.of(type.getDeclaredConstructors()).map(Type::getConstructorDescriptor)
                    : lineage(type).flatMap(each -> Stream.concat(
                            Stream.of(each.getDeclaredMethods()).filter(method -> method.getName().equals(name))
                                    .map(Type::getMethodDescriptor),
                            Stream.of(each.getDeclaredFields()).filter(field -> field.getName().equals(name))
                                    .map(field -> Type.getDescriptor(field.getType()))));
            return members.anyMatch(descriptor::equals);
        }

        private static Stream<Class<?>> lineage(Class<?> type) {
            Stream<Class<?>> above = type.getSuperclass() == null ? Stream.of() : lineage(type.getSuperclass());
            return Stream.concat(Stream.of(type), Stream.concat(above, Stream.of(type.getInterfaces()).flatMap(RuntimeMembers::lineage)));
        }
    }
}
