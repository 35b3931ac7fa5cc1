package io.framegate.outbox.deliver;

import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.RemoteFileProducer;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.commons.net.ftp.FTPFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads as Camel does, and handles a server that refuses to rename the whole upload to its final name. Many servers
 * refuse that if a file has this name, as after an earlier attempt whose answer was lost:
 *
 * <pre>
 * DELE final name, RNFR, RNTO again            the file is replaced
 * the server refuses DELE, too: same length    the earlier attempt delivered it
 * otherwise                                    a refusal of this image, and its upload is deleted
 * </pre>
 */
final class UploadProducer<T> extends RemoteFileProducer<T> {

    private static final Logger LOG = LoggerFactory.getLogger(UploadProducer.class);

    UploadProducer(RemoteFileEndpoint<T> endpoint) throws Exception {
        super(endpoint, operations(endpoint));
    }

    @SuppressWarnings("unchecked") // An SFTP endpoint's files are those of its operations.
    static <T> RemoteFileOperations<T> operations(RemoteFileEndpoint<T> endpoint) throws Exception {
        return endpoint instanceof SftpEndpoint sftp
                ? (RemoteFileOperations<T>) new SparingSftp(sftp)
                : endpoint.createRemoteFileOperations();
    }

    @Override
    public void handleFailedWrite(Exchange exchange, Exception failure) throws Exception {
        if (endpoint.getTempFileName() == null) {
            super.handleFailedWrite(exchange, failure);
            return;
        }
        String target = createFileName(exchange);
        String upload = createTempFileName(exchange, target);
        Exception answered = answered(failure);
        if (Refusals.isRefusal(answered)) {
            if (Refusals.isOfTheName(failure) && isDelivered(exchange, upload, target)) {
                return;
            }
            delete(upload);
        }
        super.handleFailedWrite(exchange, answered);
    }

    /** The failure with an FTP server's answer to the rename, which Camel does not report. */
    private Exception answered(Exception failure) {
        return Refusals.isOfTheName(failure) && operations instanceof FtpOperations ftp
                ? new GenericFileOperationFailedException(
                        ftp.getClient().getReplyCode(), ftp.getClient().getReplyString())
                : failure;
    }

    private boolean isDelivered(Exchange exchange, String upload, String target) {
        if (delete(target)) {
            return operations.renameFile(upload, target);
        }
        if (length(target) != length(exchange.getIn())) {
            return false;
        }
        delete(upload);
        return true;
    }

    /** Returns whether the server deleted the file: it may refuse, or have none of this name. */
    private boolean delete(String name) {
        try {
            return operations.deleteFile(name);
        } catch (GenericFileOperationFailedException e) {
            LOG.debug("not deleted: {}", name, e);
            return false;
        }
    }

    /** The length of a file of the server, or -1. */
    private long length(String name) {
        for (Object file : list(name)) {
            if (file instanceof FTPFile found && found.isFile()) {
                return found.getSize();
            }
            if (file instanceof SftpRemoteFile<?> found && !found.isDirectory()) {
                return found.getFileLength();
            }
        }
        return -1;
    }

    /** The files with this name. An SFTP server refuses to list a file that does not exist. */
    private Object[] list(String name) {
        try {
            return operations.listFiles(name);
        } catch (GenericFileOperationFailedException e) {
            if (Refusals.isRefusal(e)) {
                return new Object[0];
            }
            throw e;
        }
    }

    private static long length(Message message) {
        return message.getBody() instanceof File file ? file.length() : message.getBody(byte[].class).length;
    }
}
