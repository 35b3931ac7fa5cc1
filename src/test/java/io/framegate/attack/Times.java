package io.framegate.attack;

import java.util.List;

/**
 * How long the answers of a good camera took.
 *
 * @param p50 in nanoseconds, as the others; -1 if there was no answer at all
 * @param failed posts that were not answered with 200
 */
record Times(long p50, long p99, long max, int posts, int failed) {

    static Times of(List<GoodCamera.Post> sorted) {
        int failed = (int) sorted.stream().filter(post -> post.status() != 200).count();
        return new Times(rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1), sorted.size(), failed);
    }

    private static long rank(List<GoodCamera.Post> sorted, double part) {
        return sorted.isEmpty()
                ? -1
                : sorted.get((int) Math.ceil(part * sorted.size()) - 1).nanos();
    }

    static String millis(long nanos) {
        return nanos < 0 ? "none" : Math.round(nanos / 1e6) + " ms";
    }
}
