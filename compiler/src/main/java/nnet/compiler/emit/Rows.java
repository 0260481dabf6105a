package nnet.compiler.emit;

import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.code.Condition;
import nnet.compiler.code.Expression;
import nnet.compiler.code.FieldCode;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.MethodCode;
import nnet.compiler.code.Modifier;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.emit.Description.Port;
import nnet.compiler.model.Row;

/// What `Iris$Code` knows of records and enums: how a record becomes numbers, and which constants an output chooses from.
final class Rows {

    private final Description network;
    private final Nested nested;
    private final Type type;

    Rows(Description network, Type type) {
        this.network = network;
        this.type = type;
        nested = new Nested(network);
    }

    /// The constants of each output that is an enum, so that no prediction copies them.
    List<FieldCode> fields() {
        List<FieldCode> fields = new ArrayList<>();
        for (int i = 0; i < network.outputs().size(); i++) {
            String name = "OUTPUT_" + i;
            nested.typeOf(network.outputs().get(i)).ifPresent(constants -> fields.add(new FieldCode(
                    Set.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL), name, constants.array(),
                    Optional.of(call(Method.ofClass(constants, "values", constants.array()))))));
        }
        return fields;
    }

    List<MethodCode> methods() {
        List<MethodCode> methods = new ArrayList<>();
        if (network.inputs().stream().anyMatch(port -> port.meaning().filter(Row.class::isInstance).isPresent())) {
            methods.add(put());
        }
        if (!fields().isEmpty()) {
            methods.add(members());
        }
        return methods;
    }

    /// `if (input == 0) { Flower row0 = (Flower) row; to[at] = row0.sepalLength(); ... }`
    private MethodCode put() {
        Local input = new Local("input", Type.INT);
        Local row = new Local("row", Nested.RECORD);
        Local to = new Local("to", Type.FLOAT.array());
        Local at = new Local("at", Type.INT);
        List<Statement> body = new ArrayList<>();
        for (int i = 0; i < network.inputs().size(); i++) {
            Port port = network.inputs().get(i);
            if (port.meaning().orElse(null) instanceof Row fields) {
                Local value = new Local("row" + i, nested.typeOf(port).orElseThrow());
                List<Statement> writes = new ArrayList<>(List.of(new Statement.Declare(value, row.cast(value.type()))));
                List<Expression> numbers = nested.raw(fields, value);
                for (int j = 0; j < numbers.size(); j++) {
                    writes.add(new Statement.SetElement(to, add(at, constant(j)), numbers.get(j)));
                }
                body.add(new Statement.If(isNumber(input, i), Statement.block(writes), Optional.empty()));
            }
        }
        return new MethodCode(Set.of(Modifier.PUBLIC), "put", List.of(input, row, to, at), Type.VOID, body);
    }

    /// `if (output == 0) { return OUTPUT_0; } ...`
    private MethodCode members() {
        Local output = new Local("output", Type.INT);
        List<Statement> body = new ArrayList<>();
        List<FieldCode> fields = fields();
        for (FieldCode field : fields) {
            int number = Integer.parseInt(field.name().substring(field.name().indexOf('_') + 1));
            body.add(Statement.when(isNumber(output, number), Statement.result(Expression.get(type, field.name(), field.type()))));
        }
        body.add(Statement.result(Expression.get(type, fields.getFirst().name(), fields.getFirst().type())));
        return new MethodCode(Set.of(Modifier.PUBLIC), "members", List.of(output), Nested.ENUM.array(), body);
    }

    private static Condition isNumber(Local port, int number) {
        return new Condition.Compare(Condition.Relation.EQUAL, port, constant(number));
    }
}
