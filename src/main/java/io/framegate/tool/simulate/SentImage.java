package io.framegate.tool.simulate;

/** A sent image and its fate. The event loop of its camera writes, any thread reads. */
final class SentImage {

    private final int camera;
    private final long sequence;
    private final int number;
    private final int length;
    private final Sha256 hash;
    private final long dueNanos;
    private volatile ImageFate fate = ImageFate.BEGUN;
    private volatile boolean resent;
    private volatile boolean seen;

    /**
     * Creates the record of an image before it is sent.
     *
     * @param sequence the number of the packet, counted per camera
     * @param number the number of the image in its packet
     * @param dueNanos when the packet was due
     */
    SentImage(int camera, long sequence, int number, byte[] bytes, long dueNanos) {
        this.camera = camera;
        this.sequence = sequence;
        this.number = number;
        this.length = bytes.length;
        this.hash = Sha256.of(bytes);
        this.dueNanos = dueNanos;
    }

    /** Sets the fate, but a damaged image stays damaged. */
    void becomes(ImageFate next) {
        if (fate != ImageFate.DAMAGED) {
            fate = next;
        }
    }

    /** Notes that the image is sent again, so it may be stored twice. */
    void resend() {
        resent = true;
    }

    /** Notes that a file with the bytes of the image was seen, and returns whether it is the first one. */
    boolean see() {
        boolean first = !seen;
        seen = true;
        return first;
    }

    ImageFate fate() {
        return fate;
    }

    boolean isResent() {
        return resent;
    }

    boolean isSeen() {
        return seen;
    }

    Sha256 hash() {
        return hash;
    }

    long dueNanos() {
        return dueNanos;
    }

    @Override
    public String toString() {
        return "camera " + camera + " packet " + sequence + " image " + number + " (" + length + " bytes, sha256 "
                + hash + ")";
    }
}
