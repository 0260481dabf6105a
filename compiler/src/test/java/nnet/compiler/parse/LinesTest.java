package nnet.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.SyntaxPrinter;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void a_new_line_separates_statements() {
        assertStatements(2, "let a = x\na");
    }

    @Test
    void a_line_that_begins_with_an_arrow_or_an_operator_continues() {
        assertStatements(1, "x\n-> f\n// comment\n\n-> g");
        assertStatements(1, "x\n+ y\n* z\nand w");
        assertStatements(1, "if x { y }\nelse { z }");
    }

    @Test
    void a_line_that_ends_with_an_operator_goes_on() {
        assertStatements(1, "x +\ny ->\nf");
        assertStatements(1, "let a =\n  x");
    }

    @Test
    void a_minus_with_a_space_after_it_continues_and_one_without_begins() {
        assertStatements(1, "x\n- y");
        assertStatements(2, "x\n-y");
    }

    @Test
    void an_opening_parenthesis_or_bracket_begins_a_statement() {
        assertStatements(2, "f\n(x, y) -> g");
        assertStatements(2, "f\n[x]");
    }

    @Test
    void lines_mean_nothing_between_parentheses_and_brackets() {
        assertStatements(1, "f(\n x\n,\n [\n y\n ]\n)");
    }

    @Test
    void lines_mean_something_in_braces_between_parentheses() {
        assertStatements(1, "f({\n let a = x\n a\n})");
    }

    @Test
    void a_path_may_end_with_a_star() {
        assertStatements(2, "features.*\nx");
    }

    @Test
    void semicolons_separate_as_well() {
        assertStatements(3, ";x; y;; z;\n;");
    }

    private static void assertStatements(int count, String body) {
        for (String lineBreak : List.of("\n", "\r\n")) {
            Parsed parsed = Parser.parse(new Source("lines", "fn f(x) {\n".concat(body).concat("\n}").replace("\n", lineBreak)));
            assertEquals(List.of(), parsed.diagnostics(), body);
            Definition definition = (Definition) parsed.file().declarations().getFirst();
            assertEquals(count, definition.body().statements().size(), () -> SyntaxPrinter.print(definition));
        }
    }
}
