package io.framegate.tool.simulate;

/** An image and what became of it. Its camera's event loop writes, any thread reads. */
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
     * An image that is about to be sent.
     *
     * @param sequence of the packet among those of its camera
     * @param number of the image in the packet
     * @param dueNanos when it was meant to be sent
     */
    SentImage(int camera, long sequence, int number, byte[] bytes, long dueNanos) {
        this.camera = camera;
        this.sequence = sequence;
        this.number = number;
        this.length = bytes.length;
        this.hash = Sha256.of(bytes);
        this.dueNanos = dueNanos;
    }

    /** What was damaged stays so, whatever its packet's fate. */
    void becomes(ImageFate next) {
        if (fate != ImageFate.DAMAGED) {
            fate = next;
        }
    }

    /** Sent once more after the gateway asked for it, so it may be stored twice. */
    void resend() {
        resent = true;
    }

    /** Notes that a file with its bytes was seen; true the first time. */
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

    int length() {
        return length;
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
