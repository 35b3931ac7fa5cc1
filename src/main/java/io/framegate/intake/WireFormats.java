package io.framegate.intake;

import io.framegate.wire.BasicCredentials;
import io.framegate.wire.HttpFormat;
import io.framegate.wire.WireFormat;
import io.framegate.wire.WireFormatDetector;
import io.framegate.wire.XmlFormat;
import io.framegate.wire.XmlLimits;
import io.netty.channel.ChannelHandler;
import java.util.List;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The wire formats of a listener, as a bean for the netty endpoint's {@code decoders} option. Thread-safe once configured.
 */
public final class WireFormats extends DefaultChannelHandlerFactory {

    private int maxFrameLength = XmlLimits.DEFAULT.maxPacketLength();
    private int maxDocumentLength = XmlLimits.DEFAULT.maxDocumentLength();
    private int maxImages = XmlLimits.DEFAULT.maxImages();
    private @Nullable String user;
    private @Nullable String password;
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

    @Override
    public ChannelHandler newChannelHandler() {
        List<WireFormat> all = formats();
        return new WireFormatDetector(all, all.get(all.size() - 1));
    }

    private synchronized List<WireFormat> formats() {
        if (formats == null) {
            XmlLimits limits = new XmlLimits(maxFrameLength, maxDocumentLength, maxImages);
            BasicCredentials credentials =
                    user == null ? null : new BasicCredentials(user, password == null ? "" : password);
            formats = List.of(new HttpFormat(limits, credentials), new XmlFormat(limits));
        }
        return formats;
    }
}
