package nnet.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/// Shows what the compiler says as Maven shows the Java compiler's words, and keeps what is needed afterwards.
final class Messages implements Consumer<Message> {

    private static final String LINE = "-------------------------------------------------------------";

    private final Log log;
    private final List<Message> errors = new ArrayList<>();
    private final List<Path> made = new ArrayList<>();
    private int compiled;

    Messages(Log log) {
        this.log = log;
    }

    @Override
    public void accept(Message message) {
        switch (message.kind()) {
            case "error" -> errors.add(message);
            case "warning" -> log.warn(message.asOfMaven());
            case "made" -> made.add(Path.of(message.text()));
            case "compiled" -> {
                compiled++;
                log.debug("compiled " + message.text());
            }
            default -> log.info(message.text());
        }
    }

    List<Path> made() {
        return made;
    }

    int compiled() {
        return compiled;
    }

    void failOnErrors(Object source) throws MojoFailureException {
        if (errors.isEmpty()) {
            return;
        }
        log.error(LINE);
        log.error("COMPILATION ERROR : ");
        log.error(LINE);
        errors.forEach(error -> log.error(error.asOfMaven()));
        log.info(errors.size() == 1 ? "1 error" : errors.size() + " errors");
        log.info(LINE);
        throw new MojoFailureException(source, "Compilation failure",
                "Compilation failure\n" + errors.stream().map(Message::inOneLine).collect(Collectors.joining("\n")));
    }
}
