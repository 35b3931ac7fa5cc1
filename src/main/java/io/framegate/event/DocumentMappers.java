package io.framegate.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;

/**
 * The mappers that read documents strictly. They refuse documents of more than {@link #MAX_TOKENS} tokens, because the
 * tree of 250 KB of empty elements would take 10 MB. A refused document is read leniently, up to the same number of
 * tokens. Stateless.
 */
public final class DocumentMappers {

    /** A hundred times the tokens of the largest documents of cameras. */
    static final int MAX_TOKENS = 20_000;

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build();

    private DocumentMappers() {}

    /** Creates a strict mapper for JSON. */
    public static ObjectMapper json() {
        return new ObjectMapper(
                JsonFactory.builder().streamReadConstraints(LIMITS).build());
    }

    /** Creates a strict mapper for XML. */
    public static XmlMapper xml() {
        return new XmlMapper(XmlFactory.builder().streamReadConstraints(LIMITS).build());
    }
}
