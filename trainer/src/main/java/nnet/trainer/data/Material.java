package nnet.trainer.data;

/// What the files of a source hold, read and checked, but neither divided nor encoded.
public interface Material {

    /// How many rows there are to divide. A row need not be an example: of a text it is a character.
    int rows();

    /// Whether the rows have an order that no part may break, such as time. They are then divided as they stand, and not in folds.
    default boolean isOrdered() {
        return false;
    }

    /// What must be known to encode any rows, taken from the training rows where `known` does not say it.
    Encoding learn(Rows train, Encoding known);

    /// Some rows as examples.
    Dataset part(Rows rows, Encoding encoding);

    /// What a user may want to know about how the files were read.
    String note();
}
