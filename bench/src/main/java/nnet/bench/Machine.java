package nnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/// Where and with what the measurement ran.
final class Machine {
    private Machine() {}

    static String markdown() {
        return """
                | | |
                | --- | --- |
                | date | %s |
                | processor | %s, %d cores seen by the JVM |
                | memory | %s |
                | system | %s %s |
                | Java | %s |
                | peers | %s |
                """.formatted(LocalDate.now(ZoneOffset.UTC), field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                field("/proc/meminfo", "MemTotal"), System.getProperty("os.name"), System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"), peers());
    }

    private static String peers() {
        try (var text = Objects.requireNonNull(Machine.class.getResourceAsStream("peers.txt"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Bytes of memory that this process has held at most; 0 where the system does not say.
    static double residentPeak() {
        String peak = field("/proc/self/status", "VmHWM");
        return peak.endsWith(" kB") ? 1024 * Double.parseDouble(peak.substring(0, peak.length() - 3).strip()) : 0;
    }

    private static String field(String file, String name) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name)).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
