package io.framegate.tool.replay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;

/** There is nobody who takes what is to be sent, or nobody who answers any more. */
final class GatewayAwayException extends IOException {

    private static final long serialVersionUID = 1;

    GatewayAwayException(URI gateway, Throwable cause) {
        super(
                "gateway: " + gateway.getRawAuthority() + " " + what(cause) + " (expected: a gateway that listens)",
                cause);
    }

    private static String what(Throwable cause) {
        if (cause instanceof InterruptedException) {
            return "waited for, stopped";
        }
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
            return "does not answer for 60 s";
        }
        return "cannot be reached" + (cause.getMessage() == null ? "" : ", " + cause.getMessage());
    }
}
