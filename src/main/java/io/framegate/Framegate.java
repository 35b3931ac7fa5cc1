package io.framegate;

import io.framegate.image.ImageCounter;
import io.framegate.image.ImageFile;
import io.framegate.intake.ByteSize;
import io.framegate.intake.InFlight;
import java.nio.file.Path;
import org.apache.camel.main.Main;

/** Placeholder, replaced in the next commit. */
public final class Framegate {
    private Framegate() {}

    /** Starts. */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("file:application.properties");
        main.configure().withRoutesIncludePattern("file:routes/*.camel.yaml");
        main.bind(
                "inFlight",
                new InFlight(ByteSize.parseOrPartOf("25%", Runtime.getRuntime().maxMemory())));
        main.bind(
                "imageCounter", new ImageCounter(Path.of(System.getProperty("framegate.images.directory", "images"))));
        main.bind("imageFile", new ImageFile(Path.of(System.getProperty("framegate.images.directory", "images"))));
        main.run();
    }
}
