package io.framegate.tool.send;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import org.bytedeco.javacv.Frame;

/** Copies pixels of FFmpeg into a Java picture. Both have rows of blue, green and red bytes. */
final class BgrPicture {

    private BgrPicture() {}

    static BufferedImage of(Frame frame) {
        return of((ByteBuffer) frame.image[0], frame.imageWidth, frame.imageHeight, frame.imageStride);
    }

    /** Copies pixels. The stride is the length of a row in the buffer. */
    static BufferedImage of(ByteBuffer pixels, int width, int height, int stride) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        for (int row = 0; row < height; row++) {
            pixels.get(row * stride, to, row * width * 3, width * 3);
        }
        return picture;
    }
}
