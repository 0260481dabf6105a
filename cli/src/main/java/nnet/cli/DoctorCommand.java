package nnet.cli;

import java.util.concurrent.Callable;
import nnet.runtime.Workers;
import nnet.trainer.StandardLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParentCommand;

/// `nnc doctor`: what nnc finds on this machine, and what is missing.
@Command(name = "doctor", description = "Tells what nnc finds on this machine, and what is missing.", mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final String VECTORS = "jdk.incubator.vector";

    @ParentCommand
    private Nnc nnc;
    private boolean healthy = true;

    @Override
    public Integer call() {
        Runtime runtime = Runtime.getRuntime();
        say("nnc", Nnc.Version.text(), true, "");
        say("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")", Runtime.version().feature() >= 25,
                "nnc needs Java 25 or later");
        say("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"), true, "");
        int bits = vectorBits();
        say("vectors", bits == 0 ? "module " + VECTORS + " is not there" : bits + " bits (" + bits / 32 + " floats)", bits > 0,
                "networks run in scalar form: the same results, slower; start java with --add-modules " + VECTORS);
        say("processors", Integer.toString(runtime.availableProcessors()), true, "");
        say("threads", Integer.toString(Workers.shared().count()), true, "");
        say("memory", "up to " + Numbers.bytes(runtime.maxMemory()), runtime.maxMemory() > 256L << 20,
                "very little: give java more with -Xmx");
        int library = StandardLibrary.sources().size();
        say("library", Numbers.count(library, "file"), library > 0, "the jar nnet-stdlib is missing");
        nnc.terminal().out().println(healthy ? "nothing is missing" : "see the lines with !");
        return healthy ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void say(String what, String found, boolean good, String otherwise) {
        healthy &= good;
        nnc.terminal().out().printf("%s %-11s %s%s%n", good ? " " : "!", what, found, good || otherwise.isEmpty() ? "" : ": " + otherwise);
    }

    /// The width of the machine's vectors; 0 without the module. By reflection, because this program must start without it.
    private static int vectorBits() {
        try {
            Object species = Class.forName(VECTORS + ".FloatVector").getField("SPECIES_PREFERRED").get(null);
            return (Integer) Class.forName(VECTORS + ".VectorSpecies").getMethod("vectorBitSize").invoke(species);
        } catch (ReflectiveOperationException | LinkageError _) {
            return 0;
        }
    }
}
