package io.framegate.outbox.deliver.connect;

import java.io.IOException;

/** A tree of directories to which files are uploaded. Paths have slashes, and start in the directory of the login. */
interface UploadPlace {

    /** Whether this directory exists. */
    boolean has(String directory) throws IOException;

    /** Creates a directory in an existing one. Throws with the answer of the server if it refuses. */
    void make(String directory) throws IOException;

    /** Removes a directory if it is empty. */
    void remove(String directory) throws IOException;

    /** Writes an empty file. Throws with the answer of the server if it refuses. */
    void write(String file) throws IOException;

    /** Deletes a file. Throws with the answer of the server if it refuses. */
    void delete(String file) throws IOException;
}
