package nnet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import nnet.trainer.RecipeException;
import nnet.trainer.data.DataException;
import picocli.CommandLine.ExitCode;

/// What a person is told when a command ends with an exception: about their mistake in their words, about ours with what to report.
record Failure(Terminal terminal, String command) {

    int report(Throwable problem) {
        if (isOfMemory(problem)) {
            terminal.error("there is not enough memory: Java may use " + Numbers.bytes(Runtime.getRuntime().maxMemory()),
                    "give it more, as in JAVA_TOOL_OPTIONS=-Xmx16g nnc " + command + " ..., or make the network or the batch smaller");
            return ExitCode.SOFTWARE;
        }
        switch (problem) {
            case Relay.Passed _ -> {
                return Relay.EXIT_CODE;
            }
            case DataException mistake -> terminal.error(mistake.getMessage(), mistake.hint().orElse(""));
            case RecipeException mistake -> terminal.show(List.of(mistake.diagnostic()));
            case Mistake mistake -> {
                terminal.error(mistake.getMessage(), mistake.hint());
                return mistake.status();
            }
            case IOException file -> terminal.error(message(file), "");
            case Throwable bug -> bug(bug);
        }
        return ExitCode.SOFTWARE;
    }

    private static boolean isOfMemory(Throwable problem) {
        return problem instanceof OutOfMemoryError || problem.getCause() != null && isOfMemory(problem.getCause());
    }

    private static String message(IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileAlreadyExistsException there -> there.getFile() + ": is a file, not a folder";
            case FileSystemException folder when folder.getFile() != null && Files.isDirectory(Path.of(folder.getFile())) ->
                folder.getFile() + ": is a folder, not a file";
            case FileSystemException other when other.getReason() == null -> other.getFile() + ": cannot be read or written";
            case IOException other -> other.getMessage();
        };
    }

    /// The trace goes to a file: it is for us, not for the user.
    private void bug(Throwable bug) {
        StringWriter trace = new StringWriter();
        PrintWriter writer = new PrintWriter(trace);
        writer.println("nnc " + command + ", version " + Nnc.Version.text() + ", Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " "
                + System.getProperty("os.arch"));
        bug.printStackTrace(writer);
        String what = bug.getMessage() == null ? bug.getClass().getSimpleName() : bug.getMessage();
        try {
            Path file = Files.createTempFile("nnc-", ".log");
            Files.writeString(file, trace.toString());
            terminal.error("this is a mistake of nnc, not yours: " + what, "please report it with the source and " + file);
        } catch (IOException _) {
            terminal.error("this is a mistake of nnc, not yours: " + what, "please report it with the source and what follows");
            terminal.err().print(trace);
        }
    }
}
