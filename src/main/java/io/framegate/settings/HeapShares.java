package io.framegate.settings;

/**
 * How much of the heap each part may hold. What is held for longer than a connection lives, is a part of the heap too:
 * a number of cameras or pictures says nothing about bytes.
 *
 * @param heap the largest heap
 * @param intake the packets of all connections; {@code MemoryBudget} of the intake divides it among them
 * @param wall the events on the wall
 * @param smallCopies the small copies of pictures
 * @param picture one picture that becomes a small copy: its file, and as much again for what is decoded of it
 * @param deduplication the events that are remembered
 */
public record HeapShares(long heap, long intake, long wall, long smallCopies, long picture, long deduplication) {

    private static final int WALL_PERCENT = 4;
    private static final int SMALL_COPIES_PERCENT = 2;
    private static final int PICTURE_PERCENT = 3;
    private static final int BYTES_A_REMEMBERED_EVENT = 250;

    /** A decoder may hold a progressive JPEG outside of the heap, at some 3 bytes for each pixel. */
    private static final int HEAP_BYTES_A_PIXEL = 6;

    /** Divides a heap of this size as the properties say. */
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

    /** The most pixels of a picture that becomes a small copy. */
    public long pixels() {
        return heap / HEAP_BYTES_A_PIXEL;
    }
}
