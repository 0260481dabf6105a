import java.awt.EventQueue;
import java.nio.file.Path;
import javax.swing.JFrame;

/**
 * A window to draw digits in: the network reads them while one draws, and learns from corrections.
 *
 * <p>Arguments: the weights, and the CSV file of digits that it keeps in mind. With a third one, a file of what a user does, it plays that without a window.
 */
public final class DrawingBoard {

    private DrawingBoard() {
    }

    public static void main(String[] arguments) throws Exception {
        boolean isPlay = arguments.length > 2;
        if (isPlay) {
            System.setProperty("java.awt.headless", "true");
        }
        Reader reader = new Reader(Path.of(arguments[0]), Path.of(arguments[1]));
        if (isPlay) {
            new Player(new Board(reader)).play(Path.of(arguments[2]));
            return;
        }
        EventQueue.invokeLater(() -> {
            JFrame window = new JFrame("Digits");
            window.setDefaultCloseOperation(JFrame.EXIT_ON_CLOSE);
            window.add(new Board(reader));
            window.pack();
            window.setLocationRelativeTo(null);
            window.setVisible(true);
        });
    }
}
