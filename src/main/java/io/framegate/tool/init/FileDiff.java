package io.framegate.tool.init;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** How an edited file differs from the one inside the jar, as {@code diff -u} and {@code patch} write and read it. */
final class FileDiff {

    private static final int CONTEXT = 3;

    private FileDiff() {}

    /** The lines of a unified diff that leads from the edited file to the shipped one; empty if they are the same. */
    static List<String> between(String file, String edited, String shipped) {
        List<String> before = lines(edited);
        return UnifiedDiffUtils.generateUnifiedDiff(
                file, file + " (framegate.jar)", before, DiffUtils.diff(before, lines(shipped)), CONTEXT);
    }

    /** An editor of Windows writes other line ends, which change nothing. */
    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
