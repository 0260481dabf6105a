import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.swing.JButton;

/**
 * Does what a user would do, as a file tells, with or without a screen:
 *
 * <pre>
 * draw 100,40 100,280        draws a line through these points of the sheet
 * press 7                    presses a button
 * say                        prints the words above the sheet
 * picture board.png          writes what the board looks like
 * </pre>
 */
final class Player {

    private static final Dimension SIZE = new Dimension(560, 440);

    private final Board board;

    Player(Board board) {
        this.board = board;
        board.setSize(SIZE);
        layOut(board);
    }

    /** Without a window nobody lays out the parts of parts. */
    private static void layOut(Container container) {
        container.doLayout();
        for (Component part : container.getComponents()) {
            if (part instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    void play(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" +");
            switch (words[0]) {
                case "draw" -> draw(words);
                case "press" -> ((JButton) find(board, words[1])).doClick(0);
                case "say" -> System.out.println(board.words());
                case "picture" -> picture(Path.of(words[1]));
                default -> throw new IOException("nobody knows how to '" + line + "'");
            }
        }
    }

    private void draw(String[] words) {
        Component sheet = find(board, "sheet");
        for (int i = 1; i < words.length; i++) {
            String[] point = words[i].split(",");
            int kind = i == 1 ? MouseEvent.MOUSE_PRESSED : MouseEvent.MOUSE_DRAGGED;
            sheet.dispatchEvent(
                    new MouseEvent(sheet, kind, i, MouseEvent.BUTTON1_DOWN_MASK, Integer.parseInt(point[0]), Integer.parseInt(point[1]), 1,
                            false, MouseEvent.BUTTON1));
        }
    }

    private static Component find(Container container, String name) {
        for (Component part : container.getComponents()) {
            if (name.equals(part.getName())) {
                return part;
            }
            Component within = part instanceof Container inner ? find(inner, name) : null;
            if (within != null) {
                return within;
            }
        }
        return null;
    }

    private void picture(Path file) throws IOException {
        BufferedImage picture = new BufferedImage(SIZE.width, SIZE.height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(board.getBackground());
        graphics.fillRect(0, 0, SIZE.width, SIZE.height);
        board.printAll(graphics);
        graphics.dispose();
        ImageIO.write(picture, "png", file.toFile());
    }
}
