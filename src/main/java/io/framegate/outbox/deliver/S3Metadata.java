package io.framegate.outbox.deliver;

import io.framegate.intake.FramegateHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * Puts an image's headers into an object's metadata, percent-encoded where they are not ASCII. S3 accepts {@value
 * #LIMIT} bytes of names and values. The headers that identify the image come first, and headers that do not fit are
 * left out. Adds the tags. Thread-safe.
 */
public final class S3Metadata implements Processor {

    private static final int LIMIT = 2048;

    private static final List<String> FIRST = List.of(
            FramegateHeaders.DELIVERY_ID,
            FramegateHeaders.CAMERA_ID,
            FramegateHeaders.CAPTURED_AT,
            FramegateHeaders.RECEIVED_AT,
            FramegateHeaders.SHA256,
            FramegateHeaders.STORED_PATH,
            FramegateHeaders.EVENT_ID,
            FramegateHeaders.EVENT_TYPE,
            FramegateHeaders.ROLE,
            FramegateHeaders.ATTRIBUTES);

    private S3Tags tags = S3Tags.parse("");

    /** The object's tags: {@code name=simple expression}, separated by commas. */
    public void setTags(String tags) {
        this.tags = S3Tags.parse(tags);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<String, String> all = new LinkedHashMap<>();
        Map<String, String> texts = MetadataText.of(message);
        FIRST.stream().filter(texts::containsKey).forEach(name -> all.put(name, texts.get(name)));
        texts.forEach(all::putIfAbsent);

        Map<String, String> metadata = new LinkedHashMap<>();
        int length = 0;
        for (Map.Entry<String, String> one : all.entrySet()) {
            String text = MetadataText.ascii(one.getValue());
            int more = one.getKey().length() + text.length();
            if (length + more <= LIMIT) {
                metadata.put(one.getKey(), text);
                length += more;
            }
        }
        tags.tagging(exchange).ifPresent(tagging -> metadata.put(S3Tagging.IN_METADATA, tagging));
        message.setHeader(AWS2S3Constants.METADATA, metadata);
        message.setHeader(AWS2S3Constants.CONTENT_TYPE, message.getHeader(FramegateHeaders.CONTENT_TYPE));
        message.setHeader(AWS2S3Constants.KEY, message.getHeader(Exchange.FILE_NAME));
    }
}
