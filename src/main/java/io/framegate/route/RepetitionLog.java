package io.framegate.route;

import io.framegate.event.FramegateHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line for an event that was accepted before and is not stored again. Thread-safe. */
public final class RepetitionLog implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate.events");

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        LOG.atInfo()
                .addKeyValue("peer", message.getHeader(FramegateHeaders.PEER))
                .addKeyValue("camera", message.getHeader(FramegateHeaders.CAMERA_ID))
                .addKeyValue("type", message.getHeader(FramegateHeaders.EVENT_TYPE))
                .addKeyValue("captured", message.getHeader(FramegateHeaders.CAPTURED_AT))
                .addKeyValue("received", message.getHeader(FramegateHeaders.RECEIVED_AT))
                .addKeyValue("sha256", message.getHeader(FramegateHeaders.PACKET_SHA256))
                .addKeyValue("bytes", message.getHeader(FramegateHeaders.PACKET_LENGTH))
                .addKeyValue("images", message.getHeader(FramegateHeaders.IMAGE_COUNT))
                .log("event repeated");
    }
}
