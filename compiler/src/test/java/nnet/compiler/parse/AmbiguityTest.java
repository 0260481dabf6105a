package nnet.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.source.Source;
import nnet.grammar.NnetParser;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.DiagnosticErrorListener;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// No text has two meanings. The parser is asked to look for a second one in everything written in the language.
class AmbiguityTest {

    @TestFactory
    Stream<DynamicTest> no_file_has_two_meanings() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("src/test/resources", "../stdlib", "../samples")) {
            try (Stream<Path> found = Files.walk(Path.of(folder))) {
                found.filter(file -> file.toString().endsWith(".nnet") && !file.toString().contains("target")).forEach(files::add);
            }
        }
        return files.stream().sorted().map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertOneMeaning(file)));
    }

    private static void assertOneMeaning(Path file) throws IOException {
        List<String> ambiguities = new ArrayList<>();
        Source source = new Source(file.toString(), Files.readString(file));
        NnetParser parser = Parser.parser(Tokens.of(source, Outline.whole(source), new ArrayList<>()));
        parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
        parser.setErrorHandler(new BailErrorStrategy());
        parser.addErrorListener(new DiagnosticErrorListener(true) {
            @Override
            public void reportAmbiguity(org.antlr.v4.runtime.Parser recognizer, DFA dfa, int start, int stop, boolean exact,
                    BitSet alternatives,
                    ATNConfigSet configs) {
                ambiguities.add(getDecisionDescription(recognizer, dfa) + ": " + recognizer.getTokenStream().getText(
                        org.antlr.v4.runtime.misc.Interval.of(start, stop)));
            }
        });
        parser.file();
        assertEquals(List.of(), ambiguities);
    }
}
