package nnet.compiler.emit;

import static nnet.compiler.code.Expression.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.code.Cast;
import nnet.compiler.code.ClassCode;
import nnet.compiler.code.Condition;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.NewObject;
import nnet.compiler.code.Statement;
import nnet.compiler.code.This;
import nnet.compiler.code.Type;
import nnet.compiler.schedule.Target;

/// The class `Xor$Code`: the manifest, and which kernel class belongs to which machine. It extends `nnet.runtime.NetworkCode`.
final class CodeClass {

    static final Type NETWORK_CODE = Type.of("nnet.runtime.NetworkCode");
    private static final Type KERNELS = Type.of("nnet.runtime.Kernels");
    /// A class file holds texts of up to 65,535 bytes, and a character takes up to three.
    private static final int MAX_TEXT = 20_000;

    private CodeClass() {
    }

    static Type type(Description network) {
        return Type.of(network.name() + "$Code");
    }

    /// The binary name of the kernel class for a target.
    static String kernelClass(Description network, Target target) {
        return network.name() + "$" + target.name();
    }

    /// @param targets those that kernel classes are made for; the first one also serves machines that none is made for
    static ClassCode code(Description network, String manifest, List<Target> targets) {
        Expression text = text(manifest);
        Statement body = new Statement.Evaluate(new This(NETWORK_CODE).invoke(Method.constructor(NETWORK_CODE, Type.STRING), text));
        MethodCode constructor = new MethodCode(Set.of(), "<init>", List.of(), Type.VOID, List.of(body));
        Rows rows = new Rows(network, type(network));
        List<MethodCode> methods = new ArrayList<>(List.of(constructor, create(network, targets)));
        methods.addAll(rows.methods());
        return new ClassCode(Set.of(Modifier.FINAL), type(network), NETWORK_CODE, List.of(), Optional.empty(), rows.fields(), methods);
    }

    private static Expression text(String manifest) {
        Expression text = constant(manifest.substring(0, Math.min(MAX_TEXT, manifest.length())));
        for (int from = MAX_TEXT; from < manifest.length(); from += MAX_TEXT) {
            Expression piece = constant(manifest.substring(from, Math.min(from + MAX_TEXT, manifest.length())));
            text = text.invoke(Method.ofObject(Type.STRING, "concat", Type.STRING, Type.STRING), piece);
        }
        return text;
    }

    /// `if (lanes == 16) return (Kernels) new Xor$Vector512(); ...`
    private static MethodCode create(Description network, List<Target> targets) {
        Local lanes = new Local("lanes", Type.INT);
        List<Statement> body = new ArrayList<>();
        for (Target target : targets) {
            body.add(Statement.when(new Condition.Compare(Condition.Relation.EQUAL, lanes, constant(target.lanes())),
                    Statement.result(kernels(network, target))));
        }
        body.add(Statement.result(kernels(network, targets.getFirst())));
        return new MethodCode(Set.of(Modifier.PUBLIC), "create", List.of(lanes), KERNELS, body);
    }

    /// The cast says nothing new, but spares the JVM's verifier from loading the kernel class to find out: only the one that is chosen is ever loaded.
    private static Expression kernels(Description network, Target target) {
        return new Cast(KERNELS, new NewObject(Method.constructor(Type.of(kernelClass(network, target))), List.of()));
    }
}
