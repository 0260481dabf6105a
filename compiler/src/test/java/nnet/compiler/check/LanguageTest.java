package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.model.Port;
import nnet.compiler.model.Step;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Source;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;

/// What the constructs of the language mean.
class LanguageTest {

    private static List<String> paths(String network) {
        return Library.model(network).parameters().stream().map(Parameter::path).toList();
    }

    @Test
    void parameters_are_named_by_position_among_their_kind_by_label_and_by_let() {
        assertEquals(List.of("dense1.weight", "head.weight", "dense2.weight", "encoder.weight"), paths("""
                network Test(x: [4]) {
                  let encoder = Dense(4, bias: false)
                  x -> Dense(4, bias: false) -> head: Dense(4, bias: false) -> Dense(4, bias: false) -> encoder
                }
                """));
    }

    @Test
    void layers_inside_layers_have_paths() {
        assertEquals(List.of("block1.first.weight", "block1.layer_norm1.scale", "block1.layer_norm1.shift", "block2.first.weight",
                "block2.layer_norm1.scale",
                "block2.layer_norm1.shift"), paths("""
                        layer Block()(x: [n]) = x -> first: Dense(n, bias: false) -> LayerNorm
                        network Test(x: [4]) { x -> Block -> Block }
                        """));
    }

    @Test
    void a_layer_with_a_name_shares_its_parameters() {
        assertEquals(List.of("shared.weight", "shared.bias"),
                paths("network Test(x: [4]) {\nlet shared = Dense(4)\nx -> shared -> shared -> shared\n}"));
    }

    @Test
    void names_in_loops_are_numbered_from_the_second_on() {
        assertEquals(List.of("middle.weight", "middle2.weight", "middle3.weight"),
                paths("network Test(x: [4]) { x -> repeat(3) { -> middle: Dense(4, bias: false) } }"));
        assertEquals(List.of("wide.weight", "wide2.weight"), paths("""
                network Test(x: [4]) {
                  let y = x
                  for i in 0..2 {
                    let wide = Dense(4, bias: false)
                    y = y -> wide -> wide
                  }
                  y
                }
                """));
    }

    @Test
    void a_layer_without_its_arguments_is_another_name_for_it() {
        assertEquals(List.of("dense1.weight", "dense2.weight"),
                paths("network Test(x: [4]) {\nlet Linear = Dense\nx -> Linear(4, bias: false) -> Linear(3, bias: false)\n}"));
    }

    @Test
    void a_label_names_what_a_function_builds() {
        assertEquals(List.of("stem.dense1.weight", "stem.dense2.weight"),
                paths("network Test(x: [4]) { x -> stem: (y => y -> Dense(4, bias: false) -> Dense(4, bias: false)) }"));
    }

    @Test
    void repetitions_and_loops_are_unrolled() {
        assertEquals(List.of("dense1.weight", "dense2.weight", "dense3.weight"),
                paths("network Test(x: [4]) { x -> repeat(3) { -> Dense(4, bias: false) } }"));
        assertEquals(List.of("dense1.weight", "dense2.weight"), paths("""
                network Test(x: [4]) {
                  let y = x
                  for width in [8, 2] { y = y -> Dense(width, bias: false) }
                  y
                }
                """));
        assertArrayEquals(new double[]{0 + 1 + 2 + 3}, Programs.ofVector("let y = 0 * x\nfor i in 0..4 { y = y + i }\ny", 1));
        assertArrayEquals(new double[]{16}, Programs.ofVector("x -> repeat(3) { it * 2 }", 2));
        assertArrayEquals(new double[]{2 * 3 + 4 * 5},
                Programs.ofVector("let y = 0 * x\nfor (a, b) in [(2, 3), (4, 5)] { y = y + a * b }\ny", 1));
    }

    @Test
    void values_that_nobody_needs_are_called_by_an_underscore() {
        assertArrayEquals(new double[]{3}, Programs.ofVector("let (_, _, c) = split(x, 3)\nc", 1, 2, 3));
    }

    @Test
    void a_known_condition_takes_one_branch_and_a_condition_on_data_selects() {
        assertArrayEquals(new double[]{1, 2}, Programs.ofVector("if 1 < 2 and not false { x } else { unknown(x) }", 1, 2));
        assertArrayEquals(new double[]{-1, 20}, Programs.ofVector("if x > 1.5 { 10 * x } else { -x }", 1, 2));
    }

