package io.framegate.tool.replay;

import io.framegate.tool.Connection;
import io.framegate.tool.FrameClient;
import io.framegate.tool.HostPort;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/** The gateway cannot be reached, or no longer answers, so the remaining files are not tried. */
final class GatewayAwayException extends IOException {

    private static final long serialVersionUID = 1;
    private static final String EXPECTED = " (expected: a gateway that listens)";

    /** Connects to the gateway. */
    static Connection connect(FrameClient client, boolean answered) throws GatewayAwayException {
        try {
            return Connection.open(client, answered);
        } catch (IOException e) {
            throw new GatewayAwayException(client.to(), e);
        }
    }

    GatewayAwayException(HostPort gateway, IOException cause) {
        super("gateway: " + gateway + " " + what(cause), cause);
    }

    private static String what(IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return "does not answer for 60 s" + EXPECTED;
        }
        if (cause instanceof InterruptedIOException) {
            return "waited for, stopped" + EXPECTED;
        }
        if (cause instanceof SSLException) {
            return "cannot be reached, " + cause.getMessage();
        }
        return "cannot be reached" + (cause.getMessage() == null ? "" : ", " + cause.getMessage()) + EXPECTED;
    }
}
