package io.framegate.reload;

import io.framegate.settings.SettingException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/** Describes why the gateway cannot start. */
public final class StartFailure {

    private StartFailure() {}

    /**
     * Returns one line, or one line for each invalid property. Names the file and line of a mistake in this directory.
     */
    public static List<String> describe(Throwable failure, Path routes) {
        RouteProblem problem = RouteProblem.atStart(failure, routes);
        if (problem != null) {
            return List.of(problem.toString());
        }
        String where = "";
        String what =
                failure instanceof FileSystemException file ? file.getFile() + ": " + reason(file) : failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException) {
                return String.valueOf(cause.getMessage()).lines().toList();
            }
            where = route(cause, where);
            what = what(cause, what);
        }
        return List.of(ProblemReason.oneLine(where + ProblemReason.rewritten(what)));
    }

    /** Returns whether the cause is the machine, such as a port or a disk, and not the operator's configuration. */
    public static boolean isOfMachine(Throwable failure) {
        return ObjectHelper.getException(BindException.class, failure) != null
                || ObjectHelper.getException(FileSystemException.class, failure) != null;
    }

    /** Returns the reason why a file or directory cannot be read, without its name. */
    static String reason(Exception failure) {
        if (failure instanceof AccessDeniedException) {
            return "cannot be read (expected: permission for the user that runs the gateway)";
        }
        if (failure instanceof NoSuchFileException) {
            return "not found";
        }
        boolean says = failure instanceof FileSystemException file && file.getReason() != null;
        return "cannot be read, " + (says ? ((FileSystemException) failure).getReason() : failure);
    }

    /** Returns the message of the cause if it is clear by itself, else the outer message. */
    private static String what(Throwable cause, String outer) {
        String message = cause.getMessage();
        if (cause instanceof BindException) {
            return "port in use or address not of this machine: " + message
                    + " (expected: a free port in routes/listeners.camel.yaml)";
        }
        if (cause instanceof NumberFormatException) {
            return outer + ": not a number";
        }
        if (cause instanceof ReflectiveOperationException || cause instanceof LinkageError) {
            return outer.contains(String.valueOf(message)) ? outer : "class not found or not usable: " + message;
        }
        boolean onlyPath = cause instanceof FileSystemException;
        return message == null || onlyPath ? outer : message;
    }

    private static String route(Throwable cause, String known) {
        @Nullable String id = null;
        if (cause instanceof FailedToStartRouteException failed) {
            id = failed.getRouteId();
        } else if (cause instanceof FailedToCreateRouteException failed) {
            id = failed.getRouteId();
        }
        return id == null ? known : "route " + id + ": ";
    }
}
