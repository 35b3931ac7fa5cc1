package io.framegate.receive.camera;

import io.framegate.intake.ListenerAccess;
import java.time.Duration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code camera:} besides those of {@code netty:}. An option that is not given is null: then the
 * property of {@link ListenerOptions} applies. Not thread-safe.
 */
@UriParams
public final class CameraOptions {

    @UriParam(
            defaultValue = "auto",
            description = "The one wire format of the listener. auto recognises all of them by their first bytes.")
    private @Nullable String format;

    @UriParam(
            defaultValue = "false",
            description = "Makes an exchange of each image, with its bytes as body, instead of one of the event.")
    private boolean split;

    @UriParam(
            defaultValue = "false",
            description = "Makes exchanges of heartbeats and keep-alives too, unless split is true.")
    private boolean heartbeats;

    @UriParam(
            defaultValue = "quarantine",
            enums = "quarantine,route",
            description = "Where rejected packets and images go. quarantine: files in framegate.quarantine.directory."
                    + " route: an exchange whose headers FramegateRejectReason and FramegateRejectDetail say why.")
    private RejectTarget rejects = RejectTarget.QUARANTINE;

    @UriParam(
            defaultValue = "system",
            description = "The zone of dates and times in headers, and of cameras' local times, like Europe/Berlin.")
    private @Nullable String timeZone;

    @UriParam(
            defaultValue = "auto",
            enums = "auto,tvt,hikvision,dahua,gat1400,ok",
            description = "What a successful HTTP response says. auto is what the camera's maker expects.")
    private @Nullable String answer;

    @UriParam(
            defaultValue = "?camera, ?cam, ?deviceId, ?mac, X-Device-Id, X-Camera-Id, /hikfeed/{camera}",
            description = "Where an HTTP request names its camera, unless its packet has a MAC address: parameters,"
                    + " headers and paths. The first safe name counts.")
    private @Nullable String camera;

    @UriParam(
            label = "limits",
            defaultValue = "16MB",
            description = "The largest packet, 64KB or more. The listener skips the rest of a larger one.")
    private @Nullable String maxFrameLength;

    @UriParam(
            label = "limits",
            defaultValue = "256KB",
            description = "The largest packet without its images, 4KB or more.")
    private @Nullable String maxDocumentLength;

    @UriParam(
            label = "limits",
            defaultValue = "2",
            description = "Packets of one connection in the route at a time. Beyond it, TCP slows the camera down.")
    private @Nullable Integer maxInFlight;

    @UriParam(
            label = "limits",
            defaultValue = "2000",
            description = "Connections of all listeners open at a time. One more takes the place of another, or is"
                    + " closed.")
    private @Nullable Integer maxConnections;

    @UriParam(
            label = "limits",
            defaultValue = "30s",
            javaType = "java.time.Duration",
            description = "The time from a packet's first byte to its last.")
    private @Nullable Duration frameDeadline;

    @UriParam(
            label = "limits",
            defaultValue = "300s",
            javaType = "java.time.Duration",
            description = "Closes connections that were idle for longer. Keep it above the cameras' heartbeat.")
    private @Nullable Duration idleTimeout;

    @UriParam(
            label = "security",
            description = "HTTP requests must log in as this user (Basic or Digest), and others are refused.")
    private @Nullable String user;

    @UriParam(label = "security", description = "The password of that user.")
    @Metadata(secret = true)
    private @Nullable String password;

    @UriParam(
            label = "security",
            description = "Addresses of HTTP proxies whose X-Forwarded-For or Forwarded says which camera sends.")
    private @Nullable String trustedProxies;

    @UriParam(
            label = "advanced",
            description = "Who may connect: addresses, a PROXY header, TLS with PEM files. By default the bean"
                    + " cameraAccess, which has the properties framegate.camera.allow, .proxy-protocol and .tls.")
    private @Nullable ListenerAccess access;

    public @Nullable String getFormat() {
        return format;
    }

    public void setFormat(String format) {
        this.format = format;
    }

    public boolean isSplit() {
        return split;
    }

    public void setSplit(boolean split) {
        this.split = split;
    }

    public boolean isHeartbeats() {
        return heartbeats;
    }

    public void setHeartbeats(boolean heartbeats) {
        this.heartbeats = heartbeats;
    }

    public RejectTarget getRejects() {
        return rejects;
    }

    public void setRejects(RejectTarget rejects) {
        this.rejects = rejects;
    }

    public @Nullable String getTimeZone() {
        return timeZone;
    }

    public void setTimeZone(String timeZone) {
        this.timeZone = timeZone;
    }

    public @Nullable String getAnswer() {
        return answer;
    }

    public void setAnswer(String answer) {
        this.answer = answer;
    }

    public @Nullable String getCamera() {
        return camera;
    }

    public void setCamera(String camera) {
        this.camera = camera;
    }

    public @Nullable String getMaxFrameLength() {
        return maxFrameLength;
    }

    public void setMaxFrameLength(String maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    public @Nullable String getMaxDocumentLength() {
        return maxDocumentLength;
    }

    public void setMaxDocumentLength(String maxDocumentLength) {
        this.maxDocumentLength = maxDocumentLength;
    }

    public @Nullable Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(Integer maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public @Nullable Integer getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(Integer maxConnections) {
        this.maxConnections = maxConnections;
    }

    public @Nullable Duration getFrameDeadline() {
        return frameDeadline;
    }

    public void setFrameDeadline(Duration frameDeadline) {
        this.frameDeadline = frameDeadline;
    }

    public @Nullable Duration getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public @Nullable String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public @Nullable String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public @Nullable String getTrustedProxies() {
        return trustedProxies;
    }

    public void setTrustedProxies(String trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    public @Nullable ListenerAccess getAccess() {
        return access;
    }

    public void setAccess(ListenerAccess access) {
        this.access = access;
    }
}
