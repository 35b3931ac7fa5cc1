package io.framegate.intake;

import io.framegate.settings.ByteSize;
import io.framegate.settings.CameraPlaces;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.Networks;
import io.framegate.wire.KnownFormat;
import io.framegate.wire.PacketLimits;
import io.framegate.wire.WireFormat;
import io.framegate.wire.WireFormatDetector;
import io.framegate.wire.http.CameraNames;
import io.framegate.wire.http.HttpLogin;
import io.framegate.wire.http.HttpOptions;
import io.framegate.wire.http.SuccessBody;
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
    private Networks trustedProxies = Networks.parse(IntakeSettings.TRUSTED_PROXIES.standard());
    private List<String> cameras = CameraPlaces.parse(IntakeSettings.CAMERA.standard());
    private @Nullable SuccessBody answer;
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

    /** The user that HTTP requests must name. If the text is empty, every client may post. */
    public void setUser(String user) {
        this.user = user.isEmpty() ? null : user;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** The places in which HTTP requests name their cameras: {@code ?camera, X-Device-Id, /hikfeed/{camera}}. */
    public void setCamera(String places) {
        cameras = CameraPlaces.parse(places);
    }

    /** The body of successful HTTP responses, or {@code auto} for the body of each request's dialect. */
    public void setAnswer(String name) {
        answer = SuccessBody.named(name);
    }

    /** The peers that are HTTP proxies and name their clients: {@code 192.0.2.7, 10.0.0.0/8}. */
    public void setTrustedProxies(String networks) {
        trustedProxies = Networks.parse(networks);
    }

    /**
     * The only format of the listener, or {@code auto} to recognise the format of each connection by its first bytes.
     */
    public void setFormat(String format) {
        this.format = format.equals(AUTO) ? null : KnownFormat.of(format);
    }

    /** Throws if there is no format of this name, or a jar's format cannot be used. */
    public static void check(String format) {
        List<String> names = KnownFormat.names();
        if (!format.equals(AUTO) && !names.contains(format)) {
            throw new IllegalArgumentException(format + " (expected: " + AUTO + ", " + String.join(", ", names) + ")");
        }
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
            HttpLogin login =
                    user == null ? null : new HttpLogin(user, password == null ? "" : password, System::nanoTime);
            HttpOptions options = new HttpOptions(login, new CameraNames(cameras), answer, trustedProxies::contain);
            formats = format == null
                    ? KnownFormat.createAll(limits, options)
                    : List.of(format.format().create(limits, options));
        }
        return formats;
    }
}
