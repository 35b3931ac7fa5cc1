package io.framegate.outbox.deliver.connect;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a directory takes files. Only a file can tell, so this writes an empty one and deletes it. The
 * route makes a directory that is missing, so this makes it too, and removes it afterwards. The file of a target always
 * has the same name: where a server deletes nothing, one file stays, however often it is checked.
 */
final class UploadTrial {

    private static final Logger LOG = LoggerFactory.getLogger(UploadTrial.class);

    private final UploadPlace place;
    private final TargetProperties properties;

    UploadTrial(UploadPlace place, TargetProperties properties) {
        this.place = place;
        this.properties = properties;
    }

    /** What a target's file is called. */
    static String file(TargetProperties properties) {
        return ".framegate-check-" + properties.target();
    }

    /** Says what is there. */
    String attempt(String directory) throws IOException, NotReadyException {
        Deque<String> made = new ArrayDeque<>();
        String called = directory.isEmpty() ? "the login's directory" : "directory " + directory + "/";
        try {
            makeMissing(directory, called, made);
            String left = write(directory.isEmpty() ? "" : directory + "/", called);
            String there = made.isEmpty() ? " is writable" : " is missing and the first image makes it";
            return called + there + (left.isEmpty() ? remove(made) : left);
        } catch (IOException | NotReadyException e) {
            remove(made);
            throw e;
        }
    }

    /** Returns what stays, because it cannot be removed. */
    private String remove(Deque<String> made) {
        try {
            while (!made.isEmpty()) {
                place.remove(made.pop());
            }
            return "";
        } catch (IOException e) {
            return "; it was made, and cannot be removed: " + said(e);
        }
    }

    /** Ends a connection, which may have failed. */
    static void end(RemoteFileOperations<?> operations) {
        try {
            operations.forceDisconnect();
        } catch (GenericFileOperationFailedException e) {
            // What failed before counts.
            LOG.debug("not disconnected", e);
        }
    }

    private void makeMissing(String directory, String called, Deque<String> made)
            throws IOException, NotReadyException {
        if (directory.isEmpty() || place.has(directory)) {
            return;
        }
        int slash = directory.indexOf('/', 1);
        while (slash > 0) {
            make(directory.substring(0, slash), called, made);
            slash = directory.indexOf('/', slash + 1);
        }
        make(directory, called, made);
    }

    private void make(String directory, String called, Deque<String> made) throws IOException, NotReadyException {
        if (place.has(directory)) {
            return;
        }
        try {
            place.make(directory);
            made.push(directory);
        } catch (IOException e) {
            // Another target may have made it meanwhile.
            if (!place.has(directory)) {
                throw new NotReadyException(called + " is missing, and it cannot be made: " + said(e)
                        + " (expected: one that exists in " + properties.names("directory") + ")");
            }
        }
    }

    /** Returns what stays. */
    private String write(String directory, String called) throws NotReadyException {
        String file = directory + file(properties);
        try {
            place.write(file);
        } catch (IOException e) {
            throw new NotReadyException(called + " is not writable: " + said(e) + " (expected: permission to write, or"
                    + " another one in " + properties.names("directory") + ")");
        }
        try {
            place.delete(file);
            return "";
        } catch (IOException e) {
            return "; " + file + " stays there, because it cannot be deleted: " + said(e);
        }
    }

    private static String said(IOException answer) {
        return String.valueOf(answer.getMessage());
    }
}
