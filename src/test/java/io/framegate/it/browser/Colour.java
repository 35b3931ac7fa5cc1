package io.framegate.it.browser;

import io.framegate.it.support.Pictures;

/** Pictures that are told apart by their colour, also after JPEG has had its way with it. */
enum Colour {
    RED(0xD81818),
    GREEN(0x18D818),
    BLUE(0x1818D8);

    private final int rgb;

    Colour(int rgb) {
        this.rgb = rgb;
    }

    byte[] picture() {
        return Pictures.plain(rgb, 160, 100, 0);
    }

    /** One that is so large that the wall shows a smaller copy of it. */
    byte[] largePicture() {
        return Pictures.plain(rgb, 1280, 800, 100_000);
    }
}
