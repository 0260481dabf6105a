package nnet.trainer;

import java.util.Map;
import nnet.compiler.model.Recipe;
import nnet.compiler.source.Span;

/// Refuses a training of which nothing can come: its loss is no number any more, or what the network calls probabilities are none. The files of an earlier training
/// stay as they are.
record Soundness(Recipe recipe) {

    /// @throws RecipeException if the loss of an epoch is not finite
    void epoch(int epoch, double loss) {
        if (!Double.isFinite(loss)) {
            throw diverged("the loss of epoch " + epoch + " is " + loss);
        }
    }

    /// @throws RecipeException if the last step has ruined what the epoch had found
    void end(Map<String, Progress.Score> scores) {
        double loss = scores.get("train").loss();
        if (!Double.isFinite(loss)) {
            throw diverged("the loss after the last step is " + loss);
        }
    }

    /// Before the first step: what is no probability then has no softmax or sigmoid behind it.
    ///
    /// @throws RecipeException if a value is not between 0 and 1
    void probabilities(Evaluation.Outside value) {
        throw new RecipeException(setting("loss"),
                "the values of `" + value.output().name() + "`, category(" + value.output().categories()
                        + "), are not probabilities: one is " + value.value(),
                "end with softmax: -> Dense(" + value.output().categories() + ", softmax)");
    }

    private RecipeException diverged(String found) {
        return new RecipeException(setting("optimizer"), found + ": this training diverges",
                "try a smaller `rate`, inputs that are standardized, or clip = by_norm(1.0)");
    }

    private Span setting(String name) {
        return recipe.text().stream().filter(setting -> setting.name().equals(name)).map(Recipe.Setting::span).findFirst()
                .orElse(recipe.span());
    }
}
