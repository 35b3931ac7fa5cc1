package io.framegate.watch;

import io.framegate.event.Role;
import io.framegate.intake.FramegateHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Counts stored images by role and by camera, and measures the time to store one. Thread-safe. */
public final class ImageMeter implements Processor {

    private final Map<String, Counter> byRole;
    private final Counter bytes;
    private final Timer storing;
    private final CameraMeters cameras;

    public ImageMeter(MeterRegistry registry, CameraMeters cameras) {
        this.cameras = cameras;
        byRole = Arrays.stream(Role.values())
                .map(Role::tag)
                .collect(Collectors.toMap(Function.identity(), role -> Counter.builder("framegate.images")
                        .description("Stored images")
                        .tag("role", role)
                        .register(registry)));
        bytes = Counter.builder("framegate.images.stored")
                .description("Bytes of stored images")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        storing = Timer.builder("framegate.store.duration")
                .description("Time to store an image, including retries and the wait for a full disk")
                .serviceLevelObjectives(Buckets.UP_TO_HALF_A_MINUTE)
                .register(registry);
    }

    @Override
    public void process(Exchange exchange) {
        Message image = exchange.getMessage();
        long length = image.getHeader(FramegateHeaders.LENGTH, 0L, Long.class);
        Counter role = byRole.get(image.getHeader(FramegateHeaders.ROLE, String.class));
        if (role != null) {
            role.increment();
        }
        bytes.increment((double) length);
        // The exchange of an image begins when it is split from its event.
        storing.record(Duration.ofMillis(exchange.getClock().elapsed()));
        cameras.stored(image.getHeader(FramegateHeaders.CAMERA_NAME, "", String.class), length);
    }
}
