package nnet.cli;

/// Where the program begins.
public final class Main {

    private Main() {
    }

    public static void main(String[] arguments) {
        System.exit(Nnc.run(Terminal.ofProcess(), arguments));
    }
}
