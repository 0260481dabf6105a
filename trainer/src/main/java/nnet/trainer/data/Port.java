package nnet.trainer.data;

/// What a column group is for: an input or an output of a network.
///
/// @param name       its name in the network, for messages
/// @param size       numbers for each example; 1 for a category
/// @param categories the number of categories, or 0 where the values are real
public record Port(String name, int size, int categories) {

    public static Port real(String name, int size) {
        return new Port(name, size, 0);
    }

    public static Port category(String name, int categories) {
        return new Port(name, 1, categories);
    }

    public boolean isCategory() {
        return categories > 0;
    }
}
