package nnet.trainer;

import java.util.List;
import java.util.Optional;
import nnet.compiler.model.Recipe;

/// The arguments of a call of a recipe by name and type. The compiler has checked the types; a mismatch here comes from a recipe that was made without it.
record Arguments(Recipe.Call call) {

    Optional<String> text(String name) {
        return find(name, String.class, "a text");
    }

    Optional<Boolean> truth(String name) {
        return find(name, Boolean.class, "true or false");
    }

    Optional<Integer> whole(String name) {
        return find(name, Long.class, "a whole number").map(Math::toIntExact);
    }

    Optional<Double> number(String name) {
        return find(name, Number.class, "a number").map(Number::doubleValue);
    }

    Optional<Recipe.Call> call(String name) {
        return find(name, Recipe.Call.class, "a call");
    }

    /// A text, or a number as it is written.
    Optional<String> word(String name) {
        return call.argument(name).map(argument -> String.valueOf(argument.value()));
    }

    /// A list, or one text alone; numbers are taken as they are written.
    List<String> texts(String name) {
        return call.argument(name)
                .map(argument -> argument.value() instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of(argument.value().toString()))
                .orElse(List.of());
    }

    private <T> Optional<T> find(String name, Class<T> type, String description) {
        return call.argument(name).map(argument -> {
            if (!type.isInstance(argument.value())) {
                throw wrong(name, description);
            }
            return type.cast(argument.value());
        });
    }

    RecipeException wrong(String name, String description) {
        return new RecipeException(call.argument(name).map(Recipe.Argument::span).orElse(call.span()),
                "`" + name + "` of `" + call.name() + "` must be " + description, "");
    }

    RecipeException missing(String name) {
        return new RecipeException(call.span(), "`" + call.name() + "` needs a value for `" + name + "`", "");
    }
}
