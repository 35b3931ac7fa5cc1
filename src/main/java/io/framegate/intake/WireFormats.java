package io.framegate.intake;

import io.framegate.settings.ByteSize;
import io.framegate.wire.WireFormat;
import io.framegate.wire.WireFormatDetector;
import io.framegate.wire.http.BasicCredentials;
import io.framegate.wire.http.HttpFormat;
import io.framegate.wire.jpeg.JpegFormat;
import io.framegate.wire.length.LengthFormat;
import io.framegate.wire.xml.XmlFormat;
import io.framegate.wire.xml.XmlLimits;
import io.netty.channel.ChannelHandler;
import java.util.List;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The wire formats of a listener, as a bean for the netty endpoint's {@code decoders} option. Thread-safe once configured.
 */
public final class WireFormats extends DefaultChannelHandlerFactory {

    private static final String AUTO = "auto";

    private int maxFrameLength = XmlLimits.DEFAULT.maxPacketLength();
    private int maxDocumentLength = XmlLimits.DEFAULT.maxDocumentLength();
    private int maxImages = XmlLimits.DEFAULT.maxImages();
    private @Nullable String user;
    private @Nullable String password;
    private String format = AUTO;
    private @Nullable List<WireFormat> formats;

    /** The largest packet, for example {@code 16MB}. */
    public void setMaxFrameLength(String size) {
        maxFrameLength = ByteSize.parseInt(size);
    }

    /** The largest packet without its images, for example {@code 256KB}. */
    public void setMaxDocumentLength(String size) {
        maxDocumentLength = ByteSize.parseInt(size);
    }

    /** The most images in one packet. */
    public void setMaxImages(int maxImages) {
        this.maxImages = maxImages;
    }

    /** The user HTTP requests must name; empty lets anybody post. */
    public void setUser(String user) {
        this.user = user.isEmpty() ? null : user;
    }

    /** The password of that user. */
    public void setPassword(String password) {
        this.password = password;
    }

    /** The one format to take every connection for; {@code auto} lets the first bytes decide. */
    public void setFormat(String format) {
        if (!names().contains(format)) {
            throw new IllegalArgumentException(
                    "wire format: " + format + " (expected: " + String.join(", ", names()) + ")");
        }
        this.format = format;
    }

    /** What {@link #setFormat} takes. */
    public static List<String> names() {
        return List.of(AUTO, "xml", "http", "length64", "length16", "le32", "be32", "le64", "jpeg");
    }

    @Override
    public ChannelHandler newChannelHandler() {
        List<WireFormat> all = formats();
        WireFormat last = all.get(all.size() - 1);
        return new WireFormatDetector(all.subList(0, all.size() - 1), last);
    }

    private synchronized List<WireFormat> formats() {
        if (formats == null) {
            XmlLimits limits = new XmlLimits(maxFrameLength, maxDocumentLength, maxImages);
            BasicCredentials credentials =
                    user == null ? null : new BasicCredentials(user, password == null ? "" : password);
            formats = formats(new HttpFormat(limits, credentials), new XmlFormat(limits));
        }
        return formats;
    }

    private List<WireFormat> formats(HttpFormat http, XmlFormat xml) {
        return switch (format) {
            case "xml" -> List.of(xml);
            case "http" -> List.of(http);
            case "length64" -> List.of(LengthFormat.ascii64(maxFrameLength));
            case "length16" -> List.of(LengthFormat.ascii16(maxFrameLength));
            case "le32" -> List.of(LengthFormat.le32(maxFrameLength));
            case "be32" -> List.of(LengthFormat.be32(maxFrameLength));
            case "le64" -> List.of(LengthFormat.le64(maxFrameLength));
            case "jpeg" -> List.of(new JpegFormat(maxFrameLength));
            // XML is the last one, because it finds the next packet in bytes that nobody knows.
            default ->
                List.of(
                        http,
                        new JpegFormat(maxFrameLength),
                        LengthFormat.int32(maxFrameLength),
                        LengthFormat.le64(maxFrameLength),
                        LengthFormat.ascii(maxFrameLength),
                        xml);
        };
    }
}
