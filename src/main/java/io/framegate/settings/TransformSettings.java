package io.framegate.settings;

import java.util.List;

/** Properties of conversion, thumbnails and sidecars. */
public final class TransformSettings {

    static final Group GROUP = new Group("Conversion, thumbnails, sidecars");

    static final Setting<Boolean> CONVERT =
            GROUP.add("framegate.convert.enabled", Types.flag(), "false", "Converts every image before it is stored.");

    static final Setting<String> CONVERT_FORMAT = GROUP.add(
            "framegate.convert.format",
            Types.choiceInAnyCase(List.of("jpg", "jpeg", "png", "gif", "bmp")),
            "png",
            "The format that images are converted to.");

    static final Setting<Boolean> THUMBNAIL = GROUP.add(
            "framegate.thumbnail.enabled", Types.flag(), "false", "Makes a smaller copy of every stored image.");

    static final Setting<Integer> THUMBNAIL_WIDTH = GROUP.add(
            "framegate.thumbnail.width",
            Types.number(1, Integer.MAX_VALUE),
            "320",
            "The width of this copy in pixels; no image is enlarged.");

    public static final Setting<String> THUMBNAILS = GROUP.add(
            "framegate.thumbnail.directory",
            Types.directory(),
            "thumbnails",
            "The directory of these copies, each under its image's path.");

    static final Setting<Boolean> SIDECAR = GROUP.add(
            "framegate.sidecar.enabled",
            Types.flag(),
            "false",
            "Writes all headers of an image to `<image>.json` beside it.");

    static final Setting<Integer> MAX_PIXELS = GROUP.add(
            "framegate.transform.max-pixels",
            Types.number(1, Integer.MAX_VALUE),
            "50000000",
            "Larger pictures are stored but not decoded (WebP and TIFF at a quarter of it); lower it on a small heap:"
                    + " decoding takes up to 12 bytes a pixel.");

    private TransformSettings() {}
}
