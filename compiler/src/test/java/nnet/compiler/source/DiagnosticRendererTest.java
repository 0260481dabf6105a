package nnet.compiler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiagnosticRendererTest {

    private final Source net = new Source("samples/mnist.nnet",
            "\n".repeat(7) + "  let hidden = image -> Dense(128, relu)\n" + "\n".repeat(5)
                    + "\tlet logits = hidden @ w\n");

    @Test
    void shows_the_mistake_where_it_came_from_and_what_to_do() {
        assertEquals("""
                error: matrix product needs equal inner sizes
                   ┌─ samples/mnist.nnet:14:22
                   │
                 8 │   let hidden = image -> Dense(128, relu)
                   │                         ---------------- 128 columns come from here
                14 │     let logits = hidden @ w
                   │                         ^ but `w` has 100 rows: f32[100, 10]
                   │
                   = hint: `w1` is f32[128, 10]. Did you mean that?
                """,
                DiagnosticRenderer.plain()
                        .render(Diagnostic.error("matrix product needs equal inner sizes", of("@"), "but `w` has 100 rows: f32[100, 10]")
                                .label(of("Dense(128, relu)"), "128 columns come from here")
                                .hint("`w1` is f32[128, 10]. Did you mean that?")));
    }

    @Test
    void shows_places_of_other_files_below() {
        Source library = new Source("stdlib/layers.nnet", "  x @ weight\n");
        assertEquals("""
                warning: narrow
                  ┌─ samples/mnist.nnet:8:16
                  │
                8 │   let hidden = image -> Dense(128, relu)
                  │                ^^^^^
                  ┌─ stdlib/layers.nnet:1:5
                  │
                1 │   x @ weight
                  │     - here
                """, DiagnosticRenderer.plain().render(Diagnostic.warning("narrow", of("image"), "").label(library.span(4, 5), "here")));
    }

    @Test
    void a_span_of_several_lines_is_marked_to_the_end_of_its_first() {
        Source two = new Source("two", "f(a,\n  b)\n");
        assertTrue(DiagnosticRenderer.plain().render(Diagnostic.error("call", two.span(0, 9), "")).contains("1 │ f(a,\n  │ ^^^^\n"));
    }

    @Test
    void of_a_very_long_line_only_the_part_around_the_mistake_is_shown() {
        Source wide = new Source("wide", "x".repeat(5_000) + "y" + "x".repeat(5_000));
        String shown = DiagnosticRenderer.plain().render(Diagnostic.error("long", wide.span(5_000, 5_001), ""));
        assertTrue(shown.lines().allMatch(line -> line.length() < 200));
        String[] lines = shown.split("\n");
        assertEquals('y', lines[3].charAt(lines[4].indexOf('^')));
    }

    @Test
    void a_message_without_a_place_is_its_title() {
        assertEquals("error: no data\n", DiagnosticRenderer.plain().render(Diagnostic.error("no data", Span.NONE, "")));
    }

    @Test
    void control_characters_never_reach_the_terminal() {
        Source hostile = new Source("hostile", "a\u001B[2Jb");
        assertTrue(DiagnosticRenderer.plain().render(Diagnostic.error("odd", hostile.span(0, 1), "")).indexOf('\u001B') < 0);
    }

    private Span of(String piece) {
        int at = net.text().indexOf(piece);
        return net.span(at, at + piece.length());
    }
}
