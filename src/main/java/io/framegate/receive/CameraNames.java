package io.framegate.receive;

import java.util.HashMap;
import java.util.Map;

/** What cameras are called that do not say who they are, by the address they connect from. Immutable. */
public final class CameraNames {

    private static final int MAX_LENGTH = 64;

    private final Map<String, String> names;

    private CameraNames(Map<String, String> names) {
        this.names = Map.copyOf(names);
    }

    /** Reads {@code 192.0.2.7=front-door, 192.0.2.8=yard}; empty is none. */
    public static CameraNames parse(String text) {
        Map<String, String> names = new HashMap<>();
        for (String entry : text.split(",", -1)) {
            if (entry.isBlank() && names.isEmpty() && text.isBlank()) {
                continue;
            }
            String[] parts = entry.strip().split("=", 2);
            String name = parts.length == 2 ? parts[1].strip() : "";
            if (name.isEmpty() || parts[0].isBlank() || name.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "camera name: " + entry.strip() + " (expected: address=name, at most 64 characters)");
            }
            String address = parts[0].strip();
            if (names.put(address, name) != null) {
                throw new IllegalArgumentException("camera name: " + address + " twice (expected: once)");
            }
        }
        return new CameraNames(names);
    }

    /** The name of the camera at this address, else the address. */
    String of(String address) {
        return names.getOrDefault(address, address);
    }
}
