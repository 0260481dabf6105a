import java.awt.BasicStroke;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridLayout;
import java.awt.RenderingHints;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** A board to draw on, with what the reader thinks beside it, and a button for each digit to tell it better. */
final class Board extends JPanel {

    private static final long serialVersionUID = 1L;

    static final int SIZE = 320;
    private static final Color PAPER = new Color(0xFBFAF7);
    private static final Color PEN = new Color(0x22303C);
    private static final Color BAR = new Color(0xB9C7D3);
    private static final Color BEST = new Color(0x2F7D5B);
    private static final Font LARGE = new Font(Font.SANS_SERIF, Font.PLAIN, 15);

    private final transient Reader reader;
    private final transient Ink ink = new Ink();
    private final JLabel words = new JLabel("Draw a digit.");
    private float[] sure = new float[10];

    Board(Reader reader) {
        super(new BorderLayout(12, 12));
        this.reader = reader;
        setBorder(BorderFactory.createEmptyBorder(12, 12, 12, 12));
        words.setName("words");
        words.setFont(LARGE);
        add(words, BorderLayout.NORTH);
        add(new Sheet(), BorderLayout.CENTER);
        add(new Bars(), BorderLayout.EAST);
        add(buttons(), BorderLayout.SOUTH);
    }

    private JComponent buttons() {
        JPanel row = new JPanel(new GridLayout(1, 11, 4, 0));
        for (int digit = 0; digit < 10; digit++) {
            int meant = digit;
            row.add(button(Integer.toString(digit), "It is " + name(digit) + ": learn it", () -> correct(meant)));
        }
        row.add(button("×", "Clear the board", this::clear));
        return row;
    }

    private static JButton button(String text, String tip, Runnable action) {
        JButton button = new JButton(text);
        button.setName(text);
        button.setToolTipText(tip);
        button.setFont(LARGE);
        button.setMargin(new java.awt.Insets(4, 2, 4, 2));
        button.addActionListener(event -> action.run());
        return button;
    }

    private void look() {
        sure = reader.read(ink.pixels());
        words.setText("This looks like " + name(best()) + ". If it is not, tell which digit you meant.");
        repaint();
    }

    private void correct(int digit) {
        if (ink.isEmpty()) {
            words.setText("Draw something first.");
            return;
        }
        reader.learn(ink.pixels(), digit);
        sure = reader.read(ink.pixels());
        words.setText(best() == digit
                ? "Thank you: so that is " + name(digit) + "."
                : "I still see " + name(best()) + ". Show me more like this.");
        repaint();
    }

    private static String name(int digit) {
        return (digit == 8 ? "an " : "a ") + digit;
    }

    private void clear() {
        ink.clear();
        sure = new float[10];
        words.setText("Draw a digit.");
        repaint();
    }

    int best() {
        int best = 0;
        for (int digit = 1; digit < 10; digit++) {
            best = sure[digit] > sure[best] ? digit : best;
        }
        return best;
    }

    String words() {
        return words.getText();
    }

    /** Where one draws. */
    private final class Sheet extends JComponent {

        private static final long serialVersionUID = 1L;

        Sheet() {
            setName("sheet");
            setPreferredSize(new Dimension(SIZE, SIZE));
            MouseAdapter pen = new MouseAdapter() {
                @Override
                public void mousePressed(MouseEvent event) {
                    ink.begin(event.getX(), event.getY());
                    look();
                }

                @Override
                public void mouseDragged(MouseEvent event) {
                    ink.moveTo(event.getX(), event.getY());
                    look();
                }
            };
            addMouseListener(pen);
            addMouseMotionListener(pen);
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D sheet = smooth(graphics);
            sheet.setColor(PAPER);
            sheet.fillRect(0, 0, getWidth(), getHeight());
            sheet.setColor(BAR);
            sheet.drawRect(0, 0, getWidth() - 1, getHeight() - 1);
            sheet.setColor(PEN);
            sheet.setStroke(new BasicStroke(SIZE / 16f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            ink.strokes().forEach(sheet::draw);
            sheet.dispose();
        }
    }

    /** How sure the reader is of each digit. */
    private final class Bars extends JComponent {

        private static final long serialVersionUID = 1L;

        Bars() {
            setPreferredSize(new Dimension(190, SIZE));
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D bars = smooth(graphics);
            bars.setFont(LARGE);
            int height = getHeight() / 10;
            int room = getWidth() - 84;
            for (int digit = 0; digit < 10; digit++) {
                int y = digit * height;
                bars.setColor(PEN);
                bars.drawString(Integer.toString(digit), 0, y + height / 2 + 5);
                bars.setColor(!ink.isEmpty() && digit == best() ? BEST : BAR);
                bars.fillRoundRect(18, y + height / 4, Math.max(2, Math.round(room * sure[digit])), height / 2, 4, 4);
                bars.setColor(PEN);
                bars.drawString(Math.round(100 * sure[digit]) + " %", 26 + room, y + height / 2 + 5);
            }
            bars.dispose();
        }
    }

    private static Graphics2D smooth(Graphics graphics) {
        Graphics2D smooth = (Graphics2D) graphics.create();
        smooth.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        smooth.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return smooth;
    }
}
