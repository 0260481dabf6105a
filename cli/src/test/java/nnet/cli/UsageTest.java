package nnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mistakes on the command line and in the files that it names, each with what is said about it.
class UsageTest {

    private static final String LINE = """
            network Line(x: [1]) -> [1] { x -> Dense(1) }
            train Line { data = csv("line.csv"); loss = mean_squared_error; optimizer = Adam; epochs = 1 }
            """;

    @TempDir
    Path folder;

    /// The exit code and what is said.
    private String nnc(String arguments) throws IOException {
        Files.writeString(folder.resolve("line.nnet"), LINE);
        Files.writeString(folder.resolve("line.csv"), "1,1\n2,2\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new PrintStream(OutputStream.nullOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false, false);
        int code = Nnc.run(terminal, arguments.replace("DIR", folder.toString()).split(" "));
        return (code + " " + err.toString(StandardCharsets.UTF_8)).replace(folder.toString(), "DIR").stripTrailing() + "\n";
    }

    @Test
    void commands_and_options_that_are_none() throws IOException {
        assertEquals("""
                2 error: there is no command `chekc`
                  = hint: Did you mean `check`?
                """, nnc("chekc line.nnet"));
        assertEquals("""
                2 error: there is no command `polish`
                  = hint: `nnc --help` shows all commands
                """, nnc("polish line.nnet"));
        assertEquals("""
                2 error: `nnc show` has no option `--sett`
                  = hint: Did you mean `--set`?
                """, nnc("show line.nnet --sett x=1"));
        assertEquals("""
                2 error: `other.nnet` is one argument too many for `nnc check`
                  = hint: `nnc check --help` shows how it is used
                """, nnc("check line.nnet other.nnet"));
    }

    @Test
    void what_is_missing() throws IOException {
        assertEquals("""
                2 error: `nnc check` needs `FILE`
                  = hint: `nnc check --help` shows how it is used
                """, nnc("check"));
        assertEquals("""
                2 error: `nnc compile` needs `--directory DIR`
                  = hint: `nnc compile --help` shows how it is used
                """, nnc("compile line.nnet"));
        assertEquals("""
                2 error: `--output` needs a value: `--output DIR`
                  = hint: `nnc train --help` shows how it is used
                """, nnc("train line.nnet -o"));
    }

    @Test
    void values_that_do_not_fit() throws IOException {
        assertEquals("""
                2 error: `--threads N` must be a whole number, but this is `many`
                  = hint: `nnc train --help` shows how it is used
                """, nnc("train line.nnet --threads many"));
        assertEquals("""
                2 error: `--set NAME=VALUE` must be a name and a value, NAME=VALUE, but this is `epochs`
                  = hint: `nnc train --help` shows how it is used
                """, nnc("train line.nnet --set epochs"));
        assertEquals("""
                2 error: `--target TARGET` must be one of Scalar, Vector128, Vector256, Vector512, but this is `Vector64`
                  = hint: `nnc dump --help` shows how it is used
                """, nnc("dump line.nnet --target Vector64"));
        assertEquals("""
                2 error: `--output DIR` is there twice
                  = hint: `nnc train --help` shows how it is used
                """, nnc("train line.nnet -o a -o b"));
        assertEquals("2 error: --threads takes a number from 1 to 1024, not 0\n", nnc("train DIR/line.nnet --threads 0"));
    }

    @Test
    void replacements_that_replace_nothing() throws IOException {
        assertEquals("""
                1 error: there is no constant or setting `epoch`
                  ┌─ --set epoch:1:15
                  │
                1 │ const epoch = 1
                  │               ^ not known here
                  │
                  = hint: Did you mean `epochs`?
                """, nnc("check DIR/line.nnet --set epoch=1"));
        assertEquals("""
                1 error: the value of `epochs` must be an expression
                  ┌─ --set epochs:1:16
                  │
                1 │ const epochs = )
                  │                ^ but this is `)`
                  │
                  = hint: For example: --set epochs=5
                """, nnc("check DIR/line.nnet --set epochs=)"));
    }

    @Test
    void folders_and_files_that_are_the_other() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        assertEquals("1 error: DIR/empty: is a folder; give the .nnet file in it\n", nnc("check DIR/empty"));
        assertEquals("1 error: DIR/empty: is a folder, not a file\n", nnc("eval DIR/line.nnet -w DIR/empty"));
        assertEquals("1 error: DIR/line.csv: is a file, not a folder\n", nnc("compile DIR/line.nnet -d DIR/line.csv"));
        assertEquals("1 error: DIR/absent: there is no such folder\n", nnc("build DIR/absent -d DIR/classes --record DIR/record"));
        assertEquals(
                "1 error: DIR/line.csv: not a safetensors file (or cut short): its first 8 bytes give a header of 734698282645793841 bytes\n",
                nnc("eval DIR/line.nnet -w DIR/line.csv"));
    }
}
