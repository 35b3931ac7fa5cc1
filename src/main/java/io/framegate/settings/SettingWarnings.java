package io.framegate.settings;

import static io.framegate.settings.ListenerSettings.CAMERA;
import static io.framegate.settings.ListenerSettings.FRAMES;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warns of limits without effect, and of an unprotected listener beside a protected one. */
public final class SettingWarnings {

    /** The rest of the heap is for uncounted memory: classes, routes, and clients of targets. */
    private static final int MOST_PERCENT_OF_HEAP = 80;

    private SettingWarnings() {}

    /**
     * Returns the warnings for valid properties.
     *
     * @param heap the largest heap in bytes
     */
    public static List<SettingWarning> of(Settings settings, long heap) {
        List<SettingWarning> warnings = new ArrayList<>();
        ofConnections(settings, warnings);
        ofMemory(settings, heap, warnings);
        ofFrames(settings, warnings);
        return warnings;
    }

    private static void ofConnections(Settings settings, List<SettingWarning> warnings) {
        int all = settings.get(IntakeSettings.MAX_CONNECTIONS);
        int ofOne = settings.get(IntakeSettings.MAX_CONNECTIONS_PER_PEER);
        if (ofOne > all) {
            warnings.add(new SettingWarning(
                    IntakeSettings.MAX_CONNECTIONS_PER_PEER.name(),
                    ofOne + " (expected: at most " + IntakeSettings.MAX_CONNECTIONS.name() + ", " + all
                            + "; one address can take all connections)"));
        }
    }

    private static void ofMemory(Settings settings, long heap, List<SettingWarning> warnings) {
        long all = ByteSize.parseOrPartOf(settings.get(IntakeSettings.MEMORY), heap);
        if (all > heap / 100 * MOST_PERCENT_OF_HEAP) {
            warnings.add(new SettingWarning(
                    IntakeSettings.MEMORY.name(),
                    settings.text(IntakeSettings.MEMORY) + " (expected: at most " + MOST_PERCENT_OF_HEAP
                            + "% of the heap, which has " + (heap >> 20) + " MB; -Xmx makes it larger)"));
        }
        if (ByteSize.parseOrPartOf(settings.get(IntakeSettings.MEMORY_PER_PEER), all) > all) {
            warnings.add(new SettingWarning(
                    IntakeSettings.MEMORY_PER_PEER.name(),
                    settings.text(IntakeSettings.MEMORY_PER_PEER) + " (expected: at most "
                            + IntakeSettings.MEMORY.name() + ", " + (all >> 20)
                            + " MB; one address can take all memory)"));
        }
    }

    /** Both listeners accept the same packets, but an operator who protects one may not know of the other. */
    private static void ofFrames(Settings settings, List<SettingWarning> warnings) {
        if (!settings.listens(IntakeSettings.CAMERA_PORT) || !settings.listens(IntakeSettings.FRAMES_PORT)) {
            return;
        }
        List<String> missing = new ArrayList<>();
        guards(CAMERA).forEach((guard, ofCamera) -> {
            Setting<?> ofFrames = guards(FRAMES).get(guard);
            if (!settings.text(ofCamera).isBlank()
                    && ofFrames != null
                    && settings.text(ofFrames).isBlank()) {
                missing.add(ofFrames.name());
            }
        });
        if (!missing.isEmpty()) {
            warnings.add(new SettingWarning(
                    IntakeSettings.FRAMES_PORT.name(),
                    settings.text(IntakeSettings.FRAMES_PORT)
                            + " takes the same packets, without the access rules of framegate.camera (expected: "
                            + String.join(", ", missing) + " too, or no route that listens on it)"));
        }
    }

    private static Map<String, Setting<?>> guards(ListenerSettings listener) {
        Map<String, Setting<?>> guards = new LinkedHashMap<>();
        guards.put("certificate", listener.tls().certificate());
        guards.put("clientCa", listener.clientCa());
        guards.put("allow", listener.allow());
        guards.put("proxies", listener.proxyFrom());
        return guards;
    }
}
