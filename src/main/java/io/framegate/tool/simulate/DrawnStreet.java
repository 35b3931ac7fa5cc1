package io.framegate.tool.simulate;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Draws a street. The houses depend on the place, the cars and the pedestrian on the moment. A face and a plate are
 * always where {@link CameraPictures} crops them.
 */
final class DrawnStreet {

    static final int WIDTH = 960;
    static final int HEIGHT = 540;

    private static final int HORIZON = 250;

    /** Colours from morning to night: the sky at the top, the sky at the horizon, and the ground. */
    private static final Color[][] TIMES = {
        {new Color(0x8FB8DE), new Color(0xF3E3C3), new Color(0x6B7067)},
        {new Color(0x4F8FD0), new Color(0xCFE4F5), new Color(0x767A78)},
        {new Color(0x9AA7B1), new Color(0xD5DADD), new Color(0x5F6466)},
        {new Color(0x3C4F86), new Color(0xF0A66B), new Color(0x575358)},
        {new Color(0x0B1330), new Color(0x2C3A63), new Color(0x33363F)},
    };

    private static final Color[] CARS = {
        new Color(0xB3312C), new Color(0x2E5E9E), new Color(0xE8E8E6), new Color(0x2B2D30), new Color(0xC9952C)
    };

    /** The digits as bitmaps, three dots wide and five high. */
    private static final int[] DIGITS = {
        0b111101101101111, 0b010110010010111, 0b111001111100111, 0b111001111001111, 0b101101111001001,
        0b111100111001111, 0b111100111101111, 0b111001001001001, 0b111101111101111, 0b111101111001111
    };

    private final BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D pen = picture.createGraphics();
    private final int place;
    private final int moment;
    private final boolean night;

    private DrawnStreet(int place, int moment) {
        this.place = place;
        this.moment = moment;
        night = place % TIMES.length == TIMES.length - 1;
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    /** Draws a place at a moment. The result is always the same. */
    static BufferedImage at(int place, int moment) {
        DrawnStreet street = new DrawnStreet(place, moment);
        street.ground();
        street.houses();
        street.road();
        street.car((moment * 260 + place * 170) % (WIDTH + 240) - 200, 268, 0.7, moment + place + 1);
        street.walker(350 + 8 * moment, 140);
        street.car(150 + 14 * moment, 304, 1.1, place);
        street.grain();
        street.pen.dispose();
        return street.picture;
    }

    private void ground() {
        Color[] colors = TIMES[place % TIMES.length];
        pen.setPaint(new GradientPaint(0, 0, colors[0], 0, HORIZON, colors[1]));
        pen.fillRect(0, 0, WIDTH, HORIZON);
        pen.setPaint(new GradientPaint(0, HORIZON, colors[2].brighter(), 0, HEIGHT, colors[2]));
        pen.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON);
    }

    private void houses() {
        Random random = new Random(place);
        for (int left = -20; left < WIDTH; ) {
            int width = 90 + random.nextInt(90);
            int top = 40 + random.nextInt(120);
            float shade = (night ? 0.14f : 0.45f) + random.nextFloat() * 0.2f;
            pen.setColor(Color.getHSBColor(random.nextFloat(), 0.18f, shade));
            pen.fillRect(left, top, width, HORIZON + 20 - top);
            for (int x = left + 12; x + 16 < left + width; x += 26) {
                for (int y = top + 14; y + 22 < HORIZON; y += 34) {
                    boolean lit = random.nextInt(10) < (night ? 5 : 2);
                    pen.setColor(lit ? new Color(0xFFE3A0) : new Color(0x2F3A45));
                    pen.fillRect(x, y, 14, 20);
                }
            }
            left += width + random.nextInt(14);
        }
    }

    private void road() {
        pen.setColor(night ? new Color(0x22252C) : new Color(0x43464A));
        pen.fillPolygon(new int[] {-200, 180, 780, 1160}, new int[] {HEIGHT, HORIZON + 20, HORIZON + 20, HEIGHT}, 4);
        pen.setColor(new Color(0xD8D8D0));
        for (int line = 0; line < 6; line++) {
            int y = HORIZON + 40 + line * line * 9;
            pen.fillRect(WIDTH / 2 - 3 - line, y, 6 + 2 * line, 10 + 4 * line);
        }
    }

    private void car(int x, int y, double scale, int color) {
        Graphics2D car = (Graphics2D) pen.create();
        car.translate(x, y);
        car.scale(scale, scale);
        car.setColor(new Color(0, 0, 0, 90));
        car.fillOval(-6, 84, 252, 26);
        car.setColor(CARS[color % CARS.length]);
        car.fillRoundRect(0, 30, 240, 62, 30, 30);
        car.fillRoundRect(42, 0, 146, 60, 50, 50);
        car.setColor(new Color(0x9FB6C4));
        car.fillRoundRect(54, 8, 58, 30, 20, 20);
        car.fillRoundRect(120, 8, 56, 30, 20, 20);
        car.setColor(new Color(0x17181A));
        car.fillOval(26, 70, 44, 44);
        car.fillOval(172, 70, 44, 44);
        car.setColor(new Color(0xFFF3C4));
        car.fillOval(224, 42, 16, 16);
        car.setColor(new Color(0xF5F5F0));
        car.fillRect(84, 58, 92, 22);
        car.setColor(new Color(0x1B2A6B));
        car.fillRect(84, 58, 10, 22);
        car.setColor(Color.BLACK);
        String number = Integer.toString(48_211 + 5_101 * color);
        for (int digit = 0; digit < number.length(); digit++) {
            digit(car, DIGITS[number.charAt(digit) - '0'], 100 + 15 * digit);
        }
        car.dispose();
    }

    /** Draws a digit dot by dot, because machines without a screen often have no fonts. */
    private static void digit(Graphics2D car, int bits, int x) {
        for (int dot = 0; dot < 15; dot++) {
            if ((bits >> (14 - dot) & 1) == 1) {
                car.fillRect(x + dot % 3 * 3, 61 + dot / 3 * 3, 3, 3);
            }
        }
    }

    private void walker(int x, int y) {
        pen.setColor(new Color(0x31465E));
        pen.fillRoundRect(x - 24, y + 78, 84, 130, 34, 34);
        pen.setColor(new Color(0x20262E));
        pen.fillRect(x - 10, y + 196, 22, 90);
        pen.fillRect(x + 24, y + 196, 22, 90);
        pen.setColor(new Color(0xE2B796));
        pen.fillOval(x - 14, y, 64, 80);
        pen.setColor(new Color(0x4A3225));
        pen.fillArc(x - 16, y - 8, 68, 64, 0, 180);
        pen.setColor(new Color(0x22211F));
        pen.fillOval(x + 2, y + 34, 8, 8);
        pen.fillOval(x + 26, y + 34, 8, 8);
        pen.drawArc(x + 4, y + 48, 28, 16, 200, 140);
    }

    /** Adds the noise of a sensor. Without noise, the JPEGs would be much smaller than those of a camera. */
    private void grain() {
        int strength = night ? 15 : 7;
        SplittableRandom random = new SplittableRandom(31L * place + moment);
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        for (int at = 0; at < pixels.length; at++) {
            int change = (random.nextInt() & strength) - strength / 2;
            int rgb = pixels[at];
            pixels[at] = shifted(rgb >> 16, change) << 16 | shifted(rgb >> 8, change) << 8 | shifted(rgb, change);
        }
    }

    private static int shifted(int part, int change) {
        return Math.max(0, Math.min(255, (part & 0xFF) + change));
    }
}
