package io.framegate.outbox.deliver.connect;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether a directory accepts files. Only a file can show that, so this class writes an empty file and deletes
 * it. The route creates a missing directory, so this class creates it too, and removes it afterwards. The file of a
 * target always has the same name: if a server deletes nothing, only one file stays after any number of checks.
 */
final class UploadTrial {

    private static final Logger LOG = LoggerFactory.getLogger(UploadTrial.class);

    private final UploadPlace place;
    private final TargetProperties properties;

    UploadTrial(UploadPlace place, TargetProperties properties) {
        this.place = place;
        this.properties = properties;
    }

    /** The name of the file for a target. */
    static String file(TargetProperties properties) {
        return ".framegate-check-" + properties.target();
    }

    /** Tries the directory. Returns a description of it. */
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

    /** Removes the created directories. Returns a text if one cannot be removed, else an empty one. */
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
            // Only an earlier failure counts.
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
            // Another target may have created it meanwhile.
            if (!place.has(directory)) {
                throw new NotReadyException(called + " is missing, and it cannot be made: " + said(e)
                        + " (expected: one that exists in " + properties.names("directory") + ")");
            }
        }
    }

    /** Writes the file and deletes it. Returns a text if it cannot be deleted, else an empty one. */
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
