package io.framegate.outbox.deliver.connect;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.framegate.outbox.deliver.SparingSftp;
import io.framegate.outbox.deliver.UploadEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;

/** Tries a server with SFTP. */
final class SftpTrial implements Trial {

    @Override
    public String attempt(Endpoint endpoint, TargetProperties properties) throws Exception {
        UploadEndpoint upload = (UploadEndpoint) endpoint;
        RemoteFileConfiguration configuration = upload.getEndpoint().getConfiguration();
        SparingSftp operations = (SparingSftp) upload.operations();
        try {
            operations.connect(configuration, null);
            SftpServer server = new SftpServer(operations.channel());
            return new UploadTrial(server, properties).attempt(configuration.getDirectory());
        } finally {
            UploadTrial.end(operations);
        }
    }

    private record SftpServer(ChannelSftp channel) implements UploadPlace {

        @Override
        public boolean has(String directory) throws IOException {
            try {
                return channel.stat(directory).isDir();
            } catch (SftpException e) {
                if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                    return false;
                }
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void make(String directory) throws IOException {
            saying(() -> channel.mkdir(directory));
        }

        @Override
        public void remove(String directory) throws IOException {
            saying(() -> channel.rmdir(directory));
        }

        @Override
        public void write(String file) throws IOException {
            saying(() -> channel.put(new ByteArrayInputStream(new byte[0]), file));
        }

        @Override
        public void delete(String file) throws IOException {
            saying(() -> channel.rm(file));
        }

        private interface Step {
            void run() throws SftpException;
        }

        private static void saying(Step step) throws IOException {
            try {
                step.run();
            } catch (SftpException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
