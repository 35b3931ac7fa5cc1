package io.framegate.receive;

import io.framegate.settings.NamedValues;
import java.util.Map;

/** What cameras are called that do not say who they are, by the address they connect from. Immutable. */
public final class CameraNames {

    private final Map<String, String> names;

    private CameraNames(Map<String, String> names) {
        this.names = Map.copyOf(names);
    }

    /** Reads {@code 192.0.2.7=front-door, 192.0.2.8=yard}; empty is none. */
    public static CameraNames parse(String text) {
        return new CameraNames(NamedValues.cameraNames(text));
    }

    /** The name of the camera at this address, else the address. */
    String of(String address) {
        return names.getOrDefault(address, address);
    }
}
