package io.framegate;

import io.framegate.watch.web.WebAccess;
import io.framegate.watch.web.WebCertificate;
import io.framegate.watch.web.WebLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of the web port before anything is opened, and what its properties then say. */
public final class WebChecks {

    private static final String ENABLED = "framegate.web.enabled";
    private static final String HOST = "framegate.web.host";
    private static final String PORT = "framegate.web.port";
    private static final String SILENT = "framegate.web.silent-after";
    private static final String USER = "framegate.web.user";
    private static final String TOKEN = "framegate.web.token";

    /** RFC 6750: what a header can carry and no client would encode. */
    private static final Pattern TOKENS = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final GatewaySettings settings;

    WebChecks(GatewaySettings settings) {
        this.settings = settings;
    }

    /** Throws what is wrong first. */
    void run() {
        settings.check(ENABLED, "true or false", Set.of("true", "false")::contains);
        settings.check(
                SILENT, "0, or a time, like 5m", value -> GatewaySettings.isOff(value) || settings.isTime(value));
        settings.credentials("framegate.web");
        if (settings.property(USER).contains(":")) {
            throw new IllegalStateException(USER + ": has a colon (expected: none, the password begins behind it)");
        }
        String token = settings.property(TOKEN);
        if (!token.isEmpty() && !TOKENS.matcher(token).matches()) {
            throw new IllegalStateException(TOKEN + ": not shown (expected: letters, digits and . _ ~ + / - alone)");
        }
        if (settings.property(WebCertificate.CERTIFICATE).isBlank()
                != settings.property(WebCertificate.KEY).isBlank()) {
            throw new IllegalStateException(WebCertificate.CERTIFICATE + " and " + WebCertificate.KEY
                    + ": only one is given (expected: both or none)");
        }
        // Empty is every address to the one, loopback to the other.
        settings.check(HOST, "an address of this machine", value -> !value.isEmpty());
        if (settings.property(ENABLED).strip().equals("true")) {
            certificate();
            ListenAddress.check(settings::property, HOST, PORT);
        }
    }

    /** How the port is reached, and by whom. */
    public WebAccess access() {
        WebLogin login = new WebLogin(
                settings.property(USER), settings.property("framegate.web.password"), settings.property(TOKEN));
        return new WebAccess(
                settings.property(HOST), Integer.parseInt(settings.property(PORT), 10), login, certificate());
    }

    private @Nullable WebCertificate certificate() {
        String certificate = settings.property(WebCertificate.CERTIFICATE);
        return certificate.isBlank()
                ? null
                : WebCertificate.read(Path.of(certificate), Path.of(settings.property(WebCertificate.KEY)));
    }

    /** After what silence a camera is shown as silent; null for a few of its own intervals. */
    @Nullable
    public Duration silentAfter() {
        String after = settings.property(SILENT).strip();
        return GatewaySettings.isOff(after) ? null : settings.time(after);
    }
}
