package io.framegate.tool.init;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/**
 * The difference between an edited file and the file inside the jar, in the format of {@code diff -u} and {@code
 * patch}.
 */
final class FileDiff {

    private static final int CONTEXT = 3;

    private FileDiff() {}

    /** Returns the lines of a unified diff from the edited file to the shipped one; empty if they are the same. */
    static List<String> between(String file, String edited, String shipped) {
        List<String> before = lines(edited);
        return UnifiedDiffUtils.generateUnifiedDiff(
                file, file + " (framegate.jar)", before, DiffUtils.diff(before, lines(shipped)), CONTEXT);
    }

    /** Editors on Windows write other line ends. They do not count as changes. */
    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
