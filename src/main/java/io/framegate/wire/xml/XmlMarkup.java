package io.framegate.wire.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.framegate.wire.Padding;

/**
 * Reads markup byte by byte and reports the construct that ends with each byte: a tag, a comment, a processing
 * instruction, CDATA or a document type. Each construct may contain text that looks like another one. Knows neither
 * packets nor images and keeps no text. Not thread-safe.
 */
final class XmlMarkup {

    /** The construct that ended with a byte. */
    enum Event {
        /** Nothing yet. */
        NONE,
        /** A start tag. */
        START_TAG,
        /** An empty-element tag. */
        EMPTY_TAG,
        /** An end tag. */
        END_TAG,
        /** The beginning of a CDATA section. Its text follows. */
        CDATA_BEGIN,
        /** The quote before the value of an attribute. */
        VALUE_BEGIN,
        /** A comment, a processing instruction or a CDATA section. */
        OTHER,
        /** An XML declaration. */
        XML_DECLARATION,
        /** A document type declaration. */
        DOCUMENT_TYPE,
        /** A {@code <} that begins no markup, and the byte after it. */
        NO_MARKUP,
        /** A tag without its {@code >}. This byte is the {@code <} of the next markup. */
        BROKEN_TAG,
        /** The beginning of a packet inside an attribute. {@link #length()} is the length of this beginning. */
        NEXT_PACKET
    }

    private enum State {
        TEXT,
        BEGIN,
        DECLARATION,
        TARGET,
        INSTRUCTION,
        COMMENT,
        CDATA,
        DOCUMENT_TYPE,
        START_TAG,
        ATTRIBUTES,
        END_TAG
    }

    private static final byte[] COMMENT_BEGIN = "--".getBytes(US_ASCII);
    private static final byte[] CDATA_BEGIN = "[CDATA[".getBytes(US_ASCII);
    private static final byte[] XML_TARGET = "xml".getBytes(US_ASCII);

    private final TagName name = new TagName();
    private final XmlDocumentType documentType = new XmlDocumentType();
    private final PacketBeginning restart = new PacketBeginning();
    private State state = State.TEXT;
    private int length;
    private int matched;
    private byte quote;
    private boolean slash;

    /** Begins again. Text follows. */
    void reset() {
        state = State.TEXT;
        length = 0;
        restart.clear();
    }

    /** The name in the tag that ended last. */
    TagName name() {
        return name;
    }

    /** The length of the markup that ended last, or that has not ended yet, from its {@code <}. */
    int length() {
        return length;
    }

    /** Adds to {@link #length()}, because other bytes have replaced the last ones. */
    void replaced(int longer) {
        length += longer;
    }

    /** The quote around the value of the attribute that is being read, or 0. */
    byte quote() {
        return quote;
    }

    /** Reads the next byte and returns the construct that ends with it. */
    Event take(byte b) {
        length++;
        return switch (state) {
            case TEXT -> text(b);
            case BEGIN -> begin(b);
            case DECLARATION -> declaration(b);
            case TARGET -> target(b);
            case INSTRUCTION -> endOn('?', 1, b, name.is(XML_TARGET) ? Event.XML_DECLARATION : Event.OTHER);
            case COMMENT -> endOn('-', 2, b, Event.OTHER);
            case CDATA -> endOn(']', 2, b, Event.OTHER);
            case DOCUMENT_TYPE -> documentType.endsWith(b) ? end(Event.DOCUMENT_TYPE) : Event.NONE;
            case START_TAG -> startTag(b);
            case ATTRIBUTES -> attributes(b);
            case END_TAG -> endTag(b);
        };
    }

    private Event end(Event event) {
        state = State.TEXT;
        return event;
    }

    private Event text(byte b) {
        if (b == '<') {
            markupBegins();
        }
        return Event.NONE;
    }

    private void markupBegins() {
        state = State.BEGIN;
        length = 1;
        matched = 0;
        quote = 0;
        slash = false;
        name.clear();
    }

    private Event begin(byte b) {
        switch (b) {
            case '!' -> state = State.DECLARATION;
            case '?' -> state = State.TARGET;
            case '/' -> state = State.END_TAG;
            case '<' -> {
                markupBegins();
                return Event.BROKEN_TAG;
            }
            default -> {
                if (!isNameStart(b)) {
                    return end(Event.NO_MARKUP);
                }
                name.add(b);
                state = State.START_TAG;
            }
        }
        return Event.NONE;
    }

    private static boolean isNameStart(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b == ':' || b < 0;
    }

    private Event declaration(byte b) {
        name.add(b);
        if (name.is(COMMENT_BEGIN)) {
            state = State.COMMENT;
        } else if (name.is(CDATA_BEGIN)) {
            state = State.CDATA;
            return Event.CDATA_BEGIN;
        } else if (!name.isPrefixOf(COMMENT_BEGIN) && !name.isPrefixOf(CDATA_BEGIN)) {
            state = State.DOCUMENT_TYPE;
            return documentType.begins(name) ? end(Event.DOCUMENT_TYPE) : Event.NONE;
        }
        return Event.NONE;
    }

    private Event target(byte b) {
        if (!Padding.isWhiteSpace(b) && b != '?' && b != '>') {
            name.add(b);
            return Event.NONE;
        }
        state = State.INSTRUCTION;
        return endOn('?', 1, b, Event.OTHER);
    }

    /** Ends on {@code ?>}, {@code -->} or {@code ]]>}. */
    private Event endOn(char fill, int count, byte b, Event event) {
        if (b == fill) {
            matched = Math.min(matched + 1, count);
        } else if (b == '>' && matched == count) {
            return end(event);
        } else {
            matched = 0;
        }
        return Event.NONE;
    }

    private Event startTag(byte b) {
        if (!Padding.isWhiteSpace(b) && b != '/' && b != '>' && b != '<') {
            name.add(b);
            return Event.NONE;
        }
        state = State.ATTRIBUTES;
        return attributes(b);
    }

    private Event attributes(byte b) {
        if (quote != 0) {
            return quoted(b);
        }
        if (b == '<') {
            markupBegins();
            return Event.BROKEN_TAG;
        }
        if (b == '>') {
            return end(slash ? Event.EMPTY_TAG : Event.START_TAG);
        }
        quote = b == '"' || b == '\'' ? b : 0;
        slash = b == '/';
        return quote == 0 ? Event.NONE : Event.VALUE_BEGIN;
    }

    /** An attribute may contain an end tag. The beginning of a packet in it means that the closing quote is missing. */
    private Event quoted(byte b) {
        if (b == quote) {
            quote = 0;
            restart.clear();
        } else if (!restart.isEmpty() || b == '<') {
            restart.appendOrStartOver(b);
        }
        if (restart.isComplete()) {
            length = restart.bytes().length;
            restart.clear();
            return end(Event.NEXT_PACKET);
        }
        return Event.NONE;
    }

    private Event endTag(byte b) {
        if (b == '<') {
            markupBegins();
            return Event.BROKEN_TAG;
        }
        if (b == '>') {
            return end(Event.END_TAG);
        }
        if (!Padding.isWhiteSpace(b)) {
            name.add(b);
        }
        return Event.NONE;
    }
}
