package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.check.NetworkCheck.Pass;
import nnet.compiler.model.Port;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.TypeExpression;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// The loss of one example: a function of the outputs and their targets, or an expression over inputs, outputs and `target` (with several outputs
/// `target.name`).
final class Losses {

    /// A loss, unless something is wrong with it, and the targets that it needs.
    record Loss(Optional<Variable> value, List<Port> targets) {
    }

    /// What the names of targets begin with where there are several outputs.
    private static final String OF_OUTPUT = "target_";

    private final Session session;
    private final NetworkCheck network;

    Losses(Session session, NetworkCheck network) {
        this.session = session;
        this.network = network;
    }

    Loss add(Pass pass, Expression expression) {
        Evaluator evaluator = pass.evaluator();
        List<Port> ports = new ArrayList<>();
        List<Variable> variables = new ArrayList<>();
        for (Port output : network.outputs()) {
            target(pass, output, Optional.empty(), ports, variables);
        }
        Scope scope = scope(pass, variables);
        Datum value = evaluator.evaluate(expression, scope, Want.of(Kind.LOSS));
        if (value instanceof Datum.Callable callable) {
            variables.forEach(pass.emission()::withdraw);
            ports.clear();
            variables.clear();
            return applied(pass, callable, expression.span(), ports, variables);
        }
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (!pass.emission().uses(variables.get(i))) {
                pass.emission().withdraw(variables.get(i));
                ports.remove(i);
            }
        }
        return new Loss(scalar(evaluator, value, expression.span()), ports);
    }

    private Scope scope(Pass pass, List<Variable> targets) {
        Scope scope = pass.scope().inner();
        List<Port> outputs = network.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            scope.define(outputs.get(i).name(), new Datum.Tensor(pass.outputs().get(i)));
        }
        List<Datum> values = targets.stream().map(target -> (Datum) new Datum.Tensor(target)).toList();
        scope.define("target", values.size() == 1 ? values.getFirst() : new Datum.Group(outputs.stream().map(Port::name).toList(), values));
        return scope;
    }

    /// A loss function takes all outputs and then a target for as many of them as it has parameters left.
    private Loss applied(Pass pass, Datum.Callable loss, Span span, List<Port> ports, List<Variable> variables) {
        List<Port> outputs = network.outputs();
        List<Optional<TypeExpression>> formals = formals(loss);
        for (int i = outputs.size(); i < formals.size() && i < 2 * outputs.size(); i++) {
            target(pass, outputs.get(i - outputs.size()), formals.get(i), ports, variables);
        }
        List<Datum> arguments = new ArrayList<>();
        pass.outputs().forEach(output -> arguments.add(new Datum.Tensor(output)));
        variables.forEach(target -> arguments.add(new Datum.Tensor(target)));
        Datum value = pass.evaluator().calls().apply(loss, arguments, span);
        return new Loss(scalar(pass.evaluator(), value, span), ports);
    }

    /// The declared types of what a function takes at run time.
    static List<Optional<TypeExpression>> formals(Datum.Callable function) {
        return switch (function) {
            case Datum.Defined defined -> defined.definition().inputs().stream().map(Parameter::type).toList();
            case Datum.Primitive(Builtin builtin) -> builtin.parameters().stream().map(Parameter::type).toList();
            case Datum.Closure closure -> closure.parameters().stream().map(_ -> Optional.<TypeExpression>empty()).toList();
            case Datum.Repeated _,Datum.Always _ -> List.of(Optional.empty());
        };
    }

    /// The name of the output, of several, that a target belongs to.
    static String outputName(Port target) {
        return target.name().substring(OF_OUTPUT.length());
    }

    /// The target of an output: a category where either the output or the loss says so, otherwise of the type of the output.
    private void target(Pass pass, Port output, Optional<TypeExpression> formal, List<Port> ports, List<Variable> variables) {
        boolean wantsCategory = formal.isPresent() && formal.get() instanceof TypeExpression.Tensor tensor
                && tensor.element().map(name -> name.text().equals("category")).orElse(false);
        Shape shape = output.type().shape();
        boolean isCategory = (output.categories().isPresent() || wantsCategory) && shape.rank() > 0;
        Sizes.Typed typed = isCategory
                ? new Sizes.Typed(new TensorType(ElementType.I32, new Shape(shape.dims().subList(0, shape.rank() - 1))),
                        OptionalInt.of(shape.dim(shape.rank() - 1).size()))
                : new Sizes.Typed(output.type(), OptionalInt.empty());
        String name = network.outputs().size() == 1 ? "target" : OF_OUTPUT + output.name();
        ports.add(new Port(name, Optional.empty(), typed.type(), typed.categories(), output.meaning(), output.span()));
        variables.add(pass.emission().input(name, Role.DATA, typed.type(), typed.categories(), output.span()));
    }

    private Optional<Variable> scalar(Evaluator evaluator, Datum value, Span span) {
        Optional<Variable> loss = evaluator.tensor(value, "the loss", span);
        if (loss.isPresent() && !loss.get().type().equals(TensorType.f32())) {
            session.report().add(
                    new ShapeProblem.Needed(span, "the loss of one example", "one number, f32[]; `mean` makes one of many", loss.get()));
            return Optional.empty();
        }
        return loss;
    }
}
