package io.framegate.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The maker's dialect of a packet's document. The document alone decides it: the name of the root in XML, the top-level
 * names in JSON. The first matching row counts.
 *
 * <pre>
 * XML config, DeviceInfo                                      TVT         and its brands (Provision-ISR, ...)
 * EventNotificationAlert; JSON eventType with                 HIKVISION
 *   eventState or channelID
 * JSON ...ListObject, KeepaliveObject, RegisterObject, ...    GAT1400     Uniview and others
 * JSON Reference with StructureInfo, AlarmInfo, ...           UNIVIEW     its proprietary interface (LAPI)
 * JSON Code with Action or Index; Events with Code; Picture;  DAHUA       Intelbras, CP Plus
 *   AlarmInfo; Active = keepAlive; Manufacturer = Dahua...
 * JSON data_type with agent_uid or epoch_start                OPENALPR    Rekor
 * JSON AiEngine                                               LILIN
 * everything else, and no document                            OTHER
 * </pre>
 *
 * <p>Stateless.
 */
public enum Dialect {
    TVT,
    HIKVISION,
    GAT1400,
    UNIVIEW,
    DAHUA,
    OPENALPR,
    LILIN,
    OTHER;

    private static final Set<String> GAT1400_OBJECTS =
            Set.of("keepaliveobject", "registerobject", "unregisterobject", "systemtimeobject");

    /**
     * Recognises the dialect of a document.
     *
     * @param root the name of the XML root; empty for JSON
     */
    static Dialect of(JsonNode tree, String root) {
        return switch (DocumentTree.lowerCase(root)) {
            case "" -> ofJson(tree);
            case "config", "deviceinfo" -> TVT;
            case "eventnotificationalert" -> HIKVISION;
            default -> OTHER;
        };
    }

    /** The name in headers and in the documentation: {@code tvt}, {@code hikvision}, ... */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Dialect ofJson(JsonNode tree) {
        if (has(tree, "EventNotificationAlert")
                || (has(tree, "eventType") && hasAny(tree, "eventState", "channelID"))) {
            return HIKVISION;
        }
        if (tree.properties().stream().anyMatch(entry -> isGat1400(DocumentTree.lowerCase(entry.getKey())))) {
            return GAT1400;
        }
        if (has(tree, "Reference") && hasAny(tree, "StructureInfo", "AlarmInfo", "NotificationType")) {
            return UNIVIEW;
        }
        if (isDahua(tree)) {
            return DAHUA;
        }
        if (has(tree, "data_type") && hasAny(tree, "agent_uid", "epoch_start")) {
            return OPENALPR;
        }
        return has(tree, "AiEngine") ? LILIN : OTHER;
    }

    private static boolean isGat1400(String name) {
        return name.endsWith("listobject") || GAT1400_OBJECTS.contains(name);
    }

    private static boolean isDahua(JsonNode tree) {
        return (has(tree, "Code") && hasAny(tree, "Action", "Index"))
                || has(DocumentTree.child(tree, "Events"), "Code")
                || DocumentTree.child(tree, "Picture").isObject()
                || DocumentTree.child(tree, "AlarmInfo").isObject()
                || DocumentTree.text(tree, "Active").equalsIgnoreCase("keepAlive")
                || DocumentTree.lowerCase(DocumentTree.text(tree, "Manufacturer"))
                        .contains("dahua");
    }

    private static boolean has(JsonNode tree, String name) {
        return !DocumentTree.child(tree, name).isMissingNode();
    }

    private static boolean hasAny(JsonNode tree, String... names) {
        return List.of(names).stream().anyMatch(name -> has(tree, name));
    }
}
