package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads as much as possible of XML that is not well-formed, into the tree that {@code XmlMapper} builds from
 * well-formed XML (see {@link DocumentTree}).
 *
 * <p>The dialects of cameras never mix text and elements, so a missing end tag is found: an element with text ends
 * where the next element begins. An end tag ends the nearest element of its name and all open elements in it. An end
 * tag without an open element is a misspelt end tag of the innermost element. The root ends with the document. Bytes
 * that are not UTF-8 become U+FFFD, and unknown entities stay unchanged. Declarations, comments and processing
 * instructions are skipped: no entity is declared or fetched.
 *
 * <p>Reads any bytes without an exception, in linear time and without recursion. Skips elements below
 * {@link #MAX_DEPTH} levels, stops after {@link #MAX_NODES} elements and attributes, and keeps {@link #MAX_TEXT}
 * characters of a text. Not thread-safe.
 */
final class LenientXml {

    static final int MAX_DEPTH = 64;
    static final int MAX_NODES = 10_000;
    static final int MAX_TEXT = 1024;

    private static final int MAX_NAME = 64;
    private static final int MAX_PROLOG = 4096;

    private final String text;
    private final int maxNodes;
    private final Deque<OpenElement> open = new ArrayDeque<>();
    private int position;
    private int nodes;
    /** The number of open elements below {@link #MAX_DEPTH}. */
    private int buried;

    private LenientXml(byte[] document, int length, int maxNodes) {
        this.text = new String(document, 0, length, StandardCharsets.UTF_8);
        this.maxNodes = maxNodes;
    }

    /** The content of the root, or an empty object. */
    static JsonNode read(byte[] document) {
        LenientXml reader = new LenientXml(document, document.length, MAX_NODES);
        reader.readAll();
        OpenElement root = reader.open.peekLast();
        return root == null ? JsonNodeFactory.instance.objectNode() : root.toObject();
    }

    /** The local name of the root of any document, or an empty text if its first 4 KB contain no root. */
    static String rootName(byte[] document) {
        LenientXml reader = new LenientXml(document, Math.min(document.length, MAX_PROLOG), 1);
        reader.readAll();
        OpenElement root = reader.open.peekLast();
        return root == null ? "" : root.name;
    }

    private void readAll() {
        while (position < text.length() && nodes < maxNodes) {
            if (text.charAt(position) == '<') {
                readMarkup();
            } else {
                int end = indexOrEnd("<");
                addText(XmlEntities.resolve(text, position, end, MAX_TEXT));
                position = end;
            }
        }
        while (open.size() > 1) {
            close();
        }
    }

    private void readMarkup() {
        if (text.startsWith("<!--", position)) {
            position += 4;
            skipPast("-->");
        } else if (text.startsWith("<![CDATA[", position)) {
            position += 9;
            int end = indexOrEnd("]]>");
            addText(text.substring(position, Math.min(end, position + MAX_TEXT)));
            skipPast("]]>");
        } else if (text.startsWith("<!DOCTYPE", position)) {
            skipDocumentType();
        } else if (text.startsWith("<!", position) || text.startsWith("<?", position)) {
            // Not "?>": some firmware forgets the question mark, and the whole document would be skipped.
            skipPast(">");
        } else if (text.startsWith("</", position)) {
            readEndTag();
        } else if (position + 1 < text.length() && isNamePart(text.charAt(position + 1))) {
            readStartTag();
        } else {
            addText("<");
            position++;
        }
    }

    private void skipDocumentType() {
        int end = indexOrEnd(">");
        int subset = text.substring(position, end).indexOf('[');
        if (subset >= 0) {
            position += subset;
            skipPast("]");
        }
        skipPast(">");
    }

    private void readStartTag() {
        position++;
        String name = localName(readName());
        if (buried == 0 && open.size() > 1 && open.element().isLeafWithText()) {
            close();
        }
        OpenElement element = open.size() < MAX_DEPTH ? new OpenElement(name) : null;
        boolean complete = readAttributes(element);
        if (element == null) {
            buried += complete ? 0 : 1;
            return;
        }
        nodes++;
        if (!open.isEmpty()) {
            open.element().leaf = false;
        }
        open.push(element);
        if (complete) {
            close();
        }
    }

    /** Reads up to the end of the tag, or to the next tag; returns whether the element ends there too. */
    private boolean readAttributes(@Nullable OpenElement element) {
        while (position < text.length() && text.charAt(position) != '<') {
            if (isNamePart(text.charAt(position))) {
                readAttribute(element);
            } else if (text.charAt(position++) == '>') {
                return text.charAt(position - 2) == '/';
            }
        }
        return false;
    }

    private void readAttribute(@Nullable OpenElement element) {
        String name = readName();
        String value = "";
        skipSpace();
        if (position < text.length() && text.charAt(position) == '=') {
            position++;
            skipSpace();
            value = readValue();
        }
        boolean namespace = name.equals("xmlns") || name.startsWith("xmlns:");
        if (element != null && !namespace && nodes < maxNodes) {
            nodes++;
            element.put(localName(name), JsonNodeFactory.instance.textNode(value));
        }
    }

    private String readValue() {
        char quote = position < text.length() ? text.charAt(position) : ' ';
        if (quote != '"' && quote != '\'') {
            return readName();
        }
        int start = ++position;
        // No camera writes "<" or ">" into a value, so a missing quote damages only this value.
        while (position < text.length() && "<>".indexOf(text.charAt(position)) < 0 && text.charAt(position) != quote) {
            position++;
        }
        return XmlEntities.resolve(text, start, position, MAX_TEXT);
    }

    private void readEndTag() {
        position += 2;
        String name = localName(readName());
        while (position < text.length() && text.charAt(position) != '<') {
            if (text.charAt(position++) == '>') {
                break;
            }
        }
        if (buried > 0) {
            buried--;
        } else if (open.stream().anyMatch(element -> element.name.equalsIgnoreCase(name))) {
            while (open.size() > 1 && !open.element().name.equalsIgnoreCase(name)) {
                close();
            }
            close();
        } else if (!open.isEmpty() && open.element().leaf) {
            close();
        }
    }

    /** Closes the innermost element, unless it is the root. */
    private void close() {
        if (open.size() > 1) {
            OpenElement element = open.pop();
            open.element().put(element.name, element.value());
        }
    }

    private void addText(String more) {
        if (!open.isEmpty() && buried == 0) {
            open.element().append(more);
        }
    }

    private String readName() {
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        return text.substring(start, Math.min(position, start + MAX_NAME));
    }

    private void skipSpace() {
        while (position < text.length() && text.charAt(position) <= ' ') {
            position++;
        }
    }

    private void skipPast(String end) {
        position = Math.min(text.length(), indexOrEnd(end) + end.length());
    }

    private int indexOrEnd(String end) {
        int index = text.indexOf(end, position);
        return index < 0 ? text.length() : index;
    }

    private static boolean isNamePart(char c) {
        return c > ' ' && "/<>=\"'".indexOf(c) < 0;
    }

    private static String localName(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }
}
