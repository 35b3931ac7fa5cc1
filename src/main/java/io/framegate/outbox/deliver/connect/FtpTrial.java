package io.framegate.outbox.deliver.connect;

import io.framegate.outbox.deliver.UploadEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.commons.net.ftp.FTPClient;

/** Tries a server with FTP or FTPS. */
final class FtpTrial implements Trial {

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) throws Exception {
        UploadEndpoint upload = (UploadEndpoint) endpoint;
        RemoteFileConfiguration configuration = upload.getEndpoint().getConfiguration();
        FtpOperations operations = (FtpOperations) upload.operations();
        try {
            operations.connect(configuration, null);
            FTPClient client = operations.getClient();
            return new UploadTrial(new FtpServer(client), properties).attempt(configuration.getDirectory());
        } finally {
            UploadTrial.end(operations);
        }
    }

    private record FtpServer(FTPClient client) implements UploadPlace {

        @Override
        public boolean has(String directory) throws IOException {
            String home = client.printWorkingDirectory();
            boolean there = client.changeWorkingDirectory(directory);
            client.changeWorkingDirectory(home);
            return there;
        }

        @Override
        public void make(String directory) throws IOException {
            require(client.makeDirectory(directory));
        }

        @Override
        public void remove(String directory) throws IOException {
            require(client.removeDirectory(directory));
        }

        @Override
        public void write(String file) throws IOException {
            require(client.storeFile(file, new ByteArrayInputStream(new byte[0])));
        }

        @Override
        public void delete(String file) throws IOException {
            require(client.deleteFile(file));
        }

        private void require(boolean done) throws IOException {
            if (!done) {
                throw new IOException(client.getReplyString().strip());
            }
        }
    }
}
