package nnet.compiler.check;

import static nnet.compiler.check.TrainerCall.Formal.optional;
import static nnet.compiler.check.TrainerCall.Formal.required;
import static nnet.compiler.check.TrainerValue.CHARACTER;
import static nnet.compiler.check.TrainerValue.COLUMN;
import static nnet.compiler.check.TrainerValue.COLUMNS;
import static nnet.compiler.check.TrainerValue.COUNT;
import static nnet.compiler.check.TrainerValue.ONE_OR_MORE_COLUMNS;
import static nnet.compiler.check.TrainerValue.SIZE;
import static nnet.compiler.check.TrainerValue.TEXT;
import static nnet.compiler.check.TrainerValue.TEXTS;
import static nnet.compiler.check.TrainerValue.TRUTH;
import static nnet.compiler.check.TrainerValue.WHOLE_SIZE;

import java.util.List;
import nnet.compiler.check.TrainerValue.Nested;
import nnet.compiler.check.TrainerValue.Word;

/// What a recipe may say to the trainer. What it means is the trainer's business.
final class TrainerCalls {

    private static final Word NORMALIZATION = Word.of("standardized", "min_max");

    private static final Word UNKNOWN = Word.of("error", "replace");

    private static final Nested TOKENS = new Nested(List.of(TrainerCall.of("characters"),
            TrainerCall.of("words", optional("vocabulary", COUNT), optional("lower", TRUTH)),
            TrainerCall.of("bpe", optional("vocabulary", COUNT))));

    /// `data`, `validation`, `test`.
    static final List<TrainerCall> SOURCES = List.of(
            TrainerCall.of("csv", required("path", TEXT), optional("header", TRUTH), optional("delimiter", CHARACTER),
                    optional("inputs", COLUMNS), optional("targets", COLUMNS), optional("normalize", NORMALIZATION)),
            TrainerCall.of("idx", required("images", TEXT), required("labels", TEXT), optional("normalize", NORMALIZATION)),
            TrainerCall.of("npy", required("inputs", TEXTS), required("targets", TEXTS), optional("normalize", NORMALIZATION)),
            TrainerCall.of("npz", required("path", TEXT), optional("inputs", TEXTS), optional("targets", TEXTS),
                    optional("normalize", NORMALIZATION)),
            TrainerCall.of("images", required("path", TEXT), optional("normalize", NORMALIZATION)),
            TrainerCall.of("text", required("path", TEXT), optional("tokens", TOKENS), optional("stride", COUNT),
                    optional("unknown", UNKNOWN)),
            TrainerCall.of("texts", required("path", TEXT), optional("tokens", TOKENS), optional("cut", TRUTH),
                    optional("unknown", UNKNOWN), optional("text", COLUMN), optional("label", COLUMN), optional("header", TRUTH),
                    optional("delimiter", CHARACTER)),
            TrainerCall.of("pairs", required("path", TEXT), required("from", COLUMN), required("to", COLUMN), optional("tokens", TOKENS),
                    optional("cut", TRUTH), optional("unknown", UNKNOWN), optional("header", TRUTH), optional("delimiter", CHARACTER)),
            TrainerCall.of("series", required("path", TEXT), optional("columns", ONE_OR_MORE_COLUMNS), optional("target", COLUMN),
                    optional("horizon", COUNT), optional("season", COUNT),
                    optional("normalize", Word.of("standardized", "min_max", "none")),
                    optional("header", TRUTH), optional("delimiter", CHARACTER)),
            TrainerCall.of("sequences", required("path", TEXT), required("by", COLUMN), required("label", COLUMN),
                    optional("columns", ONE_OR_MORE_COLUMNS), optional("cut", TRUTH), optional("normalize", NORMALIZATION),
                    optional("header", TRUTH), optional("delimiter", CHARACTER)));

    /// `augment`.
    static final List<TrainerCall> AUGMENTATIONS = List.of(
            TrainerCall.of("shift", required("pixels", COUNT)),
            TrainerCall.of("flip", required("direction", Word.of("horizontal", "vertical"))),
            TrainerCall.of("crop", required("size", COUNT), optional("padding", WHOLE_SIZE)),
            TrainerCall.of("rotate", required("degrees", SIZE)),
            TrainerCall.of("noise", required("deviation", SIZE)));

    /// `stop`.
    static final List<TrainerCall> STOPS = List.of(
            TrainerCall.of("early_stopping", optional("patience", COUNT), optional("minimum_delta", SIZE)));

    private TrainerCalls() {
    }
}