    @Test
    void arithmetic_with_known_numbers_is_exact() {
        assertArrayEquals(new double[]{3, 2.5, 2, 8, 1},
                Programs.ofVector("concat([x * (6 / 2), x * (5 / 2), x * (7 % 5), x * 2^3, x * floor(1.9)])", 1));
    }

    @Test
    void shapes_broadcast_from_the_right() {
        assertArrayEquals(new double[]{11, 22, 13, 24}, Programs.infer("network Test(a: [2, 1, 2], b: [2]) { reshape(a + b, [4]) }",
                Map.of("a", new Tensor(TensorType.f32(2, 1, 2), new double[]{1, 2, 3, 4}), "b", Programs.vector(10, 20))));
    }

    @Test
    void indices_take_elements_ranges_and_rows() {
        Map<String, Tensor> x = Map.of("x", Programs.matrix(3, 1, 2, 3, 4, 5, 6));
        assertArrayEquals(new double[]{3, 4}, Programs.infer("network Test(x: [3, 2]) { x[1] }", x));
        assertArrayEquals(new double[]{6}, Programs.infer("network Test(x: [3, 2]) { x[-1, 1] }", x));
        assertArrayEquals(new double[]{3, 4, 5, 6}, Programs.infer("network Test(x: [3, 2]) { x[1..] }", x));
        assertArrayEquals(new double[]{2, 4, 6}, Programs.infer("network Test(x: [3, 2]) { x[.., 1] }", x));
        assertArrayEquals(new double[]{5, 6, 1, 2}, Programs.infer("network Test(x: [3, 2], c: category(3)[2]) { x[c] }",
                Programs.join(x, Map.of("c", Programs.categories(2, 0)))));
    }

    @Test
    void products_contract_the_last_axis_with_the_first() {
        assertArrayEquals(new double[]{5, 11}, Programs.infer("network Test(w: [2, 2], x: [2]) { w @ x }",
                Map.of("w", Programs.matrix(2, 1, 2, 3, 4), "x", Programs.vector(1, 2))));
        assertArrayEquals(new double[]{7, 10}, Programs.infer("network Test(w: [2, 2], x: [2]) { x @ w }",
                Map.of("w", Programs.matrix(2, 1, 2, 3, 4), "x", Programs.vector(1, 2))));
    }

    @Test
    void tensors_are_joined_and_split() {
        assertArrayEquals(new double[]{1, 2, 10, 20}, Programs.ofVector("concat(x, 10 * x)", 1, 2));
        assertArrayEquals(new double[]{1, 2, 10, 20}, Programs.ofVector("(x, 10 * x) -> concat", 1, 2));
        assertArrayEquals(new double[]{1, 10, 2, 20},
                Programs.ofVector("reshape(transpose(reshape(concat([x, 10 * x]), [2, 2])), [4])", 1, 2));
        assertArrayEquals(new double[]{2, 1}, Programs.ofVector("let (a, b) = split(x, [1, 1])\nconcat(b, a, axis: 0)", 1, 2));
    }

    @Test
    void several_values_go_in_and_out() {
        Model model = Library.model("""
                layer Pair()(a: [n], b: [n]) -> ([n], [n]) = (a + b, a - b)
                network Test(left: [2], right: [2]) -> (sum: [2], difference: [2]) {
                  let (s, d) = (left, right) -> Pair
                  (s, d)
                }
                """);
        assertEquals(List.of("left", "right"), model.inputs().stream().map(Port::name).toList());
        assertEquals(List.of("sum", "difference"), model.outputs().stream().map(Port::name).toList());
    }

    @Test
    void constants_and_settings_can_be_replaced_from_outside() {
        String network = """
                const width = 4
                network Test(x: [2]) -> [1] { x -> Dense(width) -> Dense(1) }
                train Test {
                  loss      = mean_squared_error
                  optimizer = SGD(rate: 0.1)
                  epochs    = 5
                }
                """;
        Model model = Library.check("test.nnet", network, Map.of("width", "2 * 4", "epochs", "7", "seed", "3")).model().orElseThrow();
        assertEquals("f32[2, 8]", model.parameters().getFirst().type().toString());
        assertEquals(7, model.recipe().orElseThrow().epochs());
        assertEquals(3, model.recipe().orElseThrow().seed());
        Checked wrong = Library.check("test.nnet", network, Map.of("epoch", "7", "seed", "+"));
        assertEquals(List.of("the value of `seed` must be an expression", "there is no constant or setting `epoch`"),
                wrong.diagnostics().stream().map(one -> one.title()).toList());
    }

