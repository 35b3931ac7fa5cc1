package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that recognise a keep-alive document. A rule is a list of conditions that must all hold:
 *
 * <pre>
 * messageType=keepalive                         an element of this name has this text: case-insensitive, at any depth
 * DeviceInfo                                    the root, or an element in it, has this name
 * eventType=videoloss&amp;eventState=inactive       both hold
 * data_type=heartbeat&amp;*                         the document may contain any other elements
 * </pre>
 *
 * <p>A document with an image is never a keep-alive. Without {@code *}, a document that contains more than the names in
 * the conditions, a time and a description of the device is not a keep-alive either: it is an event. Immutable.
 */
public final class Keepalives {

    /** The keep-alives of the makers. */
    static final String BUILT_IN = "messageType=keepalive, DeviceInfo, Active=keepAlive, eventType=heartBeat,"
            + " eventType=videoloss&eventState=inactive, KeepaliveObject, RegisterObject, UnRegisterObject,"
            + " DeviceID&DeviceModel, data_type=heartbeat&*";

    private static final String ANYTHING = "*";

    /** The fields that a keep-alive may contain. */
    private static final Set<FieldNames> DEVICE = EnumSet.of(
            FieldNames.TIME,
            FieldNames.TIME_ZONE,
            FieldNames.DAYLIGHT,
            FieldNames.MAC_ADDRESS,
            FieldNames.CAMERA,
            FieldNames.DEVICE_NAME,
            FieldNames.SERIAL,
            FieldNames.CHANNEL);

    /** Other names that describe a device, in lower case. */
    private static final Set<String> DESCRIPTION = Set.of(
            "version",
            "type",
            "count",
            "id",
            "ip",
            "ipaddress",
            "ipv6address",
            "port",
            "portno",
            "protocol",
            "activepostcount",
            "eventdescription",
            "eventstate",
            "deviceno.",
            "deviceno",
            "devicemodel",
            "devicetype",
            "deviceuuid",
            "model",
            "manufacturer",
            "firmware",
            "firmwareversion",
            "softwareversion",
            "softversion",
            "hardwareversion",
            "schemalocation");

    /** Blocks around the names of a device, in lower case. */
    private static final Set<String> BLOCKS = Set.of("deviceinfo", "eventnotificationalert");

    private static final Keepalives STANDARD = new Keepalives(parse(BUILT_IN));

    private record Condition(String name, @Nullable String value) {}

    private record Rule(List<Condition> conditions, boolean anything) {}

    private final List<Rule> rules;

    private Keepalives(List<Rule> rules) {
        this.rules = rules;
    }

    /** The rules for the makers' keep-alives. */
    public static Keepalives standard() {
        return STANDARD;
    }

    /** Returns these rules plus further ones: {@code type=ping, Status&Uptime}. */
    public Keepalives and(String more) {
        List<Rule> all = new ArrayList<>(rules);
        all.addAll(parse(more));
        return new Keepalives(List.copyOf(all));
    }

    /**
     * Whether the document is a keep-alive.
     *
     * @param tree the document, with the enclosing name of JSON
     * @param root the name of the root of XML; empty for JSON
     */
    boolean contains(JsonNode tree, String root) {
        List<DocumentBlock> blocks = DocumentBlock.all(tree);
        for (Rule rule : rules) {
            if (rule.conditions.stream().allMatch(condition -> holds(condition, blocks, root))
                    && (rule.anything || isNothingElse(rule, blocks))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Condition condition, List<DocumentBlock> blocks, String root) {
        if (condition.value == null) {
            JsonNode tree = blocks.get(0).element();
            return root.equalsIgnoreCase(condition.name)
                    || !DocumentTree.child(tree, condition.name).isMissingNode();
        }
        return blocks.stream().anyMatch(block -> DocumentTree.text(block.element(), condition.name)
                .equalsIgnoreCase(condition.value));
    }

    private static boolean isNothingElse(Rule rule, List<DocumentBlock> blocks) {
        return blocks.size() < DocumentBlock.MAX
                && blocks.stream().allMatch(block -> block.element().properties().stream()
                        .allMatch(entry -> isOfKeepalive(rule, block, entry)));
    }

    /** A list of blocks makes the document an event, because only the first item of a list is read. */
    private static boolean isOfKeepalive(Rule rule, DocumentBlock in, Map.Entry<String, JsonNode> entry) {
        JsonNode element = entry.getValue();
        String key = DocumentTree.lowerCase(entry.getKey());
        boolean named = rule.conditions.stream().anyMatch(condition -> condition.name.equalsIgnoreCase(key));
        if (DocumentBlock.isBlock(key, element)) {
            return (named || BLOCKS.contains(key)) && in.depth() < DocumentBlock.MAX_DEPTH;
        }
        FieldNames field = FieldNames.of(key);
        boolean device = (field != null && DEVICE.contains(field)) || DESCRIPTION.contains(key);
        return (named || device) && DocumentTree.isLeaf(element);
    }

    private static List<Rule> parse(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(rule -> !rule.isEmpty())
                .map(Keepalives::rule)
                .toList();
    }

    private static Rule rule(String text) {
        List<String> parts = Arrays.stream(text.split("&")).map(String::strip).toList();
        List<Condition> conditions = parts.stream()
                .filter(part -> !part.equals(ANYTHING))
                .map(part -> part.split("=", 2))
                .map(pair -> new Condition(pair[0].strip(), pair.length > 1 ? pair[1].strip() : null))
                .toList();
        return new Rule(conditions, parts.contains(ANYTHING));
    }
}
