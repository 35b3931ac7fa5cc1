package io.framegate.watch.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a renewed certificate to new connections, some seconds after its files have changed. If the files do not fit,
 * because only one of them is written yet, the old certificate stays. Runs until the server's Vert.x is closed.
 */
public final class CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.web");

    private static final long PERIOD_MILLIS = 5_000;

    private final WebCertificate first;
    private List<FileTime> seen;

    /** Follows the files of this certificate, which was just read. */
    public CertificateRenewal(WebCertificate first) {
        this.first = first;
        seen = written();
    }

    /** Starts to look for changes. */
    public void follow(Vertx vertx, HttpServer server) {
        vertx.setPeriodic(
                PERIOD_MILLIS, tick -> vertx.executeBlocking(this::renewed).onSuccess(renewed -> {
                    if (renewed != null) {
                        show(server, renewed);
                    }
                }));
    }

    private @Nullable WebCertificate renewed() {
        List<FileTime> now = written();
        if (now.equals(seen)) {
            return null;
        }
        seen = now;
        try {
            return first.readAgain();
        } catch (IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("renewed certificate not usable, the old one stays");
            return null;
        }
    }

    private static void show(HttpServer server, WebCertificate renewed) {
        server.updateSSLOptions(new SSLOptions().setKeyCertOptions(renewed.options()))
                .onSuccess(shown ->
                        LOG.atInfo().addKeyValue("until", renewed.validUntil()).log("certificate renewed"))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("reason", failure.toString())
                        .log("renewed certificate not usable, the old one stays"));
    }

    /** When each file was written; empty while one of them does not exist. */
    private List<FileTime> written() {
        List<FileTime> times = new ArrayList<>();
        try {
            for (Path file : first.files()) {
                times.add(Files.getLastModifiedTime(file));
            }
        } catch (IOException e) {
            times.clear();
        }
        return times;
    }
}
