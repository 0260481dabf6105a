import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been drawn, as lines, and the 8 x 8 pixels that the network knows: those who made the data set shrank each digit to 32 x 32 black or white points and
 * counted the black ones in each square of 4 x 4.
 */
final class Ink {

    private static final int POINTS = 32;
    private static final int SQUARE = 4;
    private static final int PIXELS = POINTS / SQUARE;
    /** A pen of the width that the digits of the data set have. */
    private static final float PEN = 3.2f;

    private final List<Path2D> strokes = new ArrayList<>();

    void begin(double x, double y) {
        Path2D stroke = new Path2D.Double();
        stroke.moveTo(x, y);
        stroke.lineTo(x, y);
        strokes.add(stroke);
    }

    void moveTo(double x, double y) {
        strokes.get(strokes.size() - 1).lineTo(x, y);
    }

    void clear() {
        strokes.clear();
    }

    boolean isEmpty() {
        return strokes.isEmpty();
    }

    List<Path2D> strokes() {
        return strokes;
    }

    /** The counts, from 0 to 16, row by row. */
    float[] pixels() {
        BufferedImage points = points();
        float[] pixels = new float[PIXELS * PIXELS];
        for (int y = 0; y < POINTS; y++) {
            for (int x = 0; x < POINTS; x++) {
                if ((points.getRGB(x, y) & 0xFF) > 127) {
                    pixels[y / SQUARE * PIXELS + x / SQUARE]++;
                }
            }
        }
        return pixels;
    }

    /** The drawing as high as the picture is, in its middle, at its own proportions. */
    private BufferedImage points() {
        BufferedImage picture = new BufferedImage(POINTS, POINTS, BufferedImage.TYPE_BYTE_GRAY);
        if (isEmpty()) {
            return picture;
        }
        Rectangle.Double bounds = bounds();
        double room = POINTS - PEN;
        double scale = Math.min(room / Math.max(bounds.height, 1), room / Math.max(bounds.width, 1));
        AffineTransform place = AffineTransform.getTranslateInstance(POINTS / 2.0, POINTS / 2.0);
        place.scale(scale, scale);
        place.translate(-bounds.getCenterX(), -bounds.getCenterY());
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke(PEN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        strokes.forEach(stroke -> graphics.draw(place.createTransformedShape(stroke)));
        graphics.dispose();
        return picture;
    }

    private Rectangle.Double bounds() {
        Rectangle.Double all = null;
        for (Path2D stroke : strokes) {
            Rectangle.Double one = new Rectangle.Double();
            one.setRect(stroke.getBounds2D());
            // A dot or a straight line has no area, and would not count.
            one.width = Math.max(one.width, 1e-3);
            one.height = Math.max(one.height, 1e-3);
            if (all == null) {
                all = one;
            } else {
                all.setRect(all.createUnion(one));
            }
        }
        return all;
    }
}
