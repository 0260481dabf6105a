package nnet.trainer;

import java.util.List;
import java.util.Optional;
import nnet.compiler.model.Recipe;
import nnet.trainer.data.Augmentation;
import nnet.trainer.data.Port;

/// The augmentations that a recipe declares, made from its calls.
final class Augmentations {

    private Augmentations() {
    }

    /// @throws RecipeException if they do not fit the inputs
    static List<Augmentation> of(Recipe recipe, List<Port> inputs) {
        return recipe.augment().stream().map(call -> {
            Augmentation augmentation = of(call);
            inputs.stream().filter(port -> port.kind() == Port.Kind.REAL).forEach(port -> requireFit(call, augmentation, port));
            return augmentation;
        }).toList();
    }

    private static Augmentation of(Recipe.Call call) {
        Arguments arguments = new Arguments(call);
        return switch (call.name()) {
            case "shift" -> new Augmentation.Shift(whole(arguments, "pixels"));
            case "flip" -> new Augmentation.Flip(arguments.text("direction").equals(Optional.of("horizontal")));
            case "crop" -> new Augmentation.Crop(whole(arguments, "size"), arguments.whole("padding").orElse(0));
            case "rotate" -> new Augmentation.Rotate(number(arguments, "degrees"));
            case "noise" -> new Augmentation.Noise(number(arguments, "deviation"));
            default -> throw new RecipeException(call.span(), "the augmentation `" + call.name() + "` is not known", "");
        };
    }

    private static int whole(Arguments arguments, String name) {
        return arguments.whole(name).orElseThrow(() -> arguments.missing(name));
    }

    private static double number(Arguments arguments, String name) {
        return arguments.number(name).orElseThrow(() -> arguments.missing(name));
    }

    private static void requireFit(Recipe.Call call, Augmentation augmentation, Port port) {
        int rank = port.shape().size();
        if (augmentation.needsImage() && rank != 2 && rank != 3) {
            throw new RecipeException(call.span(), "`" + call.name() + "` needs images, but `" + port.name() + "` is " + port.type(),
                    "an image is [height, width] or [channels, height, width]");
        }
        if (augmentation instanceof Augmentation.Crop(int size, int padding)) {
            int least = Math.min(port.shape().get(rank - 1), port.shape().get(rank - 2));
            if (size > least + 2 * (long) padding || size > least) {
                throw new RecipeException(call.span(),
                        "a crop of " + size + " pixels does not fit into `" + port.name() + "`, which is " + port.type(), "");
            }
        }
    }
}
