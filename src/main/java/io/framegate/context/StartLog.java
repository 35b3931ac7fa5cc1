package io.framegate.context;

import io.framegate.settings.DeliverSettings;
import io.framegate.settings.HeapShares;
import io.framegate.settings.IntakeSettings;
import io.framegate.settings.Setting;
import io.framegate.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs memory shares and doubtful properties when the parts are created. */
final class StartLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.framegate");

    private StartLog() {}

    static void warnings(Settings settings) {
        SettingsCheck.warnings(settings).forEach(warning -> LOG.warn("doubtful property: {}", warning));
    }

    static void memory(HeapShares budget) {
        LOG.atInfo()
                .addKeyValue("heap", budget.heap())
                .addKeyValue("intake", budget.intake())
                .addKeyValue("wall", budget.wall())
                .addKeyValue("smallCopies", budget.smallCopies())
                .addKeyValue("picture", 2 * budget.picture())
                .addKeyValue("deduplication", budget.deduplication())
                .log("memory: the most bytes that each part holds");
    }

    /** Warns if cameras may send larger images than the target accepts. These images would be set aside. */
    static void imagesTooLarge(Settings settings, String target) {
        Setting<Long> maxSize = DeliverSettings.MAX_SIZE.of(target);
        long most = settings.get(maxSize);
        if (most > 0
                && most < settings.get(IntakeSettings.MAX_FRAME_LENGTH)
                && settings.get(DeliverSettings.PAYLOAD.of(target)).equals("image")
                && settings.get(DeliverSettings.TOO_LARGE.of(target)).equals("set-aside")) {
            LOG.atWarn()
                    .addKeyValue(maxSize.name(), settings.text(maxSize))
                    .addKeyValue(IntakeSettings.MAX_FRAME_LENGTH.name(), settings.text(IntakeSettings.MAX_FRAME_LENGTH))
                    .addKeyValue(DeliverSettings.TOO_LARGE.of(target).name(), "set-aside")
                    .log("larger images will not reach " + target);
        }
    }
}
