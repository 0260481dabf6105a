package nnet.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import nnet.tests.place.Workplace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sample `drawing` as a user has it: a window on a screen, though a virtual one, a mouse that moves, and what the screen then shows.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DrawingTest {

    private static final int NO_SCREEN = 3;
    private static final int PEN = 0x22303C;
    private static final int BEST = 0x2F7D5B;

    /// Opens the window, and then knows of it only what can be seen and clicked.
    private static final String HAND = """
            import java.awt.Component;
            import java.awt.Container;
            import java.awt.Frame;
            import java.awt.Point;
            import java.awt.Robot;
            import java.awt.event.InputEvent;
            import java.io.File;
            import java.nio.file.Path;
            import javax.imageio.ImageIO;
            import javax.swing.JLabel;

            public final class Hand {
                private static final int[][] ONE = {{160, 40}, {160, 280}};
                private static final int[][] ZED = {{90, 60}, {230, 60}, {90, 260}, {230, 260}};

                private final Robot robot;
                private final Frame window;

                private Hand(Robot robot, Frame window) {
                    this.robot = robot;
                    this.window = window;
                }

                public static void main(String[] arguments) throws Exception {
                    Robot robot;
                    try {
                        robot = new Robot();
                    } catch (java.awt.AWTException | java.awt.AWTError | LinkageError | java.awt.HeadlessException noScreen) {
                        System.out.println(noScreen);
                        System.exit(3);
                        return;
                    }
                    DrawingBoard.main(new String[] {arguments[0], arguments[1]});
                    while (Frame.getFrames().length == 0 || !Frame.getFrames()[0].isShowing()) {
                        Thread.sleep(50);
                    }
                    robot.setAutoDelay(20);
                    robot.setAutoWaitForIdle(true);
                    new Hand(robot, Frame.getFrames()[0]).play(new File(arguments[2]));
                    System.exit(0);
                }

                private void play(File picture) throws Exception {
                    Thread.sleep(500);
                    draw(ONE);
                    press("\\u00d7");
                    say();
                    draw(ZED);
                    press("5");
                    say();
                    press("\\u00d7");
                    draw(ZED);
                    ImageIO.write(robot.createScreenCapture(window.getBounds()), "png", picture);
                }

                /** Says what the board thinks while the line grows, and when it is whole. */
                private void draw(int[][] points) {
                    Point corner = find(window, "sheet").getLocationOnScreen();
                    robot.mouseMove(corner.x + points[0][0], corner.y + points[0][1]);
                    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
                    for (int i = 1; i < points.length; i++) {
                        for (int step = 1; step <= 8; step++) {
                            robot.mouseMove(corner.x + points[i - 1][0] + (points[i][0] - points[i - 1][0]) * step / 8,
                                    corner.y + points[i - 1][1] + (points[i][1] - points[i - 1][1]) * step / 8);
                        }
                        say();
                    }
                    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
                }

                private void press(String button) {
                    Component found = find(window, button);
                    Point corner = found.getLocationOnScreen();
                    robot.mouseMove(corner.x + found.getWidth() / 2, corner.y + found.getHeight() / 2);
                    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
                    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
                }

                private void say() {
                    robot.waitForIdle();
                    System.out.println(((JLabel) find(window, "words")).getText());
                }

                private static Component find(Container container, String name) {
                    for (Component part : container.getComponents()) {
                        Component found = name.equals(part.getName()) ? part : part instanceof Container inner ? find(inner, name) : null;
                        if (found != null) {
                            return found;
                        }
                    }
                    return null;
                }
            }
            """;

    @TempDir
    static Path folder;
    private static Workplace workplace;
    private static Process screen;
    private static String display;

    @BeforeAll
    static void start() throws Exception {
        boolean isThere = Pattern.compile(File.pathSeparator).splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "Xvfb")));
        assumeTrue(isThere, "there is no virtual screen: install Xvfb");
        screen = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        display = screen.inputReader().readLine();
        assumeTrue(display != null, "the virtual screen does not start");
        workplace = Workplace.create(folder);
        runs("./nnc train samples/optdigits/optdigits.nnet -o out --set epochs=10");
        runs("./nnc compile samples/optdigits/optdigits.nnet -d out/classes");
    }

    @AfterAll
    static void stop() {
        if (screen != null) {
            screen.destroy();
        }
    }

    private static Workplace.Outcome runs(String command) throws IOException, InterruptedException {
        Workplace.Outcome outcome = workplace.run(command);
        assumeTrue(outcome.status() != NO_SCREEN, "this JDK cannot open a window: " + outcome.output());
        assertEquals(0, outcome.status(), outcome.output());
        return outcome;
    }

    @Test
    void digitsAreReadWhileTheyAreDrawnAndLearntFromCorrections() throws Exception {
        Files.writeString(workplace.folder().resolve("samples/drawing/Hand.java"), HAND);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> said = runs("DISPLAY=:" + display + " '" + java + "' -cp out/classes:cli/target/lib/nnet-runtime-test.jar"
                + " samples/drawing/Hand.java out/OptDigits.safetensors samples/optdigits/optdigits-train.csv.gz board.png").output()
                .lines()
                .toList();
        assertEquals(9, said.size(), said.toString());
        assertEquals("This looks like a 1. If it is not, tell which digit you meant.", said.get(0));
        assertEquals("Draw a digit.", said.get(1));
        assertTrue(said.subList(2, 5).stream().allMatch(words -> words.startsWith("This looks like a")), said.toString());
        assertEquals("Thank you: so that is a 5.", said.get(5));
        assertEquals("This looks like a 5. If it is not, tell which digit you meant.", said.getLast());
        BufferedImage picture = ImageIO.read(workplace.folder().resolve("board.png").toFile());
        assertTrue(pixels(picture, PEN) > 3_000, "the line is on the screen");
        assertTrue(pixels(picture, BEST) > 200, "so is the bar of what it is");
    }

    private static long pixels(BufferedImage picture, int color) {
        return IntStream.range(0, picture.getWidth() * picture.getHeight())
                .filter(i -> (picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) & 0xFFFFFF) == color).count();
    }
}
