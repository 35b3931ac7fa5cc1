package io.framegate.outbox.deliver;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpOperations;

/**
 * Camel's SFTP client, which sends a wrong password once in a connection. JSch sends it six times, and servers ban an
 * address for that.
 */
final class SparingSftp extends SftpOperations {

    /** A key may be offered with more than one algorithm, and a password may come after it. */
    private static final String WITH_KEY = "3";

    private static final String WITHOUT_KEY = "1";

    SparingSftp(SftpEndpoint endpoint) {
        super(endpoint.getProxy());
        setEndpoint(endpoint);
    }

    @Override
    protected Session createSession(RemoteFileConfiguration configuration) throws JSchException {
        Session session = super.createSession(configuration);
        session.setConfig("MaxAuthTries", hasKey(configuration) ? WITH_KEY : WITHOUT_KEY);
        return session;
    }

    private static boolean hasKey(RemoteFileConfiguration configuration) {
        return configuration instanceof SftpConfiguration sftp
                && sftp.getPrivateKeyFile() != null
                && !sftp.getPrivateKeyFile().isEmpty();
    }
}
