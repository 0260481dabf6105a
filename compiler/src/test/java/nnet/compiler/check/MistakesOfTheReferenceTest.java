package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import org.junit.jupiter.api.Test;

/// Every rule of the language reference shows what is said to who breaks it: in a block `nnet mistakes`, comments below a line are the messages about it. Run with
/// `-Dbless=true` to write the messages of now into the reference.
class MistakesOfTheReferenceTest {

    private static final Path REFERENCE = Path.of("../docs/language.md");
    private static final Path SOURCES = Path.of("src/main/java/nnet/compiler");
    private static final Pattern BLOCK = Pattern.compile("(?<=^```nnet mistakes\n).*?(?=^```$)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ANSWER = Pattern.compile("^ *// (error|hint): .*\n", Pattern.MULTILINE);
    /// A place where the checker reports something: `new RuleProblem.Misplaced(`.
    private static final Pattern PLACE = Pattern.compile("new (\\w+Problem)\\.(\\w+)\\(");
    /// A message about syntax, up to where it names something of the user's.
    private static final Pattern SYNTAX = Pattern.compile("(?:[eE]rror|hint|orElse)\\((?:shown \\+ )?\"((?:[^\"\\\\]|\\\\.)+)\"");
    /// What says nothing without the marks below a line.
    private static final Pattern MARK = Pattern.compile("^$|\\bhere\\b|^in(side)? this use of");
    /// What takes a text of megabytes, or another way than a check of a text.
    private static final Set<String> ELSEWHERE = Set.of("Nesting in Checker", "Huge in Optimizing", "Unknown in Checker",
            "Expected in Checker");

    @Test
    void every_mistake_is_answered_as_the_reference_says() throws IOException {
        String text = Files.readString(REFERENCE);
        String answered = BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(answered(block.group(), _ -> {
        })));
        if (Boolean.getBoolean("bless")) {
            Files.writeString(REFERENCE, answered);
        } else {
            assertEquals(text, answered);
        }
    }

    @Test
    void every_block_of_mistakes_has_some() throws IOException {
        blocks().forEach(block -> assertTrue(ANSWER.matcher(block).find(), block));
    }

    @Test
    void whatever_the_checker_reports_is_in_the_reference() throws IOException {
        Map<String, String> texts = texts("check");
        Set<String> missing = new TreeSet<>();
        texts.forEach((file, text) -> PLACE.matcher(text).results().forEach(place -> missing.add(place.group(2) + " in " + file)));
        missing.removeAll(ELSEWHERE);
        blocks().forEach(block -> answered(block, problem -> missing.removeAll(reporters(problem, texts))));
        assertEquals(Set.of(), missing, "a problem that no block of the reference shows");
    }

    @Test
    void whatever_is_said_about_syntax_is_in_the_reference() throws IOException {
        String reference = Files.readString(REFERENCE);
        Set<String> missing = new TreeSet<>();
        for (String text : texts("parse").values()) {
            SYNTAX.matcher(text).results().map(message -> message.group(1).replace("\\\"", "\"").replace("\\\\", "\\").strip())
                    .filter(message -> !reference.contains(message.substring(1)))
                    .forEach(missing::add);
        }
        assertEquals(Set.of(), missing, "a message that the reference does not show");
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(REFERENCE)).results().map(block -> block.group()).toList();
    }

    /// The files whose code is reporting a problem, of those that report such a one.
    private static Set<String> reporters(Problem problem, Map<String, String> texts) {
        String kind = problem.getClass().getSimpleName();
        String made = "new " + problem.getClass().getDeclaringClass().getSimpleName() + "." + kind + "(";
        return Stream.of(new Throwable().getStackTrace()).map(frame -> frame.getFileName().replace(".java", ""))
                .filter(file -> texts.getOrDefault(file, "").contains(made)).limit(1).map(file -> kind + " in " + file)
                .collect(Collectors.toSet());
    }

    private static Map<String, String> texts(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
            return files.collect(
                    Collectors.toMap(file -> file.getFileName().toString().replace(".java", ""), MistakesOfTheReferenceTest::read));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /// The text of a block with the messages that the compiler has for it, each below the line that it is about.
    private static String answered(String block, Consumer<Problem> hear) {
        String text = ANSWER.matcher(block).replaceAll("");
        List<String> lines = new ArrayList<>(text.lines().toList());
        List<Diagnostic> all = diagnostics(text, hear);
        Set<Diagnostic> placed = new HashSet<>();
        for (int line = lines.size(); line >= 1; line--) {
            for (Diagnostic one : all.reversed()) {
                if (one.labels().getFirst().span().line() >= line && placed.add(one)) {
                    lines.addAll(Math.min(line, lines.size()), answer(one, lines.get(line - 1)));
                }
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<Diagnostic> diagnostics(String text, Consumer<Problem> hear) {
        Parsed parsed = Parser.parse(new Source("mistakes.nnet", text));
        return parsed.hasErrors() ? parsed.diagnostics() : Library.check("mistakes.nnet", text, Map.of(), hear).diagnostics();
    }

    private static List<String> answer(Diagnostic said, String line) {
        String margin = line.substring(0, line.length() - line.stripLeading().length());
        String error = said.labels().stream().map(Diagnostic.Label::text).filter(text -> !MARK.matcher(text).find()).findFirst()
                .map(text -> said.title() + (text.startsWith("but ") ? ", " : ": ") + text).orElse(said.title());
        return Stream.concat(Stream.of(margin + "// error: " + error), said.hints().stream().map(hint -> margin + "// hint: " + hint))
                .toList();
    }
}
