package nnet.compiler.emit;

import static nnet.compiler.emit.Programs.load;
import static nnet.compiler.loop.Expr.i32;
import static nnet.compiler.loop.Expr.read;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation on every type, lane by lane: the same bits from the interpreter, scalar code and machine vectors of every length.
class OperationsTest {

    private static final int SIZE = 500;

    static Stream<Arguments> unary() {
        return Stream.of(ElementType.values())
                .flatMap(type -> Stream.of(UnaryOp.values()).filter(op -> isDefined(op, type)).map(op -> Arguments.of(op, type)));
    }

    private static boolean isDefined(UnaryOp op, ElementType type) {
        return switch (op) {
            case NOT -> type == ElementType.BOOL;
            case NEGATE, ABS -> type != ElementType.BOOL;
            case SQRT, FLOOR, ROUND -> type.isFloating();
        };
    }

    @ParameterizedTest
    @MethodSource
    void unary(UnaryOp op, ElementType type) {
        check(type, type, a -> new Expr.Unary(op, a));
    }

    static Stream<Arguments> binary() {
        return Stream.of(ElementType.values())
                .flatMap(type -> Stream.of(BinaryOp.values()).filter(op -> isDefined(op, type)).map(op -> Arguments.of(op, type)));
    }

    private static boolean isDefined(BinaryOp op, ElementType type) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, MIN, MAX, LESS, LESS_EQUAL -> type != ElementType.BOOL;
            // Integers are divided by what is no zero: below.
            case DIVIDE, REMAINDER -> type.isFloating();
            case AND, OR, XOR -> !type.isFloating();
            case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT, ROTATE_LEFT -> type == ElementType.I32;
            case EQUAL, NOT_EQUAL -> true;
        };
    }

    @ParameterizedTest
    @MethodSource
    void binary(BinaryOp op, ElementType type) {
        check(type, op.isComparison() ? ElementType.BOOL : type, (a, b) -> Programs.binary(op, a, b));
    }

    static Stream<Arguments> constants() {
        return Stream.of(ElementType.F32, ElementType.F64)
                .flatMap(type -> Stream.of(0.0, -0.0, 1.5, -2.0, Double.NaN, Double.POSITIVE_INFINITY)
                        .flatMap(value -> Stream.of(BinaryOp.MIN, BinaryOp.MAX).map(op -> Arguments.of(op, type, value))));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void extremesAgainstConstants(BinaryOp op, ElementType type, double value) {
        check(type, type, a -> Programs.binary(op, a, new Expr.Literal(type, value)));
        check(type, type, a -> Programs.binary(op, new Expr.Literal(type, value), a));
    }

    @ParameterizedTest
    @MethodSource("integerDivisions")
    void integersDividedByConstants(BinaryOp op, int divisor) {
        check(ElementType.I32, ElementType.I32, a -> Programs.binary(op, a, i32(divisor)));
    }

    static Stream<Arguments> integerDivisions() {
        return Stream.of(1, -1, 3, -7, 64)
                .flatMap(divisor -> Stream.of(BinaryOp.DIVIDE, BinaryOp.REMAINDER).map(op -> Arguments.of(op, divisor)));
    }

    @ParameterizedTest
    @MethodSource("integerShifts")
    void integersShiftedByConstants(BinaryOp op, int distance) {
        check(ElementType.I32, ElementType.I32, a -> Programs.binary(op, a, i32(distance)));
    }

    static Stream<Arguments> integerShifts() {
        return Stream.of(0, 1, 13, 31)
                .flatMap(distance -> Stream.of(BinaryOp.SHIFT_LEFT, BinaryOp.SHIFT_RIGHT, BinaryOp.ARITHMETIC_SHIFT_RIGHT,
                        BinaryOp.ROTATE_LEFT).map(op -> Arguments.of(op, distance)));
    }

    static Stream<Arguments> conversions() {
        return Stream.of(ElementType.values()).flatMap(from -> Stream.of(ElementType.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void conversionsByValue(ElementType from, ElementType to) {
        check(from, to, a -> new Expr.Convert(to, a));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void fusedMultiplyAdd(ElementType type) {
        check(type, type, (a, b) -> new Expr.Fma(a, b, a));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void choices(ElementType type) {
        check(type, type, (a, b) -> new Expr.Select(Programs.binary(BinaryOp.LESS, b, a), a, b));
    }

    static Stream<ElementType> numbers() {
        return Stream.of(ElementType.F32, ElementType.F64);
    }

    @ParameterizedTest
    @MethodSource("bits")
    void bitsReadAsTheOtherType(ElementType from, ElementType to) {
        Expr one = from == ElementType.F32 ? new Expr.Literal(from, 1) : new Expr.Literal(from, 0x3F800000);
        // A NaN read as bits is any NaN; the others have one pattern each.
        check(from, to,
                a -> new Expr.Bits(to, new Expr.Select(Programs.binary(BinaryOp.EQUAL, new Expr.Bits(ElementType.F32, asInteger(from, a)),
                        new Expr.Bits(ElementType.F32, asInteger(from, a))), a, one)));
    }

    private static Expr asInteger(ElementType from, Expr value) {
        return from == ElementType.I32 ? value : new Expr.Bits(ElementType.I32, value);
    }

    static Stream<Arguments> bits() {
        return Stream.of(Arguments.of(ElementType.F32, ElementType.I32), Arguments.of(ElementType.I32, ElementType.F32));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void conditionsOfMixedKinds(ElementType type) {
        Expr zero = i32(0);
        check(type, ElementType.F32, a -> {
            Expr positive = Programs.binary(BinaryOp.LESS, new Expr.Literal(type, 0), a);
            Expr whole = Programs.binary(BinaryOp.LESS, zero, new Expr.Convert(ElementType.I32, a));
            Expr both = Programs.binary(BinaryOp.AND, whole,
                    Programs.binary(BinaryOp.XOR, positive, new Expr.Literal(ElementType.BOOL, 1)));
            Expr either = Programs.binary(BinaryOp.OR, positive, new Expr.Unary(UnaryOp.NOT, whole));
            return new Expr.Select(new Expr.Select(both, positive, either), Expr.f32(1), Expr.f32(-0.0));
        });
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aConditionThatIsTheSameForAllLanes(ElementType type) {
        Expr same = Programs.binary(BinaryOp.LESS, new Expr.Literal(type, 1), new Expr.Literal(type, 2));
        check(type, type, (a, b) -> new Expr.Select(Programs.binary(BinaryOp.AND, same, Programs.binary(BinaryOp.LESS, a, b)), a,
                new Expr.Select(
                        Programs.binary(BinaryOp.AND, same, Programs.binary(BinaryOp.LESS, i32(0), new Expr.Convert(ElementType.I32, a))),
                        b,
                        new Expr.Select(same, new Expr.Unary(UnaryOp.NEGATE, a), b))));
    }

    private static void check(ElementType from, ElementType to, UnaryOperator<Expr> operation) {
        check(from, to, (a, _) -> operation.apply(a));
    }

    private static void check(ElementType from, ElementType to, BinaryOperator<Expr> operation) {
        Programs programs = new Programs();
        Buffer a = programs.buffer("a", from, Dim.of(SIZE));
        Buffer b = programs.buffer("b", from, Dim.of(SIZE));
        Buffer result = programs.buffer("result", to, Dim.of(SIZE));
        Variable i = programs.index("i");
        Variable value = programs.variable("value", to);
        LoopProgram program = programs.program(List.of(new Stmt.Vector(i, i32(0), i32(SIZE), 32, List.of(
                new Stmt.Let(value, operation.apply(load(a, read(i)), load(b, read(i)))),
                new Stmt.Store(result, read(i), read(value))))));
        Compiled.assertSameBits(program, Map.of(), Programs.random(program, 7));
    }
}
