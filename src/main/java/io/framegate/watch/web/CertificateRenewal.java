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
 * Shows a renewed certificate to who connects from then on, some seconds after its files have changed. What cannot be served, because
 * one of the two files is written and the other not yet, leaves the old one in place. Runs until the server's Vert.x is closed.
 */
public final class CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.web");

    private static final long PERIOD_MILLIS = 5_000;

    private final WebCertificate first;
    private List<FileTime> seen;

    /** Of this one, which was just read. */
    public CertificateRenewal(WebCertificate first) {
        this.first = first;
        seen = written();
    }

    /** Begins to look at them. */
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

    /** When; nothing of a file that is not there for a moment. */
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
