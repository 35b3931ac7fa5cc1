package io.framegate.outbox.deliver;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.util.Objects;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;
import org.jspecify.annotations.Nullable;

/**
 * Camel's SFTP client, which sends a wrong password only once per connection. JSch alone sends it six times, and
 * servers ban an address for that.
 */
public final class SparingSftp extends SftpOperations {

    /** A key may be offered with more than one algorithm, and a password may come after it. */
    private static final String WITH_KEY = "3";

    private static final String WITHOUT_KEY = "1";
    private static final int TIMEOUT_MILLIS = 5000;

    private @Nullable Session session;

    SparingSftp(SftpEndpoint endpoint) {
        super(endpoint.getProxy());
        setEndpoint(endpoint);
    }

    @Override
    protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
        Session created = super.createSession(configuration);
        created.setConfig("MaxAuthTries", hasKey(configuration) ? WITH_KEY : WITHOUT_KEY);
        session = created;
        return created;
    }

    /**
     * Another channel of the connection, for operations that Camel's client does not have. Ends with the connection.
     */
    public ChannelSftp channel() throws JSchException {
        ChannelSftp channel =
                (ChannelSftp) Objects.requireNonNull(session, "not connected").openChannel("sftp");
        channel.connect(TIMEOUT_MILLIS);
        return channel;
    }

    private static boolean hasKey(RemoteFileConfiguration configuration) {
        return configuration instanceof SftpConfiguration sftp
                && sftp.getPrivateKeyFile() != null
                && !sftp.getPrivateKeyFile().isEmpty();
    }
}
