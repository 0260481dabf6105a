package nnet.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Constant;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.SyntaxPrinter;
import nnet.compiler.syntax.WithoutSpans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

    @Test
    void reads_the_tour_of_the_language_and_prints_it_without_loss() throws IOException {
        Parsed parsed = Parser.parse(resource("tour.nnet"));
        assertEquals(List.of(), parsed.diagnostics());
        assertEquals(17, parsed.file().declarations().size());
        assertReadsBack(parsed);
    }

    /// What is written, and the same with every operator in parentheses.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a + b * c ^ d         | (a + (b * (c^d)))
            a - b - c             | ((a - b) - c)
            a ^ b ^ c             | (a^(b^c))
            -a ^ 2                | (-(a^2))
            2 ^ -a                | (2^(-a))
            a @ b + c / d % e     | ((a @ b) + ((c / d) % e))
            not a == b and c or d | (((not (a == b)) and c) or d)
            a - -b                | (a - (-b))
            """)
    void operators_bind_as_in_mathematics(String written, String grouped) {
        assertEquals(WithoutSpans.of(expression(grouped)), WithoutSpans.of(expression(written)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a -> f -> fc1: Dense(8, activation: relu)", "(a, b) -> f", "x => x -> f", "(a, b) => a + b", "(a,)",
        "(validation: 0.1)",
        "[a, b]", "p[target]", "x[0, 1..3, ..2, 1..]", "features.*", "a.b.c", "-f(x)[0]", "(a + b) * c", "(a -> f) + b", "(x => x)(3)",
        "f(x)(y)",
        "(a == b) == c", "(a^b)^c", "(-a)^2", "(not a) == b", "if a { b } else if c { d } else { e }", "if a { b }", "f(-> g -> h)",
        "repeat(3) { -> Dense(8) }", "repeat(3) { let y = it -> f; y + it }", "scan x as x_t { emit x_t }",
        "scan x as x_t, y as y_t backwards with h = 0, c = zeros([n]) {\n  h = x_t\n  emit h\n}", "1e-8", "0.5", "true",
        "\"a \\\"b\\\" \\\\ \\n\\t\"", "{ let a = 1; a }"})
    void expressions_print_and_read_back(String written) {
        Expression once = expression(written);
        assertEquals(WithoutSpans.of(once), WithoutSpans.of(expression(SyntaxPrinter.print(once))), () -> SyntaxPrinter.print(once));
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer A(x: [..., n]) -> [..., 2 * n] { x }",
        "layer A(units: int = 3, f: fn)(x, y: category(3)[4]) -> (a: [1], b: real) { (x, y) }",
        "initializer zeros(shape) = 0", "network N(a: [2], b: [2]) -> digit: category(10) { a }", "enum E { a, b = \"B\", c }",
        "record R { a, b: real standardized, c: category(3) one_hot missing(0)\n /// d\n d: int }", "const a = 3", "train N { }",
        "layer A(x) { for i in 0..3 { x = x -> f }\n require i > 0, \"text\"\n /// m\n state m: [n] = zeros\n state v = m\n m <- v\n /// w\n param w: [n] = zeros\n if m { x } else { -x } }",
        "clip norm(limit: real)(g) = g", "penalty l2(rate: real)(w) = rate * w", "loss loss(loss, metric) = loss + metric",
        "package a.b.c import d.* import e.F fn f(x) = x"})
    void declarations_print_and_read_back(String written) {
        Parsed parsed = Parser.parse(new Source("written", written));
        assertEquals(List.of(), parsed.diagnostics());
        assertReadsBack(parsed);
    }

    @Test
    void one_pair_of_parentheses_holds_inputs_and_of_two_the_first_holds_parameters() {
        Definition one = (Definition) Parser.parse(new Source("one", "layer A(x) = x")).file().declarations().getFirst();
        Definition two = (Definition) Parser.parse(new Source("two", "layer A(n: int)(x) = x")).file().declarations().getFirst();
        assertEquals(0, one.parameters().size());
        assertEquals(1, one.inputs().size());
        assertEquals(1, two.parameters().size());
        assertEquals(1, two.inputs().size());
    }

    @Test
    void comments_with_three_slashes_belong_to_what_follows() {
        Declaration declaration = Parser.parse(new Source("doc", """
                // not this
                //// nor this
                /// First line.
                ///
                ///   indented
                fn f(x) = x
                """)).file().declarations().getFirst();
        assertEquals(Optional.of("First line.\n\n  indented"), ((Definition) declaration).doc());
    }

    @Test
    void spans_count_utf16_units_also_behind_characters_of_two() {
        Parsed parsed = Parser.parse(new Source("emoji", "const a = \"😀\" // 😀\nconst b = c"));
        Constant second = (Constant) parsed.file().declarations().getLast();
        assertEquals("const b = c", second.span().text());
        assertEquals("😀", ((Expression.StringLiteral) ((Constant) parsed.file().declarations().getFirst()).value()).value());
    }

    private static void assertReadsBack(Parsed parsed) {
        String printed = SyntaxPrinter.print(parsed.file());
        Parsed again = Parser.parse(new Source(parsed.file().source().name(), printed));
        assertEquals(List.of(), again.diagnostics(), printed);
        assertEquals(WithoutSpans.of(parsed.file()), WithoutSpans.of(again.file()), printed);
        assertEquals(printed, SyntaxPrinter.print(again.file()));
    }

    private static Expression expression(String text) {
        Parsed parsed = Parser.parse(new Source("expression", "const value = " + text));
        assertFalse(parsed.hasErrors(), () -> text + ": " + parsed.diagnostics());
        return ((Constant) parsed.file().declarations().getFirst()).value();
    }

    static Source resource(String name) throws IOException {
        try (InputStream in = ParserTest.class.getResourceAsStream(name)) {
            return new Source(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
