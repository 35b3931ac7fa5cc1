package io.framegate.settings;

/**
 * The share of the heap that each part may hold. Data that outlives a connection also has a share of bytes, because a
 * number of cameras or pictures does not limit its size.
 *
 * @param heap the largest heap
 * @param intake the packets of all connections; {@code MemoryBudget} of the intake divides it among them
 * @param wall the events on the wall
 * @param smallCopies the small copies of pictures
 * @param picture one picture that becomes a small copy: its file, and as much again for its decoded part
 * @param deduplication the remembered events
 */
public record HeapShares(long heap, long intake, long wall, long smallCopies, long picture, long deduplication) {

    private static final int WALL_PERCENT = 4;
    private static final int SMALL_COPIES_PERCENT = 2;
    private static final int PICTURE_PERCENT = 3;
    private static final int BYTES_A_REMEMBERED_EVENT = 250;

    /** A decoder may hold a progressive JPEG outside the heap, with about 3 bytes for each pixel. */
    private static final int HEAP_BYTES_A_PIXEL = 6;

    /** Divides a heap of this size according to the properties. */
    public static HeapShares of(Settings settings, long heap) {
        return new HeapShares(
                heap,
                ByteSize.parseOrPartOf(settings.get(IntakeSettings.MEMORY), heap),
                heap / 100 * WALL_PERCENT,
                heap / 100 * SMALL_COPIES_PERCENT,
                heap / 100 * PICTURE_PERCENT,
                settings.get(StoreSettings.WINDOW).isEmpty()
                        ? 0
                        : (long) settings.get(StoreSettings.MAX_ENTRIES) * BYTES_A_REMEMBERED_EVENT);
    }

    /** Returns the largest number of pixels of a picture that becomes a small copy. */
    public long pixels() {
        return heap / HEAP_BYTES_A_PIXEL;
    }
}
