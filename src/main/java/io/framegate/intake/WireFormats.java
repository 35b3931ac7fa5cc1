package io.framegate.intake;

import io.framegate.settings.ByteSize;
import io.framegate.wire.KnownFormat;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import io.framegate.wire.WireFormatDetector;
import io.framegate.wire.http.BasicCredentials;
import io.netty.channel.ChannelHandler;
import java.util.List;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The wire formats of a listener, as a bean for the option {@code decoders} of a netty endpoint. Thread-safe after
 * configuration.
 */
public final class WireFormats extends DefaultChannelHandlerFactory {

    private static final String AUTO = "auto";

    private int maxFrameLength = PacketLimits.DEFAULT.maxPacketLength();
    private int maxDocumentLength = PacketLimits.DEFAULT.maxDocumentLength();
    private @Nullable String user;
    private @Nullable String password;
    private @Nullable KnownFormat format;
    private @Nullable List<WireFormat> formats;

    /** The maximum length of a packet, for example {@code 16MB}. */
    public void setMaxFrameLength(String size) {
        maxFrameLength = ByteSize.parseInt(size);
    }

    /** The maximum length of a packet without its images, for example {@code 256KB}. */
    public void setMaxDocumentLength(String size) {
        maxDocumentLength = ByteSize.parseInt(size);
    }

    /** The user that HTTP requests must name. With an empty text, anybody may post. */
    public void setUser(String user) {
        this.user = user.isEmpty() ? null : user;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /**
     * The only format of the listener, or {@code auto} to recognise the format of each connection by its first bytes.
     */
    public void setFormat(String format) {
        this.format = format.equals(AUTO) ? null : KnownFormat.of(format);
    }

    @Override
    public ChannelHandler newChannelHandler() {
        List<WireFormat> all = formats();
        WireFormat last = all.get(all.size() - 1);
        return new WireFormatDetector(all.subList(0, all.size() - 1), last);
    }

    private synchronized List<WireFormat> formats() {
        if (formats == null) {
            PacketLimits limits = new PacketLimits(maxFrameLength, maxDocumentLength, PacketLimits.DEFAULT.maxImages());
            BasicCredentials credentials =
                    user == null ? null : new BasicCredentials(user, password == null ? "" : password);
            formats = format == null
                    ? KnownFormat.createAll(limits, credentials)
                    : List.of(format.format().create(limits, credentials));
        }
        return formats;
    }
}