    @Test
    void a_loss_may_be_an_expression_without_targets() {
        Model model = Library.model("""
                network Auto(image: [4]) -> copy: [4] { image -> Dense(2) -> Dense(4) }
                train Auto {
                  loss      = mean_squared_error(copy, image) + 0.1 * mean(abs(copy))
                  optimizer = SGD(rate: 0.1)
                }
                """);
        assertEquals(List.of(), model.recipe().orElseThrow().targets());
        assertTrue(Elaborate.evaluate(model.recipe().orElseThrow()).inputs().stream().noneMatch(input -> input.name().equals("target")));
    }

    @Test
    void several_outputs_have_targets_by_name() {
        Model model = Library.model("""
                network Heads(x: [4]) -> (kind: category(3), size: [1]) { (x -> Dense(3, softmax), x -> Dense(1)) }
                train Heads {
                  loss      = cross_entropy(kind, target.kind) + mean_squared_error(size, target.size)
                  optimizer = SGD(rate: 0.1)
                }
                """);
        assertEquals(List.of("target_kind", "target_size"), model.recipe().orElseThrow().targets().stream().map(Port::name).toList());
        assertEquals(3, model.recipe().orElseThrow().targets().getFirst().categories().getAsInt());
    }

    @Test
    void a_loss_of_categories_makes_the_target_a_category() {
        Model model = Library.model("""
                network Test(x: [4]) -> [3] { x -> Dense(3, softmax) }
                train Test {
                  loss      = cross_entropy
                  optimizer = SGD(rate: 0.1)
                }
                """);
        assertEquals("i32[]", model.recipe().orElseThrow().targets().getFirst().type().toString());
    }

    @Test
    void frozen_parameters_come_last_and_are_not_trained() {
        Model model = Library.model("""
                network Test(x: [2]) -> [1] { x -> features: Dense(3) -> head: Dense(1) }
                train Test {
                  loss      = mean_squared_error
                  optimizer = Adam
                  freeze    = [features.*]
                }
                """);
        assertEquals(List.of("head.weight", "head.bias", "features.weight", "features.bias"),
                model.parameters().stream().map(Parameter::path).toList());
        assertEquals(4, model.trainableSize());
        assertEquals("f32[4]", Elaborate.update(model.recipe().orElseThrow()).inputs().getFirst().value().type().toString());
    }

    @Test
    void layers_stay_visible_in_the_model() {
        Model model = Library.model("network Test(x: [2]) { x -> Dense(3, relu) -> Dense(1) }");
        List<Step.Instance> layers = model.infer().steps().stream().map(step -> (Step.Instance) step).toList();
        assertEquals(List.of("dense1", "dense2"), layers.stream().map(Step.Instance::path).toList());
        assertEquals("3, relu", layers.getFirst().arguments());
        assertEquals(List.of("dense1.weight", "dense1.bias"), layers.getFirst().parameters());
        assertEquals("f32[3]", layers.getFirst().outputs().getFirst().type().toString());
    }

    @Test
    void values_know_the_line_of_the_user() {
        Graph graph = Elaborate.infer(Library.model("network Test(x: [2]) {\n  x -> Dense(3, relu)\n}"));
        assertTrue(graph.equations().stream().allMatch(equation -> equation.result().span().toString().startsWith("test.nnet:2:")));
    }

    @Test
    void files_see_what_they_import() {
        var common = Parser
                .parse(new Source("common.nnet", "package samples.common\nlayer Block()(x: [n]) = x -> Dense(n)\nfn hidden(x) = x")).file();
        var main = Parser.parse(new Source("main.nnet", "import samples.common.Block\nnetwork Test(x: [2]) { x -> Block -> hidden }"))
                .file();
        Checked checked = Checker.check(new Sources(main, List.of(common), Library.FILES), Map.of());
        assertEquals(List.of("there is no name `hidden`"), checked.diagnostics().stream().map(one -> one.title()).toList());
        assertEquals(List.of(List.of("Write `import samples.common.hidden` at the top of the file")),
                checked.diagnostics().stream().map(one -> one.hints()).toList());
    }

    @Test
    void a_users_own_definition_comes_before_that_of_the_library() {
        assertArrayEquals(new double[]{-1},
                Programs.infer("fn relu(x) = -x\nnetwork Test(x: [1]) { relu(x) }", Map.of("x", Programs.vector(1))));
    }
}
