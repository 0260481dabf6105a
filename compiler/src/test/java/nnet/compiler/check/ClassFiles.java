package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.Compiler;
import nnet.compiler.VerifiedJourney;
import nnet.compiler.model.Model;
import nnet.compiler.schedule.Target;

/// The class files of a network, checked without being loaded.
final class ClassFiles {

    /// HotSpot compiles no longer method.
    private static final int LONGEST_METHOD = 8000;

    private ClassFiles() {
    }

    /// All programs of a model become class files.
    static void compile(Model model, Target target) {
        Compiler compiler = new Compiler(new VerifiedJourney());
        Map<String, byte[]> classes = compiler.classes(model, compiler.graphs(model), List.of(target));
        assertTrue(classes.containsKey(Compiler.kernelClass(model, target)), classes.keySet().toString());
        verify(classes);
    }

    /// The JVM accepts them, and HotSpot compiles all of their methods.
    static void verify(Map<String, byte[]> classes) {
        ClassFile format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy(classes)));
        classes.forEach((name, bytes) -> {
            ClassModel parsed = format.parse(bytes);
            assertEquals(List.of(), format.verify(parsed), name);
            parsed.methods().forEach(method -> method.code().ifPresent(code -> assertTrue(
                    ((CodeAttribute) code).codeLength() < LONGEST_METHOD, name + "." + method.methodName())));
        });
    }

    /// What extends what. The runtime is not on the class path here: each of its classes is a class below `Object`.
    private static ClassHierarchyResolver hierarchy(Map<String, byte[]> classes) {
        return ClassHierarchyResolver.defaultResolver()
                .orElse(ClassHierarchyResolver.ofResourceParsing(wanted -> Optional.ofNullable(classes.get(name(wanted)))
                        .map(ByteArrayInputStream::new).orElse(null)))
                .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object));
    }

    private static String name(ClassDesc wanted) {
        return wanted.packageName().isEmpty() ? wanted.displayName() : wanted.packageName() + "." + wanted.displayName();
    }
}
