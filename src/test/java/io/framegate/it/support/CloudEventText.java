package io.framegate.it.support;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.core.message.impl.BaseGenericBinaryMessageReaderImpl;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads a CloudEvent in binary mode with the CloudEvents SDK, for protocols for which it has no binding in Java. */
public final class CloudEventText extends BaseGenericBinaryMessageReaderImpl<String, String> {

    private static final String CONTENT_TYPE = "content-type";

    private final String prefix;
    private final Map<String, String> properties;

    private CloudEventText(String prefix, Map<String, String> properties, byte[] data) {
        super(SpecVersion.parse(properties.get(prefix + "specversion")), BytesCloudEventData.wrap(data));
        this.prefix = prefix;
        this.properties = properties;
    }

    /** The event in these properties, whose attributes have this prefix. */
    public static CloudEvent read(String prefix, Map<String, String> properties, String contentType, byte[] data) {
        Map<String, String> all = new TreeMap<>(properties);
        all.put(CONTENT_TYPE, contentType);
        return new CloudEventText(prefix, all, data).toEvent();
    }

    @Override
    protected boolean isContentTypeHeader(String key) {
        return key.equals(CONTENT_TYPE);
    }

    /** Names without a prefix are among those of other properties; an attribute's has only small letters and digits. */
    @Override
    protected boolean isCloudEventsHeader(String key) {
        return key.startsWith(prefix) && key.substring(prefix.length()).matches("[a-z0-9]+");
    }

    @Override
    protected String toCloudEventsKey(String key) {
        return key.substring(prefix.length());
    }

    @Override
    protected void forEachHeader(BiConsumer<String, String> each) {
        properties.forEach(each);
    }

    @Override
    protected String toCloudEventsValue(String value) {
        return value;
    }
}
